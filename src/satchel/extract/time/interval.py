"""What a time expression means: bounds with their precision, intervals, lengths, and the expression in its text.

A bound is a best estimate plus how exact it is: "two years ago" is that day two years ago, to within a year. So a
caller who wants every moment that may be meant takes `Interval.whole`, and one who wants to name it takes a prefix.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Literal
from zoneinfo import ZoneInfo

Tense = Literal["past", "future"]

_TICK = timedelta(microseconds=1)


class Precision(Enum):
    """How exactly a bound is known, from the finest to the coarsest."""

    INSTANT = 1
    MINUTE = 2
    HOUR = 3
    DAYPART = 4
    DAY = 5
    WEEK = 6
    MONTH = 7
    QUARTER = 8
    SEASON = 9
    YEAR = 10
    DECADE = 11
    CENTURY = 12
    UNKNOWN = 13


class Unit(Enum):
    """What lengths are counted in; the value is the ISO 8601 letter, or the nearest to it."""

    SECOND = "S"
    MINUTE = "M"
    HOUR = "H"
    DAY = "D"
    WORKING_DAY = "B"
    WEEK = "W"
    MONTH = "MO"
    QUARTER = "Q"
    YEAR = "Y"
    DECADE = "DE"
    CENTURY = "C"


class Kind(Enum):
    """How an expression places what is said in time."""

    POINT = "point"
    """It happened within the interval: "last month", "on 3 May"."""
    SINCE = "since"
    """It holds from the start on: "since 2019", "I've lived here for three years"."""
    UNTIL = "until"
    """It holds, or is due, up to the end: "until June", "by Friday"."""
    SPAN = "span"
    """It holds over the whole interval: "from March to May", "the past two weeks"."""
    DURATION = "duration"
    """A length without a place in time: "three weeks"."""
    RECURRING = "recurring"
    """Again and again: "every Tuesday", "twice a day"; the length is the time from one to the next."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment (aware, UTC) and how exactly it is known."""

    at: datetime
    precision: Precision

    def prefix(self, zone: ZoneInfo) -> str:
        """Return as much of the local ISO date as is known: "2024-03-09", "2024-03", "2024", "199" for a decade.

        A season and a quarter are known to the year, a week by its first day; what is unknown gives "".
        """
        return _prefix(self.at.astimezone(zone), self.precision)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time, without its end; None is open.

    The last unit that was named lies inside: "until June" and "from March to June" end where July begins, because all
    that was said is that the end is in June. A clock time is exact: "until 5pm" ends at 17:00.
    """

    start: Bound | None
    end: Bound | None

    def first(self, zone: ZoneInfo) -> str | None:
        """Return the prefix of the first unit inside, as in "since 2019": "2019"."""
        return None if self.start is None else self.start.prefix(zone)

    def last(self, zone: ZoneInfo) -> str | None:
        """Return the prefix of the last unit inside, as in "until June": "2024-06"."""
        if self.end is None:
            return None
        local = self.end.at.astimezone(zone)
        exact = self.end.precision.value < Precision.DAYPART.value
        return _prefix(local if exact else local - _TICK, self.end.precision)

    def whole(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return the moments (aware, UTC) from the start of the first unit to the end of the last one.

        This is what may be meant at the widest: of "two years ago", the whole year. What would lie beyond the years
        1 to 9999 is open.
        """
        return _edge(self.start, zone, _floor), _edge(self.end, zone, _ceiling)


@dataclass(frozen=True, slots=True)
class Length:
    """A length as it was said: "1 year and 21 days" has two parts, each a count and its unit."""

    parts: tuple[tuple[float, Unit], ...]

    @property
    def count(self) -> float:
        """How many of the first part's unit."""
        return self.parts[0][0]

    @property
    def unit(self) -> Unit:
        """The first part's unit."""
        return self.parts[0][1]

    @property
    def seconds(self) -> float:
        """The length in seconds, a month being 30 days and a year 365."""
        return sum(count * SECONDS[unit] for count, unit in self.parts)


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: the characters [start, end) of the text, and what they mean.

    Attributes:
        start: the first character, a preposition included where it belongs to the meaning ("since 2019", "on Friday").
        end: the character after the last one.
        kind: how it places what is said in time.
        interval: when; None for a length that is not anchored, and for what recurs.
        length: how long, or how often; None where nothing of it is said.
        direction: on which side of the message's time it lies; None where it is neither or both.
    """

    start: int
    end: int
    kind: Kind
    interval: Interval | None
    length: Length | None
    direction: Tense | None


_DAY = 86_400.0
SECONDS = {
    Unit.SECOND: 1.0,
    Unit.MINUTE: 60.0,
    Unit.HOUR: 3_600.0,
    Unit.DAY: _DAY,
    Unit.WORKING_DAY: _DAY,
    Unit.WEEK: 7 * _DAY,
    Unit.MONTH: 30 * _DAY,
    Unit.QUARTER: 91 * _DAY,
    Unit.YEAR: 365 * _DAY,
    Unit.DECADE: 3_650 * _DAY,
    Unit.CENTURY: 36_500 * _DAY,
}

_DIGITS = {
    Precision.INSTANT: 19,
    Precision.MINUTE: 16,
    Precision.HOUR: 13,
    Precision.DAYPART: 10,
    Precision.DAY: 10,
    Precision.WEEK: 10,
    Precision.MONTH: 7,
    Precision.QUARTER: 4,
    Precision.SEASON: 4,
    Precision.YEAR: 4,
    Precision.DECADE: 3,
    Precision.CENTURY: 2,
    Precision.UNKNOWN: 0,
}
_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.SEASON: 3, Precision.YEAR: 12}
_YEARS = {Precision.DECADE: 10, Precision.CENTURY: 100}


def _prefix(local: datetime, precision: Precision) -> str:
    return local.isoformat()[: _DIGITS[precision]]


def _edge(bound: Bound | None, zone: ZoneInfo, widen: Callable[[datetime, Precision], datetime]) -> datetime | None:
    if bound is None:
        return None
    try:
        return widen(bound.at.astimezone(zone), bound.precision).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _floor(local: datetime, precision: Precision) -> datetime:
    if precision.value < Precision.DAY.value or precision is Precision.UNKNOWN:
        return local
    day = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if precision is Precision.WEEK:
        return day - timedelta(days=day.weekday())
    if precision in _YEARS:
        return day.replace(year=max(day.year - day.year % _YEARS[precision], 1), month=1, day=1)
    if precision in _MONTHS:
        # Quarters begin in January, seasons in December.
        months = (day.year * 12 + day.month - 1) + (1 if precision is Precision.SEASON else 0)
        months -= months % _MONTHS[precision] + (1 if precision is Precision.SEASON else 0)
        return day.replace(year=months // 12, month=months % 12 + 1, day=1)
    return day


def _ceiling(local: datetime, precision: Precision) -> datetime:
    if precision.value < Precision.DAY.value or precision is Precision.UNKNOWN:
        return local
    first = _floor(local - _TICK, precision)
    if precision in _YEARS:
        return first.replace(year=first.year + _YEARS[precision])
    if precision in _MONTHS:
        months = first.year * 12 + first.month - 1 + _MONTHS[precision]
        return first.replace(year=months // 12, month=months % 12 + 1)
    return first + timedelta(days=7 if precision is Precision.WEEK else 1)
