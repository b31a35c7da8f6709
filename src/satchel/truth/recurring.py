"""Days that come again: yearly ones by their date, others by a rule as in RFC 5545 (`FREQ=WEEKLY;BYDAY=MO`)."""

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from satchel.extract.instants import from_micros, to_micros
from satchel.extract.time.interval import Precision

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_MOST_DAYS = 1_500
"""How far ahead is looked for what comes again."""
_MONTH_AND_DAY = 2


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of those that come again; microseconds."""

    at: int
    ends: int | None
    precision: Precision
    years: int | None = None
    """How many years it is since the first, where that is known."""
    daily: bool = False


def yearly(normal: str, value: str, *, since: int, until: int, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the days of a yearly date that lie in a span; of 29 February in a common year the 28th.

    Args:
        normal: the date, ISO 8601; of a month or a year alone there is no day.
        value: as it was said: its year is that of the first only if the words have it.
        since, until: the span, in microseconds.
        zone: where days begin and end.
    """
    parts = normal.split("-")
    if len(parts) <= _MONTH_AND_DAY or not all(part.isdigit() for part in parts):
        return
    year, month, day = map(int, parts)
    first = year if _says(value, year) else None
    for this in range(_local(since, zone).year - 1, min(_local(until, zone).year + 1, 9_998) + 1):
        on = date(this, month, 28 if (month, day) == (2, 29) and not isleap(this) else day)
        at, ends = _whole(on, zone)
        if at <= until and ends >= since and (first is None or this > first):
            yield Occurrence(at, ends, Precision.DAY, None if first is None else this - first)


def recurrences(rule: str, *, said: int, since: int, until: int, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield what a rule gives in a span, from when it was said on.

    Args:
        rule: `FREQ` (DAILY, WEEKLY, MONTHLY, YEARLY), `INTERVAL`, `BYDAY`, `BYMONTHDAY`, `BYMONTH`, `BYHOUR`,
            `BYMINUTE`.
        said: when it was said: where "every other week" counts from.
        since, until: the span.
        zone: where days begin and end.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    begins = _local(said, zone).date()
    on = max(_local(since, zone).date(), begins)
    last = min(_local(until, zone).date(), on + _MOST_DAYS * _DAY)
    while on <= last:
        found = _on(parts, on, zone) if _falls(parts, on, begins) else None
        if found is not None and found.at <= until and (found.ends or found.at) >= since:
            yield found
        on += _DAY


def _on(parts: Mapping[str, str], on: date, zone: ZoneInfo) -> Occurrence:
    daily = parts["FREQ"] == "DAILY"
    if "BYHOUR" not in parts:
        return Occurrence(*_whole(on, zone), Precision.DAY, daily=daily)
    clock = time(int(parts["BYHOUR"]), int(parts.get("BYMINUTE", "0")), tzinfo=zone)
    return Occurrence(to_micros(datetime.combine(on, clock).astimezone(UTC)), None, Precision.MINUTE, daily=daily)


def _falls(parts: Mapping[str, str], on: date, begins: date) -> bool:
    """Whether a rule gives a day."""
    every = int(parts.get("INTERVAL", "1"))
    days = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
    match parts["FREQ"]:
        case "DAILY":
            return (on - begins).days % every == 0
        case "WEEKLY":
            weeks = (_monday(on) - _monday(begins)).days // 7
            return weeks % every == 0 and (
                _WEEKDAYS[on.weekday()] in days if days else on.weekday() == begins.weekday()
            )
        case "MONTHLY":
            months = (on.year - begins.year) * 12 + on.month - begins.month
            return months % every == 0 and (_nth(days, on) if days else on.day == _month_day(parts, on))
        case _:
            return on.month == int(parts.get("BYMONTH", "0")) and on.day == _month_day(parts, on)


def _nth(days: list[str], on: date) -> bool:
    """Whether a day is the first Monday ("1MO") or the last Friday ("-1FR") of its month."""
    last = on.day + 7 > monthrange(on.year, on.month)[1]
    name = _WEEKDAYS[on.weekday()]
    return f"{(on.day - 1) // 7 + 1}{name}" in days or (last and f"-1{name}" in days)


def _month_day(parts: Mapping[str, str], on: date) -> int:
    """Return the day of the month that is meant: of the 31st the last one."""
    length = monthrange(on.year, on.month)[1]
    day = int(parts.get("BYMONTHDAY", "0"))
    return length + 1 + day if day < 0 else min(day, length)


def _monday(on: date) -> date:
    return on - on.weekday() * _DAY


def _whole(on: date, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first and the last moment of a day."""
    begin, end = (datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC) for day in (on, on + _DAY))
    return to_micros(begin), to_micros(end) - 1


def _local(micros: int, zone: ZoneInfo) -> datetime:
    return from_micros(micros).astimezone(zone)


def _says(value: str, year: int) -> bool:
    """Whether words name a year: "1992", "’92", "3/4/92"."""
    return str(year) in value or any(f"{mark}{year % 100:02}" in value for mark in ("'", "’", "/", "."))
