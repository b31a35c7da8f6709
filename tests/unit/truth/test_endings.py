"""Endings that are told late, and values of which only the end is known."""

import pytest

from satchel.extract.claim import Claim
from satchel.extract.time.interval import Precision

from .making import bounds, claim, found, knowing, left, lives, said, standing, values


def over(on: float, precision: Precision = Precision.DAY) -> Claim:
    return claim("lives_in", "Lisbon", polarity="ended", ends=on, precision=precision)


@pytest.mark.parametrize("before", [30, 20])
def test_what_was_said_to_hold_after_its_end_held_up_to_its_end_alone(before: float) -> None:
    knowledge = knowing(said(32, lives("Lisbon")), said(60, over(before)))
    assert [values(knowledge, on=on) for on in (before - 1, before, 40, 70)] == [["Lisbon"], [], [], []]
    (lisbon,) = found(knowledge, past=True)
    assert (lisbon.status, bounds(lisbon), len(lisbon.sources)) == ("past", (None, before), 1)
    assert lisbon.because == "ended, said on 2025-03-02"


def test_such_a_value_does_not_reach_back_over_the_one_before_it() -> None:
    knowledge = knowing(said(5, lives("Porto", ends=15)), said(32, lives("Lisbon")), said(60, over(30)))
    assert [values(knowledge, on=on) for on in (10, 14, 20, 40)] == [["Porto"], ["Porto"], ["Lisbon"], []]


@pytest.mark.parametrize(("precision", "end"), [(Precision.WEEK, 37), (Precision.MONTH, 60), (Precision.YEAR, 60)])
def test_an_end_that_is_not_exactly_known_lies_as_late_as_may_be_meant(precision: Precision, end: float) -> None:
    """It held on day 32, and had ended by day 60, in the week, month or year that began on day 30."""
    knowledge = knowing(said(32, lives("Lisbon")), said(60, over(30, precision)))
    assert [values(knowledge, on=on) for on in (31, 32, end - 0.5, end)] == [[], ["Lisbon"], ["Lisbon"], []]


def test_a_beginning_that_was_told_stands_against_an_end_before_it() -> None:
    knowledge = knowing(said(32, lives("Lisbon", begins=31)), said(60, over(20)))
    assert values(knowledge, on=70) == ["Lisbon"]


def test_what_is_said_to_hold_again_after_the_news_of_the_end_holds() -> None:
    knowledge = knowing(said(32, lives("Lisbon")), said(60, over(20)), said(90, lives("Lisbon")))
    assert [values(knowledge, on=on) for on in (40, 91)] == [[], ["Lisbon"]]


def test_an_ending_of_another_value_leaves_a_late_one() -> None:
    knowledge = knowing(said(32, lives("Lisbon")), said(60, left("Oslo", ends=20)))
    assert values(knowledge, on=70) == ["Lisbon"]


def test_a_value_with_an_end_to_come_holds_from_when_that_was_said() -> None:
    leaving = lives("Lisbon", polarity="ended", modality="planned", ends=50)
    knowledge = knowing(said(10, leaving))
    assert [standing(knowledge, on=on).get("Lisbon") for on in (9, 10, 49, 50)] == [None, "current", "current", "past"]
    (lisbon,) = found(knowledge, past=True)
    assert bounds(lisbon) == (None, 50)


def test_an_end_to_come_takes_the_place_of_what_held_before() -> None:
    leaving = lives("Lisbon", polarity="ended", modality="planned", ends=50)
    knowledge = knowing(said(5, lives("Porto")), said(10, leaving))
    assert [values(knowledge, on=on) for on in (7, 20)] == [["Porto"], ["Lisbon"]]


@pytest.mark.parametrize("ends", [None, 5])
def test_a_planned_end_without_a_time_to_come_tells_of_no_value(ends: float | None) -> None:
    leaving = lives("Lisbon", polarity="ended", modality="planned", ends=ends)
    assert standing(knowing(said(10, leaving))) == {}


def test_a_planned_end_of_what_holds_ends_it_then() -> None:
    leaving = lives("Lisbon", polarity="ended", modality="planned", ends=50)
    knowledge = knowing(said(5, lives("Lisbon")), said(10, leaving))
    assert [values(knowledge, on=on) for on in (20, 49, 50)] == [["Lisbon"], ["Lisbon"], []]
    assert len(found(knowledge, past=True)) == 1
