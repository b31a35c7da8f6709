"""Time expressions in a text, and what they mean: the face of this package.

A hand-written scanner goes over the tokens and takes at each place the longest phrase that the grammar knows. A text
without any word or number that could belong to a time is left at once.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from zoneinfo import ZoneInfo

from satchel.extract.time.calendar import Period
from satchel.extract.time.distances import since_for
from satchel.extract.time.interval import Bound, Expression, Interval, Kind, Precision, Tense, Unit
from satchel.extract.time.statements import Statement, statement
from satchel.extract.time.tense import is_missed, is_told_of, lasts, tense_around
from satchel.extract.time.tokens import Text, cut
from satchel.extract.time.triggers import is_start, is_trigger, may_hold_time

_FARTHEST_TRIGGER = 8


def expressions(text: str, *, at: datetime, zone: ZoneInfo, tense: Tense | None = None) -> tuple[Expression, ...]:
    """Find the time expressions of a text, in order; they do not overlap.

    Args:
        text: what was said.
        at: when it was said, aware.
        zone: where days begin and end.
        tense: which side of `at` is meant by "Friday" or "May"; None takes it from the words around each.
    """
    if not may_hold_time(text):
        return ()
    scanned = cut(text, at.astimezone(zone))
    return tuple(_meaning(scanned, found, tense) for found in _scan(scanned))


def resolve(phrase: str, *, at: datetime, zone: ZoneInfo, tense: Tense | None = None) -> Expression | None:
    """Return what a phrase means that is known to be a time expression as a whole, or None if it is not understood.

    More is understood than in a text: "may", "sunday", "the 14th", "second", "41 years". A length alone is taken for
    what still lasts, unless the tense is past.

    Args:
        phrase: the expression.
        at: when it was said, aware.
        zone: where days begin and end.
        tense: which side of `at` is meant.
    """
    scanned = cut(phrase, at.astimezone(zone), known=True)
    found = _read(scanned, 0)
    if found is None or not all(scanned.closes(index) for index in range(found.end, len(scanned.tokens))):
        found = max(_scan(scanned), key=lambda one: one.end - one.start, default=None)
        if found is None or 2 * (found.end - found.start) < len(scanned.tokens):
            return None
    return _meaning(scanned, found, tense)


def _scan(text: Text) -> Iterator[Statement]:
    """Read a statement wherever one can begin, a few tokens before each trigger."""
    index = 0
    for trigger in range(len(text.tokens)):
        if not is_trigger(text, trigger):
            continue
        index = max(index, trigger - _FARTHEST_TRIGGER)
        while index <= trigger:
            found = _read(text, index) if is_start(text, index) else None
            if found is None:
                index += 1
            else:
                yield found
                index = found.end


def _read(text: Text, index: int) -> Statement | None:
    try:
        return statement(text, index)
    except (ValueError, OverflowError):  # a date that the calendar does not have
        return None


def _meaning(text: Text, found: Statement, tense: Tense | None) -> Expression:
    try:
        kind, interval = _interval(text, found, tense)
    except (ValueError, OverflowError):  # beyond the years 1 to 9999
        kind, interval = found.kind, None
    return Expression(
        start=text.tokens[found.start].start,
        end=text.tokens[found.end - 1].end,
        kind=kind,
        interval=interval,
        length=found.length,
        direction=None if interval is None else _direction(interval, text.now),
    )


def _interval(text: Text, found: Statement, tense: Tense | None) -> tuple[Kind, Interval | None]:
    if found.range is not None:
        first, last = found.range.of(tense or _hint(text, found), text.now)
        return Kind.SPAN, Interval(
            _bound(first.start, first), _bound(last.start if _is_exact(last) else last.end, last)
        )
    if found.reading is not None:
        chosen = found.reading.of(found.tense or tense or _hint(text, found), text.now)
        return _placed(text, found, chosen)
    if found.length is not None and found.kind is Kind.DURATION and _goes_on(text, found, tense):
        start = since_for(text.now, found.length)
        return Kind.SINCE, Interval(_bound(start.start, start), None)
    if found.vague:
        return found.kind, Interval(None, Bound(text.now.astimezone(UTC), Precision.UNKNOWN))
    return found.kind, None


def _goes_on(text: Text, found: Statement, tense: Tense | None) -> bool:
    if tense is None and text.known:
        return True
    if text.word(found.start) == "in" and not is_missed(text, found.start):
        return False
    years = found.length is not None and found.length.unit in (Unit.YEAR, Unit.DECADE)
    return tense != "past" and lasts(text, found.start, found.end, years=years)


def _hint(text: Text, found: Statement) -> Tense | None:
    if found.kind is Kind.UNTIL and text.word(found.start) in ("by", "no"):
        return "past" if is_told_of(text, found.start, found.end) else "future"
    hint = tense_around(text, found.start, found.end)
    return "past" if hint is None and text.word(found.start) == "as" else hint


def _placed(text: Text, found: Statement, chosen: Period) -> tuple[Kind, Interval]:
    start, end = _bound(chosen.start, chosen), _bound(chosen.end, chosen)
    if found.kind is Kind.SINCE:
        if found.beyond:
            return Kind.SINCE, Interval(end, None)
        if found.origin and chosen.start <= text.now and not lasts(text, found.start, found.end, years=False):
            return Kind.POINT, Interval(start, end)
        return Kind.SINCE, Interval(start, None)
    if found.kind is Kind.UNTIL:
        return Kind.UNTIL, Interval(None, start if found.beyond or _is_exact(chosen) else end)
    return found.kind, Interval(start, end)


def _is_exact(period: Period) -> bool:
    return period.precision.value < Precision.DAYPART.value


def _bound(moment: datetime, period: Period) -> Bound:
    if not MINYEAR < moment.year < MAXYEAR:
        raise OverflowError("too near the calendar's ends to be told in every zone")
    return Bound(moment.astimezone(UTC), period.precision)


def _direction(interval: Interval, now: datetime) -> Tense | None:
    if interval.end is not None and interval.end.at == now and interval.end.precision is Precision.INSTANT:
        return None
    if interval.end is not None and interval.end.at <= now:
        return "past"
    if interval.start is None:
        return "future" if interval.end is not None and interval.end.at > now else None
    if interval.start.at > now:
        return "future"
    return "past" if interval.end is None else None
