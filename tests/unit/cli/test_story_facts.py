"""The demonstration's steps say what came of the words, and say so when nothing came."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import satchel
from satchel.cli import story_facts

WORDS = (
    ("2026-02-02T22:00:00Z", "I live in Boston."),
    ("2026-02-05T15:00:00Z", "What a day."),
    ("2026-03-31T20:00:00Z", "I live in Lisbon."),
)


@pytest.fixture
def memory() -> Iterator[satchel.Memory]:
    with satchel.open(":memory:", clock=lambda: datetime(2026, 7, 1, tzinfo=UTC)) as opened:
        yield opened


def said(*places: int) -> list[dict[str, object]]:
    return [{"id": f"m{n}", "role": "user", "name": "Maya", "at": WORDS[n][0], "content": WORDS[n][1]} for n in places]


def test_a_space_without_facts_is_told_as_such(memory: satchel.Memory):
    space = memory.space("maya")
    space.add(said(1))
    assert story_facts.know(space).shown == ()
    assert story_facts.believe(space).now == ()
    assert story_facts.undo(space, said(1)) is None


def test_a_belief_differs_between_a_day_and_now(memory: satchel.Memory):
    space = memory.space("maya")
    space.add(said(0, 1, 2))
    belief = story_facts.believe(space)
    assert [one.split(" (")[0] for one in belief.then] == ["Maya lives in Boston"]
    assert [one.split(" (")[0] for one in belief.now] == ["Maya lives in Lisbon"]
    shown = story_facts.know(space).shown
    assert [(one.words, one.speaker) for one in shown] == [
        ("I live in «Boston».", "Maya"),
        ("I live in «Lisbon».", "Maya"),
    ]


def test_an_undo_makes_what_was_superseded_true_again_and_saying_it_again_ends_it(memory: satchel.Memory):
    space = memory.space("maya")
    conversation = said(0, 1, 2)
    space.add(conversation)
    undone = story_facts.undo(space, conversation)
    assert undone is not None
    assert [one.split(" (")[0] for one in undone.after] == ["Maya lives in Boston"]
    assert undone.again == undone.before
    assert len(space.messages()) == len(conversation)


def test_an_undo_of_the_only_fact_leaves_none(memory: satchel.Memory):
    space = memory.space("maya")
    space.add(said(2))
    undone = story_facts.undo(space, said(2))
    assert undone is not None
    assert undone.after == ()
    assert undone.again == undone.before
