"""Dates written in digits: "2016-11-07", "02/22/2016", "21.04.16", "4/22", "2016-11", "3/2015".

Of two numbers that could each be the month, the month comes first, as most English text has it, except between dots,
where the day does.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from satchel.extract.time.calendar import Period, date_in, day_of, month_in
from satchel.extract.time.interval import Precision
from satchel.extract.time.numbers import century_of
from satchel.extract.time.reading import YEARLY, Found, Reading, only, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import MONTHS

_START = r"(?<![\w$€£#])(?<!\d[.,:/-])"
_END = r"(?![\w%])(?![.,:/-]\d)"
_INSTANT = re.compile(
    _START + r"(\d{4})-(\d\d)-(\d\d)(?:T| )(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:(Z)|([+-]\d\d):?(\d\d))?(?![\w:])",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(_START + r"(\d{4})([-/.])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})" + _END, re.IGNORECASE)
_YEAR_LAST = re.compile(_START + r"(\d{1,2})([-/.])(\d{1,2})(?:(?:\2|,\s?)(\d{4})|(?:\2|,)(\d\d))" + _END)
_NO_YEAR = re.compile(_START + r"(\d{1,2})([-/.])(\d{1,2})" + _END)
_SLASHED_START, _SLASHED_END = r"(?<![\w$€£#])(?<!\d[.,:/])", r"(?![\w%])(?![.,:/]\d)"
_SLASHED_YEAR = re.compile(_SLASHED_START + r"(\d{1,2})(/)(\d{1,2})(?:/(\d{4})|/(\d\d))" + _SLASHED_END)
_SLASHED = re.compile(_SLASHED_START + r"(\d{1,2})(/)(\d{1,2})" + _SLASHED_END)
"""With strokes a dash may join two dates: "10/1-11/7"."""
_YEAR_MONTH = re.compile(_START + r"(\d{4})(\s?[-/]\s?|\.)(\d{1,2})" + _END)
_MONTH_YEAR = re.compile(_START + r"(\d{1,2})(\s?[-/]\s?|\.)(\d{4})" + _END)
_LAST_MONTH = 12

Reader = Callable[["re.Match[str]", Text], Reading | None]


def literal(text: Text, index: int) -> Found | None:
    """Read a date in digits."""
    if text.number(index) is None:
        return None
    for pattern, reader in _READERS:
        found = pattern.match(text.source, text.tokens[index].start)
        reading = None if found is None else reader(found, text)
        if found is not None and reading is not None:
            after = text.index_at(index, found.end())
            scale = reader is _no_year and not text.ends_phrase(after)  # "a 1/16 scale tank"
            return (reading.unsure() if scale else reading), after
    return None


def yearly(text: Text, month: int, day: int) -> Reading:
    """Return the reading of a date without a year."""
    now = text.now
    if day > 31 or month > _LAST_MONTH or not month > 0 or not day > 0:  # noqa: PLR2004
        raise ValueError("no such date")

    def latest(moment: datetime) -> Period:
        for year in range(moment.year, moment.year - 9, -1):
            found = _date(now, year, month, day)
            if found is not None and found <= moment:
                return day_of(found)
        raise ValueError("no such date")

    return recurring(latest, YEARLY, now, near=True)


def _date(now: datetime, year: int, month: int, day: int) -> datetime | None:
    try:
        return date_in(now, year, month, day)
    except ValueError:
        return None


def _instant(found: "re.Match[str]", text: Text) -> Reading | None:
    year, month, day, hour, minute = (int(found[group]) for group in range(1, 6))
    start = date_in(text.now, year, month, day).replace(hour=hour, minute=minute, second=int(found[6] or 0))
    if found[7] or found[8]:
        offset = timedelta(hours=int(found[8] or 0))
        offset += timedelta(minutes=int(found[9] or 0)) * (-1 if (found[8] or "").startswith("-") else 1)
        start = (start.replace(tzinfo=UTC) - offset).astimezone(text.now.tzinfo)
    seconds = found[6] is not None
    length = timedelta(seconds=1) if seconds else timedelta(minutes=1)
    return only(Period(start, start + length, Precision.INSTANT if seconds else Precision.MINUTE))


def _year_first(found: "re.Match[str]", text: Text) -> Reading | None:
    month = MONTHS.get(found[3].lower()) if found[3].isalpha() else int(found[3])
    start = _date(text.now, int(found[1]), month or 0, int(found[4]))
    return None if start is None else only(day_of(start))


def _year_last(found: "re.Match[str]", text: Text) -> Reading | None:
    year = int(found[4]) if found[4] else century_of(int(found[5]), text.now.year)
    month, day = _ordered(int(found[1]), int(found[3]), found[2])
    start = _date(text.now, year, month, day)
    return None if start is None else only(day_of(start))


def _no_year(found: "re.Match[str]", text: Text) -> Reading | None:
    first, second = int(found[1]), int(found[3])
    month, day = _ordered(first, second, found[2])
    if not 1 <= month <= _LAST_MONTH or not 1 <= day <= 31 or (first, second) == (24, 7):  # noqa: PLR2004
        return None
    reading = yearly(text, month, day)
    sure = found[2] == "/" and max(first, second) > _LAST_MONTH
    return reading if sure else reading.unsure()


def _year_month(found: "re.Match[str]", text: Text) -> Reading | None:
    return _month(text, int(found[1]), int(found[3]), found[2])


def _month_year(found: "re.Match[str]", text: Text) -> Reading | None:
    return _month(text, int(found[3]), int(found[1]), found[2])


def _month(text: Text, year: int, month: int, mark: str) -> Reading | None:
    if not 1 <= month <= _LAST_MONTH or not 1000 <= year <= 2199:  # noqa: PLR2004
        return None
    reading = only(month_in(text.now, year, month))
    return reading if mark in "/-" else reading.unsure()


def _ordered(first: int, second: int, mark: str) -> tuple[int, int]:
    """Return month and day."""
    day_first = first > _LAST_MONTH or (mark == "." and second <= _LAST_MONTH)
    return (second, first) if day_first else (first, second)


_READERS: tuple[tuple["re.Pattern[str]", Reader], ...] = (
    (_INSTANT, _instant),
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_YEAR_MONTH, _year_month),
    (_MONTH_YEAR, _month_year),
    (_SLASHED_YEAR, _year_last),
    (_NO_YEAR, _no_year),
    (_SLASHED, _no_year),
)
