"""Laws 2 and 4 for consolidation: it depends neither on the order of arrival nor on what was forgotten."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seen import HandClock, labels, without_ids

import satchel
from satchel.testing import HashEmbedder

MONDAY = datetime(2025, 3, 3, 18, tzinfo=UTC)
TEXTS = (
    "I'm at the gym again.",
    "No gym today.",
    "We have stand-up every Tuesday at 9.",
    "I love hiking.",
    "I really like to hike.",
    "I no longer like hiking.",
    "I live in NYC.",
    "I live in New York City.",
    "I live in Boston since 2020.",
    "I was born in Faro.",
    "I was born in Braga.",
    "I own two cats.",
    "I own three cats.",
    "My sister Anna works at Shell.",
    "My favourite colour is green.",
    "The harbour froze over in Bergen.",
)
THOROUGH = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
message = st.tuples(
    st.sampled_from(TEXTS), st.sampled_from([0, 1, 2, 7, 14, 14.5, 21, 28, 35]), st.sampled_from([None, "Bo"])
)
histories = st.lists(message, min_size=2, max_size=12, unique=True)
Said = tuple[str, float, str | None]


@pytest.fixture(scope="module")
def memory() -> Iterator[satchel.Memory]:
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=HandClock()) as memory:
        yield memory


def given_as(one: Said, *, session: str) -> dict[str, object]:
    text, days, name = one
    shape: dict[str, object] = {
        "role": "user",
        "content": text,
        "at": MONDAY + timedelta(days=days),
        "session": session,
    }
    return shape | ({"name": name} if name else {})


def found(space: satchel.Space) -> object:
    """Return what consolidation finds, with messages by what they say."""
    return without_ids(space.consolidate(dry_run=True), labels(space))


@THOROUGH
@given(history=histories, data=st.data())
def test_the_order_and_the_batches_of_arrival_play_no_part(
    memory: satchel.Memory, history: Sequence[Said], data: st.DataObject
) -> None:
    at_once, bit_by_bit = memory.space(f"at once {uuid4()}"), memory.space(f"bit by bit {uuid4()}")
    at_once.add([given_as(one, session=str(n)) for n, one in enumerate(history)])
    for number in data.draw(st.permutations(range(len(history)))):
        bit_by_bit.add(given_as(history[number], session=str(number)))
        if data.draw(st.booleans()):
            bit_by_bit.patterns()
    assert found(bit_by_bit) == found(at_once)
    for space in (at_once, bit_by_bit):
        space.erase()


@THOROUGH
@given(history=histories, data=st.data())
def test_after_forgetting_a_message_all_is_found_as_if_it_had_never_been_said(
    memory: satchel.Memory, history: Sequence[Said], data: st.DataObject
) -> None:
    undone, never = memory.space(f"undone {uuid4()}"), memory.space(f"never {uuid4()}")
    gone = data.draw(st.sampled_from(range(len(history))))
    messages = [given_as(one, session=str(number)) for number, one in enumerate(history)]
    ids = undone.add(messages).message_ids
    for one in ids:
        undone.feedback(one, data.draw(st.booleans()))
    assert undone.consolidate(dry_run=True) is not None
    undone.forget(ids[gone])
    never.add([one for number, one in enumerate(messages) if number != gone])
    assert found(undone) == found(never)
    for space in (undone, never):
        space.erase()
