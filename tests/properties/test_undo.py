"""Law 4: after a message was forgotten, everything is as it would be had it never been said."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seen import HandClock, known, told

import satchel
from satchel import ledger
from satchel.extract.messages import Utterance
from satchel.model import Message
from satchel.testing import HashEmbedder

DAY = timedelta(days=1)
START = datetime(2025, 3, 1, 10, tzinfo=UTC)
QUERIES = ("Where does he live and work?", "olives, peanuts or a vegan diet", "sister Anna, Tom, dog", "trip to Japan")
STATEMENTS = (
    "I live in Boston.",
    "I moved to Lisbon last month.",
    "I moved to Porto in 2024.",
    "I'm moving to Madrid on 1 December 2025.",
    "I work at Acme as a welder.",
    "I work at Globex.",
    "My manager is Priya.",
    "My sister Anna works at Shell.",
    "My sister lives in Oslo.",
    "My sister Anna Lindqvist plays the cello.",
    "My husband Tom is a nurse.",
    "My colleague Tom likes tea.",
    "Tom has moved to Paris.",
    "Tom from work plays the piano.",
    "My roommate Sam is Spanish.",
    "My friends call me Bea.",
    "I love olives.",
    "I hate olives.",
    "I'm vegan now.",
    "I'm allergic to peanuts.",
    "I have a dog called Rex.",
    "My favourite colour is green.",
    "We're planning a trip to Japan in April 2026.",
)
ENDINGS = (
    "I don't live in Lisbon anymore.",
    "I left Acme last week.",
    "I quit my job at Globex.",
    "I no longer like olives.",
    "I'm not vegan anymore.",
    "We cancelled the Japan trip.",
)
CORRECTIONS = (
    "Actually, I live in Porto, not Lisbon.",
    "I never lived in Boston.",
    "It's Max, not Rex.",
    "Sorry, I meant Globex, not Acme.",
)
EXCHANGES = (
    ("So you work at Acme?", "yes, I do"),
    ("So you're allergic to peanuts?", "no, I'm not"),
    ("Do you live in Lisbon?", "yes"),
    ("How is your sister Anna?", "she lives in Berlin now"),
)
VALUES = ("Lisbon", "Initech", "Rome", None)

Step = tuple[str, object]
hours = st.integers(0, 12)
said = st.tuples(st.sampled_from([*STATEMENTS, *STATEMENTS, *ENDINGS, *CORRECTIONS]), hours)
spoken = st.tuples(st.just("say"), st.lists(said, min_size=1, max_size=3))
steps = st.one_of(
    spoken,
    spoken,
    st.tuples(st.just("exchange"), st.tuples(st.sampled_from(EXCHANGES), hours)),
    st.tuples(st.just("correct"), st.tuples(st.integers(0, 9), st.sampled_from(VALUES))),
    st.tuples(st.just("merge"), st.tuples(st.integers(0, 5), st.integers(0, 5))),
    st.tuples(st.just("unmerge"), st.tuples(st.integers(0, 5), st.integers(0, 5))),
)
THOROUGH = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="module")
def memory(clock: HandClock) -> Iterator[satchel.Memory]:
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=clock) as memory:
        yield memory


def take(space: satchel.Space, step: Step, clock: HandClock) -> None:
    """Do one step of a history; one that the state does not allow does nothing."""
    name, argument = step
    if name == "say":
        space.add([_user(words, START + hour * DAY) for words, hour in argument])  # type: ignore[attr-defined]
    elif name == "exchange":
        (question, answer), day = argument  # type: ignore[misc]
        at = START + day * DAY
        asked = {"role": "assistant", "content": question, "at": at, "session": "s"}
        space.add([asked, _user(answer, at + timedelta(minutes=1))])
    elif name == "correct":
        number, value = argument  # type: ignore[misc]
        facts = space.facts(past=True, as_of=clock.now)
        if facts and facts[number % len(facts)].value != value:
            space.correct(facts[number % len(facts)].id, value)
    else:
        one, other = argument  # type: ignore[misc]
        ids = [entity.id for entity in space.entities()]
        if ids and one % len(ids) != other % len(ids):
            (space.merge if name == "merge" else space.unmerge)(ids[one % len(ids)], ids[other % len(ids)])


def repeat(space: satchel.Space, messages: Sequence[Message], clock: HandClock) -> None:
    """Tell a space messages as another one received them, acts by hand included."""
    for message in messages:
        clock.now = message.received_at
        utterance = Utterance(
            role=message.role,
            content=message.content,
            said_at=message.said_at,
            speaker=message.speaker,
            session=message.session,
            agent=message.agent,
            app=message.app,
            metadata=message.metadata,
            trust=message.trust,
            caller_id=message.caller_id,
            act=message.act,
        )
        ledger.add(space._engine, space._place, (utterance,), notes=(), idempotency_key=None)


def _user(words: object, at: datetime) -> dict[str, object]:
    return {"role": "user", "content": words, "at": at, "session": "s"}


@settings(THOROUGH, max_examples=100)
@given(first=spoken, rest=st.lists(steps, min_size=1, max_size=6), data=st.data())
def test_after_forgetting_a_message_all_is_as_if_it_had_never_been_said(
    memory: satchel.Memory, clock: HandClock, first: Step, rest: Sequence[Step], data: st.DataObject
) -> None:
    undone, never = memory.space(f"undone {uuid4()}"), memory.space(f"never {uuid4()}")
    clock.now = START + timedelta(hours=1)
    for step in (first, *rest):
        take(undone, step, clock)
        clock.now += 2 * DAY
    messages = sorted(undone.messages(), key=lambda one: one.id)
    gone = data.draw(st.sampled_from(range(len(messages))), label="forgotten")
    undone.forget(messages[gone].id)
    repeat(never, [one for number, one in enumerate(messages) if number != gone], clock)
    assert told(undone, QUERIES) == told(never, QUERIES)
    for space in (undone, never):
        if space.messages(limit=1):
            space.erase()


@settings(THOROUGH, max_examples=40)
@given(first=spoken, rest=st.lists(steps, max_size=4), last=steps)
def test_forgetting_what_a_step_added_leads_back_to_the_state_before_it(
    memory: satchel.Memory, clock: HandClock, first: Step, rest: Sequence[Step], last: Step
) -> None:
    space = memory.space(f"space {uuid4()}")
    clock.now = START + timedelta(hours=1)
    for step in (first, *rest):
        take(space, step, clock)
        clock.now += 2 * DAY
    before, there = told(space, QUERIES), {one.id for one in space.messages()}
    take(space, last, clock)
    added = [one.id for one in space.messages() if one.id not in there]
    if added and there:
        space.forget(added)
        assert told(space, QUERIES) == before


@settings(THOROUGH, max_examples=40)
@given(words=st.lists(st.sampled_from([*STATEMENTS, *ENDINGS, *CORRECTIONS]), min_size=2, max_size=6), data=st.data())
def test_a_message_of_a_batch_without_times_of_its_own_is_undone_alike(
    memory: satchel.Memory, clock: HandClock, words: Sequence[str], data: st.DataObject
) -> None:
    clock.now = START
    gone = data.draw(st.sampled_from(range(len(words))), label="forgotten")
    undone, never = memory.space(f"undone {uuid4()}"), memory.space(f"never {uuid4()}")
    undone.forget(undone.add(list(words), session="s").message_ids[gone])
    never.add([one for number, one in enumerate(words) if number != gone], session="s")
    assert known(undone) == known(never)
