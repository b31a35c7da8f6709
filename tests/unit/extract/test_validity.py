"""When a claim holds, and which words say so."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from saying import WEDNESDAY, place, tagged

from satchel.extract.catalogue import Nature
from satchel.extract.claim import Moment
from satchel.extract.instants import to_micros
from satchel.extract.time import Precision
from satchel.extract.validity import time_near, validity, whole_time
from satchel.tagged import Stand

GREENWICH = ZoneInfo("UTC")


def at(year: int, month: int, day: int, precision: Precision) -> Moment:
    return Moment(to_micros(datetime(year, month, day, tzinfo=UTC)), precision)


def up_to(year: int, month: int, day: int, precision: Precision) -> Moment:
    """Return the last microsecond of a day."""
    return Moment(to_micros(datetime(year, month, day, tzinfo=UTC) + timedelta(days=1)) - 1, precision)


def when(words: str | None, nature: Nature = "state", **rest: object) -> tuple[Moment | None, Moment | None]:
    one = tagged("lives_in", Stand(0, 1), **rest)
    return validity(words, at=WEDNESDAY, zone=GREENWICH, nature=nature, one=one)


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("since 2019", at(2019, 1, 1, Precision.YEAR)),
        ("last year", at(2023, 1, 1, Precision.YEAR)),
        ("in May", at(2023, 5, 1, Precision.MONTH)),
        ("for three years", at(2021, 3, 13, Precision.YEAR)),
    ],
)
def test_a_state_begins_at_its_time_and_goes_on(words: str, begins: Moment) -> None:
    assert when(words) == (begins, None)


def test_a_state_that_was_has_both_bounds() -> None:
    bounds = at(2015, 1, 1, Precision.YEAR), up_to(2018, 12, 31, Precision.YEAR)
    assert when("from 2015 to 2018") == bounds
    assert when("from 2015 to 2018", polarity="ended") == bounds


def test_of_an_ending_a_time_says_when_it_ended() -> None:
    assert when("in 2018", polarity="ended") == (None, at(2018, 1, 1, Precision.YEAR))
    assert when("until 2018", polarity="ended") == (None, up_to(2018, 12, 31, Precision.YEAR))
    assert when("for three years", polarity="ended") == (None, None)


def test_an_event_has_a_beginning_alone() -> None:
    assert when("on Friday", "event") == (at(2024, 3, 8, Precision.DAY), None)
    assert when("from 2015 to 2018", "event") == (at(2015, 1, 1, Precision.YEAR), None)


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("on Friday", at(2024, 3, 15, Precision.DAY), up_to(2024, 3, 15, Precision.DAY)),
        ("in May", at(2024, 5, 1, Precision.MONTH), up_to(2024, 5, 31, Precision.MONTH)),
        ("by Friday", None, up_to(2024, 3, 15, Precision.DAY)),
    ],
)
def test_a_plan_lies_ahead_within_its_time(words: str, begins: Moment | None, ends: Moment) -> None:
    assert when(words, "plan") == (begins, ends)


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("tomorrow", at(2024, 3, 14, Precision.DAY)),
        ("next month", at(2024, 4, 1, Precision.MONTH)),
        ("next year", up_to(2025, 12, 31, Precision.YEAR)),
    ],
)
def test_a_planned_state_is_not_taken_for_true_before_its_time_is_over_if_that_is_coarse(
    words: str, begins: Moment
) -> None:
    assert when(words, modality="planned") == (begins, None)


@pytest.mark.parametrize("words", [None, "every day", "olives"])
def test_what_names_no_time_says_nothing(words: str | None) -> None:
    assert when(words) == (None, None)


def near(text: str, value: str, nature: Nature) -> str | None:
    stand = time_near(text, place(text, value), at=WEDNESDAY, zone=GREENWICH, nature=nature)
    return None if stand is None else text[stand.start : stand.end]


@pytest.mark.parametrize(
    ("text", "nature", "time"),
    [
        ("I have lived in Oslo since 2019", "state", "since 2019"),
        ("I've been at Oslo for three years", "state", "for three years"),
        ("I moved to Oslo in 2019", "state", "in 2019"),
        ("We'll be in Oslo next week, not in June", "plan", "next week"),
        ("In May I rested and saw Oslo on Friday", "event", "on Friday"),
    ],
)
def test_a_time_goes_with_a_value_of_its_sentence(text: str, nature: Nature, time: str) -> None:
    assert near(text, "Oslo", nature) == time


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("I thought of Oslo in 2019", "state"),
        ("I moved to Oslo in 2019 and quit in 2020", "state"),
        ("I have been in Oslo since 2019 and in Rome since 2020", "state"),
        ("I saw Oslo. In May it rained", "event"),
        ("Call me Oslo since 2019", "standing"),
        ("I ran for two hours in Oslo", "event"),
    ],
)
def test_a_time_of_something_else_does_not(text: str, nature: Nature) -> None:
    assert near(text, "Oslo", nature) is None


def whole(text: str, part: str, value: Stand) -> str:
    stand = whole_time(text, place(text, part), value, at=WEDNESDAY, zone=GREENWICH)
    return text[stand.start : stand.end]


def test_a_part_of_a_time_stands_for_the_whole_of_it() -> None:
    text = "At Corvid since 2011"
    assert whole(text, "2011", place(text, "Corvid")) == "since 2011"
    assert whole(text, "At", place(text, "Corvid")) == "At"


def test_a_time_does_not_swallow_the_value() -> None:
    text = "At Corvid since 2011"
    inside = place(text, "since")
    assert whole(text, "2011", inside) == "2011"
    assert whole(text, "2011", Stand(inside.start, inside.end, in_context=True)) == "since 2011"


def test_what_holds_until_a_time_holds_until_one_to_come() -> None:
    begins, ends = when("until June")
    assert (begins, ends and ends.at > to_micros(WEDNESDAY)) == (None, True)
