"""Times named by their distance from now: "two days ago", "in an hour", "3 weeks from now", "the last two weeks"."""

from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period, midnight, move_by, unit_of
from satchel.extract.time.interval import Length, Precision, Unit
from satchel.extract.time.lengths import PRECISIONS, Measured, is_single, length, precision_of
from satchel.extract.time.numbers import LAST_YEAR
from satchel.extract.time.reading import Found, Reading, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import AFTER_NOW, AGO, BEFORE_NOW, CALENDAR_UNITS, LATER, TODAY

_SHORT = frozenset({Unit.SECOND, Unit.MINUTE, Unit.DAY})
_LONG = frozenset({Unit.QUARTER, Unit.DECADE, Unit.CENTURY})
_VERBS = frozenset({"to", "will", "can", "should", "may", "might", "must", "would", "could", "it", "they", "usually"})
_OVER = frozenset({"in", "over", "during", "for", "within", "throughout"})
_DAY = timedelta(days=1)
PLURALS = frozenset({"years", "months", "weeks", "days", "decades", "ages", "centuries", "yrs", "hours"})
"""Units that make a vague length without a number: "for years", "ages ago"."""
_VAGUE = (("a", "while"), ("a", "long", "time"), ("some", "time"), ("sometime",), ("not", "so", "long"),
          ("not", "too", "long"), ("not", "that", "long"))  # fmt: skip
_OTHER = frozenset({"day", "week", "night", "evening", "month", "morning", "weekend", "year"})


def distance(text: Text, index: int) -> Found | None:
    """Read a moment named by its distance from now."""
    word = text.word(index)
    if word == "in":
        return _in(text, index)
    return _within(text, index) if word == "within" else _ago(text, index)


def stretch(text: Text, index: int) -> Found | None:
    """Read "the last two weeks", "past few days", "next 3 months", and "the last month" after "in" or "over"."""
    at = text.skip(index, ("the", "these"))
    back = text.word(at) in BEFORE_NOW
    if text.word(at) == "last" and at == index and _is_verb_before(text, index):
        return None  # "it will last two hours"
    found = length(text, at + 1) if back or text.word(at) in AFTER_NOW else None
    if found is None or is_single(text, at + 1):
        found = _one_unit(text, index, at)
    if found is None:
        return None
    given, after = found
    if given.unit in _LONG:
        own = unit_of(text.now, given.unit)
        return only(_side(own.start, own.end, given, own.precision, back=back)), after
    precision = precision_of(given)
    if precision.value < Precision.DAY.value:
        return only(_side(text.now, text.now, given, precision, back=back)), after
    today = midnight(text.now)
    return only(_side(today, today + _DAY, given, precision, back=back)), after


def vague_ago(text: Text, index: int) -> int | None:
    """Read "years ago", "a while back", "some time ago", "the other day", and return the index after it."""
    if text.has(index, "the", "other") and text.word(index + 2) in _OTHER:
        return index + 3
    at = text.skip(text.skip(index, ("many", "so")), ("many",))
    ends = [at + 1] if text.word(at) in PLURALS and text.number(at - 1) is None else []
    ends += [index + len(words) for words in _VAGUE if text.has(index, *words)]
    return next((end + 1 for end in ends if text.word(end) in ("ago", "back")), None)


def since_for(now: datetime, given: Length) -> Period:
    """Return the moment since which something of this length, which is not over, has lasted."""
    precision = precision_of(given)
    start = move_by(_origin(now, precision), given, -1)
    return Period(start, start, precision)


def at_distance(now: datetime, given: Length, sign: int) -> Reading:
    """Return the moment at this distance from now."""
    precision = precision_of(given)
    return only(moment(move_by(_origin(now, precision), given, sign), precision))


def moment(at: datetime, precision: Precision) -> Period:
    """Return a moment, as long as the smallest unit that it can be named by: a minute, an hour or a day."""
    if precision is Precision.MINUTE:
        return Period(at, at + timedelta(minutes=1), precision)
    return Period(at, at + (timedelta(hours=1) if precision is Precision.HOUR else _DAY), precision)


def _is_verb_before(text: Text, index: int) -> bool:
    before = text.word(index - 1)
    return before in _VERBS or before.endswith(("n't", "'ll"))


def _one_unit(text: Text, index: int, at: int) -> Measured | None:
    """Read "week" in "over the last week", which is no week of the calendar."""
    near = text.word(at) in ("last", "past", "next") and at > index and text.word(index - 1) in _OVER
    if near and text.word(at + 1) == "fortnight":
        return Length(((2.0, Unit.WEEK),)), at + 2
    unit = CALENDAR_UNITS.get(text.word(at + 1)) if near else None
    return None if unit in (None, Unit.DAY, Unit.QUARTER) else (Length(((1.0, unit),)), at + 2)


def _origin(now: datetime, precision: Precision) -> datetime:
    return now if precision.value < Precision.DAY.value else midnight(now)


def _side(start: datetime, end: datetime, given: Length, precision: Precision, *, back: bool) -> Period:
    """Return the stretch of a length before `start` or after `end`."""
    if back:
        return Period(move_by(start, given, -1), start, precision)
    return Period(end, move_by(end, given, 1), precision)


def _in(text: Text, index: int) -> Found | None:
    """Read "in three weeks", "in two weeks' time", "in an hour from now"."""
    found = length(text, index + 1) if (text.number(index + 1) or 0) <= LAST_YEAR else None
    if found is None:
        return None
    given, after = found
    if text.word(after) in (*AGO, "a", "from", "after", "of") and not text.has(after, "from", "now"):
        return None
    if is_single(text, index + 1) and given.unit in _SHORT and not text.known:
        return None  # "in a minute" and "in a day" are manners of speaking
    after = text.skip(after, ("time",))
    return at_distance(text.now, given, 1), after + 2 if text.has(after, "from", "now") else after


def _within(text: Text, index: int) -> Found | None:
    """Read "within 5 days", "within the next 3 years", "within 2 weeks from today"."""
    found = length(text, text.skip(text.skip(index + 1, ("the",)), AFTER_NOW))
    if found is None:
        return None
    given, after = found
    start = _origin(text.now, precision_of(given))
    end = after + 2 if text.has(after, "from", "now") or text.has(after, "from", "today") else after
    return only(Period(start, move_by(start, given, 1), PRECISIONS[Unit.DAY])), end


def _ago(text: Text, index: int) -> Found | None:
    """Read "two weeks ago", "3 days from now", "two years ago today", "4 weeks in the future"."""
    found = length(text, index)
    if found is None:
        return None
    given, after = found
    if text.has(after, "in", "the", "future"):
        tomorrow = midnight(text.now) + _DAY
        return only(_side(tomorrow, tomorrow, given, Precision.DAY, back=False)), after + 3
    side = _side_of_now(text, after)
    if side is None:
        return None
    sign, end = side
    reading = at_distance(text.now, given, sign)
    if sign < 0 and TODAY.get(text.word(end)) == 0:
        return reading.each(lambda one: one.known_to(Precision.DAY)), end + 1
    return reading, end


def _side_of_now(text: Text, index: int) -> tuple[int, int] | None:
    """Read "ago", "later", "from now": -1 or 1, and the index after it."""
    word = text.word(index)
    if word in AGO and not (word == "back" and text.word(index + 1) in ("to", "in", "and")):
        return -1, index + 1
    if word in LATER:
        return 1, index + 1
    if text.word(index + 1) != "now" or word not in ("from", "before"):
        return None
    return (1 if word == "from" else -1), index + 2
