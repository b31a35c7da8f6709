"""Hits in succession: no message stands above the one that replaced what it said."""

from collections.abc import Sequence
from datetime import UTC, datetime

from satchel.extract.claim import Reading
from satchel.model import Hit, Trust
from satchel.truth.answers import Answers

from .making import LONG_AFTER, claim, day, knowing, lives, said

BOSTON, LISBON, PORTO = said(10, lives("Boston")), said(20, lives("Lisbon")), said(30, lives("Porto"))
TEA = said(15, claim("likes", "tea"))


def hit(reading: Reading, score: float) -> Hit:
    return Hit(reading.message_id, "message", "", score, datetime(2025, 1, 1, tzinfo=UTC), Trust.PERSON, ())


def in_succession(*hits: Hit, on: float = LONG_AFTER, story: Sequence[Reading] = (BOSTON, LISBON, TEA)) -> list[Hit]:
    return Answers(knowing(*story)).in_succession(hits, as_of=day(on))


def test_what_replaced_a_hit_is_lifted_above_it_with_its_score() -> None:
    assert in_succession(hit(BOSTON, 0.9), hit(TEA, 0.5), hit(LISBON, 0.1)) == [
        hit(LISBON, 0.9),
        hit(BOSTON, 0.9),
        hit(TEA, 0.5),
    ]


def test_before_it_was_replaced_a_hit_keeps_its_place() -> None:
    given = [hit(BOSTON, 0.9), hit(LISBON, 0.1)]
    assert in_succession(*given, on=15) == given
    assert in_succession(*given[::-1]) == given[::-1]


def test_a_hit_that_was_lifted_may_have_been_replaced_in_its_turn() -> None:
    hits = in_succession(hit(BOSTON, 0.9), hit(LISBON, 0.5), hit(PORTO, 0.1), story=(BOSTON, LISBON, PORTO))
    assert [one.id for one in hits] == [PORTO.message_id, LISBON.message_id, BOSTON.message_id]
    assert {one.score for one in hits} == {0.9}
