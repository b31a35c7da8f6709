"""Arithmetic on the local calendar: stretches of whole units, and moving from one to another.

All datetimes here are aware, in the space's own zone, so that days begin at local midnight. Hours are moved through
UTC, for a day may have 23 or 25 of them. What the calendar does not have (30 February, the year 10000) raises
ValueError or OverflowError; the scanner takes it for no expression.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from satchel.extract.time.interval import SECONDS, Length, Precision, Unit

THURSDAY, SATURDAY = 3, 5
LAST_MONTH, LAST_DAY = 12, 31
_MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}
_DAYS_IN = {Unit.DAY: 1, Unit.WEEK: 7}
_DAYS_IN_MONTH = 30


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local time, without its end, and how exactly it was named."""

    start: datetime
    end: datetime
    precision: Precision

    def cut(self, start: datetime | None = None, end: datetime | None = None) -> "Period":
        """Return the period with another start or end."""
        return Period(start or self.start, end or self.end, self.precision)

    def known_to(self, precision: Precision) -> "Period":
        """Return the period, named less or more exactly."""
        return Period(self.start, self.end, precision)


def midnight(moment: datetime) -> datetime:
    """Return the start of the local day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def date_in(moment: datetime, year: int, month: int, day: int) -> datetime:
    """Return the start of a date, in the zone of `moment`."""
    return datetime(year, month, day, tzinfo=moment.tzinfo)


def day_of(moment: datetime) -> Period:
    """Return the day that holds the moment."""
    start = midnight(moment)
    return Period(start, start + timedelta(days=1), Precision.DAY)


def week_of(moment: datetime) -> Period:
    """Return the week, from Monday on (ISO 8601)."""
    start = midnight(moment) - timedelta(days=moment.weekday())
    return Period(start, start + timedelta(days=7), Precision.WEEK)


def weekend_of(moment: datetime) -> Period:
    """Return Saturday and Sunday of the moment's week."""
    start = week_of(moment).start + timedelta(days=SATURDAY)
    return Period(start, start + timedelta(days=2), Precision.DAY)


def months_from(moment: datetime, year: int, month: int, count: int, precision: Precision) -> Period:
    """Return `count` months from the first of this one, in the zone of `moment`."""
    start = date_in(moment, year, month, 1)
    return Period(start, add_months(start, count), precision)


def month_in(moment: datetime, year: int, month: int) -> Period:
    """Return a month."""
    return months_from(moment, year, month, 1, Precision.MONTH)


def year_in(moment: datetime, year: int) -> Period:
    """Return a year."""
    return months_from(moment, year, 1, 12, Precision.YEAR)


def years_in(moment: datetime, year: int, count: int) -> Period:
    """Return a decade or a century by its first year."""
    precision = Precision.DECADE if count <= 10 else Precision.CENTURY  # noqa: PLR2004
    return months_from(moment, max(year, 1), 1, 12 * count, precision)


def unit_of(moment: datetime, unit: Unit) -> Period:
    """Return the day, week, month, quarter, year, decade or century that holds the moment."""
    if unit is Unit.WEEK:
        return week_of(moment)
    if unit is Unit.MONTH:
        return month_in(moment, moment.year, moment.month)
    if unit is Unit.QUARTER:
        return months_from(moment, moment.year, moment.month - (moment.month - 1) % 3, 3, Precision.QUARTER)
    if unit is Unit.YEAR:
        return year_in(moment, moment.year)
    if unit in (Unit.DECADE, Unit.CENTURY):
        size = 10 if unit is Unit.DECADE else 100
        return years_in(moment, moment.year - moment.year % size, size)
    return day_of(moment)


def next_units(moment: datetime, unit: Unit, count: int) -> Period:
    """Return the unit that lies `count` units after (before, if negative) the moment's own."""
    own = unit_of(moment, unit)
    return unit_of(move(own.start, count, unit), unit)


def add_months(moment: datetime, count: int) -> datetime:
    """Return the same day `count` months later, or the last day of that month where it has no such day."""
    months = moment.year * 12 + moment.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, days_in_month(year, month)))


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2:  # noqa: PLR2004
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def nth_weekday(moment: datetime, year: int, month: int, weekday: int, number: int) -> datetime:
    """Return the number-th such weekday of a month; -1 is the last.

    Raises:
        ValueError: the month has no fifth one.
    """
    if number < 0:
        last = date_in(moment, year, month, days_in_month(year, month))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date_in(moment, year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    if found.month != month:
        raise ValueError("no such weekday in this month")
    return found


def nth_week(inside: Period, number: int) -> Period:
    """Return the number-th week of a month or year, -1 the last; a week belongs where its Thursday is (ISO 8601)."""
    edge = inside.start if number > 0 else inside.end - timedelta(days=1)
    week = week_of(edge)
    thursday = week.start + timedelta(days=THURSDAY)
    if number > 0:
        skipped = number - 1 if thursday >= inside.start else number
        return week_of(week.start + timedelta(days=7 * skipped))
    return week if thursday < inside.end else week_of(week.start - timedelta(days=7))


def move(moment: datetime, count: float, unit: Unit) -> datetime:
    """Return the moment `count` units later; halves of years are months, of months and weeks days."""
    if unit in _MONTHS_IN:
        months = count * _MONTHS_IN[unit]
        moved = add_months(moment, int(months))
        return moved + timedelta(days=round((months - int(months)) * _DAYS_IN_MONTH))
    if unit in _DAYS_IN:
        return moment + timedelta(days=int(count * _DAYS_IN[unit]))
    if unit is Unit.WORKING_DAY:
        return _move_working_days(moment, int(count))
    later = moment.astimezone(UTC) + timedelta(seconds=count * SECONDS[unit])
    return later.astimezone(moment.tzinfo)


def move_by(moment: datetime, length: Length, sign: int) -> datetime:
    """Return the moment moved by a whole length, its largest units first."""
    for count, unit in sorted(length.parts, key=lambda part: -SECONDS[part[1]]):
        moment = move(moment, sign * count, unit)
    return moment


def _move_working_days(moment: datetime, count: int) -> datetime:
    if abs(count) > 10_000:  # noqa: PLR2004
        raise OverflowError("too many working days")
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        moment += step
        while moment.weekday() >= SATURDAY:
            moment += step
    return moment


def easter(year: int) -> tuple[int, int]:
    """Return month and day of Easter Sunday (Gregorian computus, Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return month, (h - m + r + month + 19) % 32
