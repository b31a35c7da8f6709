"""Points in time as callers write them, read into aware UTC datetimes.

A naive time is refused: nobody can say later what it meant. A bare date is a whole day, so it is taken
only where a day makes sense (a filter), and the caller says which end of the day is meant.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from satchel.errors import InvalidInput

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def read_instant(value: object, *, name: str) -> datetime:
    """Return `value`, an aware datetime or an RFC 3339 string, in UTC.

    Raises:
        InvalidInput: it is neither, or has no offset from UTC; `name` is quoted in the message.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise InvalidInput(f"{name}: {value!r} is not a time; write it like 2026-03-20T10:00:00Z") from None
    if not isinstance(value, datetime):
        raise InvalidInput(f"{name}: expected an aware datetime or an RFC 3339 string, got {type(value).__name__}")
    if value.utcoffset() is None:
        raise InvalidInput(
            f"{name}: {value.isoformat()} has no time zone; add one, as in {value.isoformat()}Z or +02:00"
        )
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise InvalidInput(f"{name}: {value.isoformat()} lies outside the years 1 to 9999 in UTC") from None


def read_bound(value: object, *, name: str, end: Literal["first", "last"]) -> datetime:
    """Return a filter's bound: an instant, or the first or last microsecond of a bare date (UTC)."""
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise InvalidInput(f"{name}: {value!r} is not a date of the calendar") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min if end == "first" else time.max, tzinfo=UTC)
    return read_instant(value, name=name)


def to_micros(instant: datetime) -> int:
    """Return the microseconds since 1970-01-01T00:00:00Z."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the instant that lies `micros` microseconds after 1970-01-01T00:00:00Z."""
    return _EPOCH + micros * _MICROSECOND
