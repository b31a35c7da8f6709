"""Law 2 on real conversations: facts, entities and profile do not depend on the order or the batches of arrival."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seen import HandClock, known, readings

import satchel
from satchel.bench import locomo, sources
from satchel.bench.dataset import Turn
from satchel.bench.machine import ROOT
from satchel.testing import HashEmbedder

Given = dict[str, object]
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SUITE = ROOT.parent / "shared" / "data" / "truth" / "dev.jsonl"
MOMENTS = (datetime(2023, 6, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))

CONTRADICTORY = (
    "I live in Boston.",
    "I live in Lisbon.",
    "I don't live in Lisbon anymore.",
    "I moved to Porto in 2024.",
    "I love olives.",
    "I hate olives.",
    "My husband Tom is a nurse.",
    "My colleague Tom likes tea.",
    "Tom has moved to Paris.",
)


@pytest.fixture(scope="module")
def memory() -> Iterator[satchel.Memory]:
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=HandClock()) as memory:
        yield memory


@pytest.fixture(scope="module")
def scenarios() -> Sequence[list[Given]]:
    if not SUITE.is_file():
        pytest.skip(f"the truth suite is not here: {SUITE} is missing")
    entries = [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [[_given(one, str(entry["id"])) for one in entry["messages"]] for entry in entries]


@pytest.fixture(scope="module")
def conversations() -> Sequence[Sequence[Turn]]:
    path: Path | None = sources.find().locomo
    if path is None:
        pytest.skip(f"LoCoMo is not here; {sources.HOW}")
    return [one.turns for one in locomo.load(path).conversations]


def _given(message: dict[str, str | None], session: str) -> Given:
    shape: Given = {name: message[name] for name in ("role", "content", "at")} | {"session": session}
    return shape | ({"name": message["name"]} if message["name"] else {})


def same_however_they_arrive(memory: satchel.Memory, messages: Sequence[Given], data: st.DataObject) -> None:
    """Tell one space all at once, in order, and another in any order and batches, asking in between."""
    at_once, bit_by_bit = memory.space(f"at once {uuid4()}"), memory.space(f"bit by bit {uuid4()}")
    at_once.add(list(messages))
    left = data.draw(st.permutations(messages), label="order")
    while left:
        size = data.draw(st.integers(1, len(left)), label="batch")
        bit_by_bit.add(left[:size])
        left = left[size:]
        if data.draw(st.booleans(), label="ask in between"):
            bit_by_bit.facts()
    expected = [known(at_once, as_of=moment) for moment in MOMENTS]
    assert [known(bit_by_bit, as_of=moment) for moment in MOMENTS] == expected
    read = readings(bit_by_bit)
    bit_by_bit.rebuild()
    assert readings(bit_by_bit) == read
    assert [known(bit_by_bit, as_of=moment) for moment in MOMENTS] == expected
    for space in (at_once, bit_by_bit):
        space.erase()


@settings(QUICK, max_examples=40)
@given(data=st.data())
def test_one_dialogue_of_the_truth_suite_may_arrive_in_any_order(
    memory: satchel.Memory, scenarios: Sequence[list[Given]], data: st.DataObject
) -> None:
    longer = [one for one in scenarios if len(one) > 2]
    same_however_they_arrive(memory, data.draw(st.sampled_from(longer)), data)


@settings(QUICK, max_examples=25)
@given(data=st.data(), in_sessions=st.booleans())
def test_several_dialogues_in_one_space_may_arrive_in_any_order(
    memory: satchel.Memory, scenarios: Sequence[list[Given]], data: st.DataObject, *, in_sessions: bool
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(scenarios))), min_size=2, max_size=5, unique=True))
    messages = [message for one in chosen for message in scenarios[one]]
    if not in_sessions:
        messages = [{name: value for name, value in one.items() if name != "session"} for one in messages]
    same_however_they_arrive(memory, messages, data)


@settings(QUICK, max_examples=25)
@given(
    data=st.data(),
    statements=st.lists(
        st.tuples(st.sampled_from(CONTRADICTORY), st.sampled_from(["10:00", "10:00", "11:00"])), min_size=2, unique=True
    ),
)
def test_what_contradicts_itself_at_one_instant_may_arrive_in_any_order(
    memory: satchel.Memory, statements: Sequence[tuple[str, str]], data: st.DataObject
) -> None:
    messages: list[Given] = [
        {"role": "user", "content": words, "at": f"2025-02-01T{at}:00Z", "session": "s"} for words, at in statements
    ]
    same_however_they_arrive(memory, messages, data)


@settings(QUICK, max_examples=20)
@given(data=st.data(), gap=st.sampled_from([0, 0, 1, 90]))
def test_the_turns_of_locomo_may_arrive_in_any_order_even_where_they_share_one_time(
    memory: satchel.Memory, conversations: Sequence[Sequence[Turn]], data: st.DataObject, gap: int
) -> None:
    turns = data.draw(st.sampled_from(range(len(conversations))).map(lambda one: conversations[one]))
    chosen: list[Given] = []
    for _ in range(2):
        start = data.draw(st.integers(0, len(turns) - 6))
        chosen += [_turn(one, minutes=gap * number) for number, one in enumerate(turns[start : start + 6])]
    same_however_they_arrive(memory, [one for n, one in enumerate(chosen) if one not in chosen[:n]], data)


def _turn(turn: Turn, *, minutes: int) -> Given:
    return {
        "role": turn.role,
        "content": turn.text,
        "at": turn.at + timedelta(minutes=minutes),
        "name": turn.speaker,
        "session": turn.session,
    }
