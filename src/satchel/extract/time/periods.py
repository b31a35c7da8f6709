"""A stretch in whichever way it is named: "last month", "the weekend", "June 2016", "the first week of May", "Q3"."""

from datetime import datetime, timedelta

from satchel.extract.time.calendar import (
    Period,
    months_from,
    move_by,
    next_units,
    nth_week,
    unit_of,
    weekend_of,
    year_in,
)
from satchel.extract.time.interval import Precision, Unit
from satchel.extract.time.lengths import length
from satchel.extract.time.months import month, near_month, near_season, season
from satchel.extract.time.numbers import ordinal, year
from satchel.extract.time.reading import Found, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import CALENDAR_UNITS, MONTHS, SEASONS, steps_of
from satchel.extract.time.weeks import WEEKENDS, any_weekend, this_weekend, week_around, weekends_away
from satchel.extract.time.years import century, decade, plain_year, quarter

_COUNTED = frozenset({"week", "weekend", "quarter", "day", "month"})
_WEEK = timedelta(days=7)
_MONTHS_IN = {"quarter": 3, "month": 1}
_LAST_PART = 12
_AFTER_NEXT = (
    (("after", "next"), 2),
    (("after", "the", "next"), 2),
    (("before", "last"), -2),
    (("before", "the", "last"), -2),
)


def period(text: Text, index: int) -> Found | None:
    """Read a named stretch of time."""
    return (
        _nth_unit(text, index)
        or _edge_units(text, index)
        or week_around(text, index)
        or _near_unit(text, index)
        or month(text, index)
        or season(text, index)
        or quarter(text, index)
        or decade(text, index)
        or century(text, index)
        or plain_year(text, index)
    )


def _near_unit(text: Text, index: int) -> Found | None:
    """Read "last month", "the coming week", "this summer", "next June", "the week after next", "my weekend"."""
    at = text.skip(index, ("the", "my", "our"))
    if steps_of(text.word(at + 1)) is None:
        at = text.skip(text.skip(at, ("that",)), ("same",))
    if text.word(at) == "this" and text.word(at + 1) in ("past", "coming", "last"):
        at += 1
    steps = steps_of(text.word(at))
    return _own_unit(text, index, at) if steps is None else _stepped(text, at + 1, steps)


def _own_unit(text: Text, index: int, at: int) -> Found | None:
    """Read "the weekend", "the month after next", and, of what is known to be a time, "the week"."""
    word = text.word(at)
    weekend, unit = word in WEEKENDS, CALENDAR_UNITS.get(word)
    if not weekend and (unit is None or (at == index and not text.known)):
        return None
    for words, steps in _AFTER_NEXT:
        if text.has(at + 1, *words):
            found = weekends_away(text.now, steps) if unit is None else next_units(text.now, unit, steps)
            return only(found), at + 1 + len(words)
    if unit is None:
        return (any_weekend(text.now) if at > index else any_weekend(text.now).unsure()), at + 1
    return (only(unit_of(text.now, unit)), at + 1) if text.known else None


def _stepped(text: Text, at: int, steps: int) -> Found | None:
    """Read the unit after "last", "this" or "next"."""
    name = text.word(at)
    if name in WEEKENDS:
        return (only(weekends_away(text.now, steps)) if steps else this_weekend(text.now)), at + 1
    unit = CALENDAR_UNITS.get(name)
    if unit is not None:
        # "The last day" and "the next day" are seldom yesterday and tomorrow.
        return (only(next_units(text.now, unit, steps)), at + 1) if unit is not Unit.DAY or text.known else None
    if name in MONTHS:
        return near_month(text, at, steps)
    return near_season(text, at, steps) if name in SEASONS else None


def _nth_unit(text: Text, index: int) -> Found | None:
    """Read "the first week of October", "the last week of 2015", "the third quarter (of) this year"."""
    at = text.skip(index, ("the",))
    number = (-1, at + 1) if text.word(at) in ("last", "final") else ordinal(text, at)
    if number is None or text.word(number[1]) not in _COUNTED:
        return None
    after = text.skip(number[1] + 1, ("of", "in"))
    found = _month_or_year(text, after)
    if found is None:
        return None
    return found[0].each(lambda inside: _nth(inside, text.word(number[1]), number[0])).certain(), found[1]


def _edge_units(text: Text, index: int) -> Found | None:
    """Read "the first two weeks of May", "the last 3 months of 2021"."""
    at = text.skip(index, ("the",))
    given = length(text, at + 1) if text.word(at) in ("first", "last") else None
    if given is None or text.word(given[1]) not in ("of", "in"):
        return None
    found = _month_or_year(text, given[1] + 1)
    if found is None:
        return None
    span, first = given[0], text.word(at) == "first"

    def edge(inside: Period) -> Period:
        if first:
            return Period(inside.start, move_by(inside.start, span, 1), inside.precision)
        return Period(move_by(inside.end, span, -1), inside.end, inside.precision)

    return found[0].each(edge).certain(), found[1]


def _month_or_year(text: Text, index: int) -> Found | None:
    unit = CALENDAR_UNITS.get(text.word(index + 1)) if text.word(index) == "the" else None
    if unit in (Unit.MONTH, Unit.YEAR):
        return only(unit_of(text.now, unit)), index + 2
    found = month(text, index) or _near_unit(text, text.skip(index, ("the",))) or _year(text, index)
    return found if found is not None and found[0].past.precision in (Precision.MONTH, Precision.YEAR) else None


def _year(text: Text, index: int) -> Found | None:
    found = year(text, index)
    return None if found is None else (only(year_in(text.now, found[0])), found[1])


def _nth(inside: Period, word: str, number: int) -> Period:
    """Return the number-th week, weekend, day, month or quarter of a month or year; -1 is the last.

    Raises:
        ValueError: there is no such one.
    """
    if word == "week":
        return nth_week(inside, number)
    if word == "weekend":
        return _nth_weekend(inside, number)
    if word == "day":
        return unit_of(inside.start + timedelta(days=number - 1) if number > 0 else _last_day(inside), Unit.DAY)
    months = _MONTHS_IN[word]
    first = months * (number - 1) if number > 0 else _LAST_PART - months
    if first >= _LAST_PART or inside.precision is not Precision.YEAR:
        raise ValueError("a year has no such part")
    precision = Precision.QUARTER if word == "quarter" else Precision.MONTH
    return months_from(inside.start, inside.start.year, first + 1, months, precision)


def _last_day(inside: Period) -> datetime:
    return inside.end - timedelta(days=1)


def _nth_weekend(inside: Period, number: int) -> Period:
    """Return the number-th weekend whose Saturday is inside."""
    if number < 0:
        last = weekend_of(inside.end)
        return last if last.start < inside.end else weekend_of(last.start - _WEEK)
    first = weekend_of(inside.start)
    skipped = number - 1 if first.start >= inside.start else number
    return weekend_of(first.start + skipped * _WEEK)
