"""Weekends, and weeks by a day in them or by number: "this weekend", "the week of the 18th", "week 31"."""

from collections.abc import Callable
from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period, nth_week, unit_of, week_of, weekend_of, year_in
from satchel.extract.time.days import day
from satchel.extract.time.interval import Unit
from satchel.extract.time.months import month
from satchel.extract.time.numbers import said_year
from satchel.extract.time.reading import WEEKLY, Found, Reading, only, recurring
from satchel.extract.time.tokens import Text

WEEKENDS = ("weekend", "wknd", "wkend")
_WEEK = timedelta(days=7)
_LAST_WEEK = 53
_STARTING = ("commencing", "starting", "beginning")


def weekends_away(now: datetime, count: int) -> Period:
    """Return the weekend `count` weeks from this week's, which is still to come until Saturday."""
    return weekend_of(weekend_of(now).start + count * _WEEK)


def this_weekend(now: datetime) -> Reading:
    """Return the reading of "this weekend": that of the week, or for the past one that has begun."""
    own = weekends_away(now, 0)
    return Reading(own if own.start <= now else weekends_away(now, -1), own)


def any_weekend(now: datetime) -> Reading:
    """Return the reading of "the weekend"."""

    def latest(moment: datetime) -> Period:
        own = weekend_of(moment)
        return own if own.start <= moment else weekend_of(own.start - _WEEK)

    return recurring(latest, WEEKLY, now, near=False)


def week_around(text: Text, index: int) -> Found | None:
    """Read "the week of the 18th", "week commencing May 4", "w/c 4 May", "the month of May", "week 31"."""
    at = text.skip(index, ("the",))
    if text.has(at, "w", "/", "c"):
        return _around(text, at + 3, week_of)
    around = _AROUND.get(text.word(at))
    if around is None:
        return None
    if text.word(at) == "week" and text.number(at + 1) is not None:
        return _numbered(text, at)
    if text.word(at + 1) in _STARTING:
        return _around(text, text.skip(at + 2, ("on",)), around)
    if text.word(at + 1) != "of":
        return None
    return _around(text, at + 2, around) or (month(text, at + 2) if text.word(at) == "month" else None)


def _month_of(moment: datetime) -> Period:
    return unit_of(moment, Unit.MONTH)


_AROUND: dict[str, Callable[[datetime], Period]] = {"week": week_of, "weekend": weekend_of, "month": _month_of}


def _around(text: Text, index: int, around: Callable[[datetime], Period]) -> Found | None:
    found = day(text, index)
    return None if found is None else (found[0].each(lambda one: around(one.start)).certain(), found[1])


def _numbered(text: Text, at: int) -> Found | None:
    """Read "week 31"; without a year it may be that of a course or a pregnancy."""
    number = text.number(at + 1)
    if number is None or not 1 <= number <= _LAST_WEEK:
        return None
    found = said_year(text, text.skip(at + 2, (",", "of")))
    if found is not None:
        return only(nth_week(year_in(text.now, found[0]), number)), found[1]
    return only(nth_week(year_in(text.now, text.now.year), number)).unsure(), at + 2
