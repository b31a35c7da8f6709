"""The times that a question names, as the stretches in which its answer may have been said."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from satchel.extract.instants import to_micros
from satchel.extract.time import Kind, expressions

_TOLD_LATER = timedelta(days=1)
"""People tell in the evening or the day after."""
_FIRST, _LAST = -(1 << 62), 1 << 62
_PLACED = frozenset((Kind.POINT, Kind.SPAN, Kind.SINCE, Kind.UNTIL))


def times_asked(question: str, *, at: datetime, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Return the stretches, from and up to, in microseconds since 1970; none for a question about no time.

    Args:
        question: the words.
        at: when it is asked, for "last week".
        zone: the time zone that days are meant in.
    """
    found: list[tuple[int, int]] = []
    for one in expressions(question, at=at, zone=zone, tense="past"):
        if one.kind not in _PLACED or one.interval is None or question[one.start : one.end].casefold() in _NOW:
            continue
        start, stop = one.interval.whole(zone)
        first = _FIRST if start is None else to_micros(start)
        found.append((first, _LAST if stop is None else to_micros(stop + _TOLD_LATER)))
    return tuple(found)


_NOW = frozenset(("now", "right now", "currently", "today", "these days", "at the moment", "nowadays"))
