"""Parts of a stretch: "late last month", "the end of May", "mid-June", "later this week", "the rest of the year"."""

from datetime import timedelta

from satchel.extract.time.calendar import Period, add_months, day_of, midnight, unit_of
from satchel.extract.time.days import day
from satchel.extract.time.interval import Precision, Unit
from satchel.extract.time.periods import period
from satchel.extract.time.reading import Found, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import CALENDAR_UNITS, steps_of

_PARTS = {"early": 0, "beginning": 0, "start": 0, "turn": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_NOUNS = frozenset({"end", "beginning", "start", "middle", "turn"})
_LAST_SECOND = timedelta(seconds=1)
_DAYS_OF_WEEK = ((0, 3), (1, 5), (3, 7))
_DAYS_OF_MONTH = ((1, 16), (11, 21), (16, 0))
"""The early, middle and late days: of a week from Monday on, of a month by their dates, 0 for its end."""


def part(text: Text, index: int) -> Found | None:
    """Read a part of a stretch."""
    at = text.skip(index, ("the",))
    word = text.word(at)
    if word in ("eod", "cob"):
        return only(_end_of(day_of(text.now))), at + 1
    if word in ("eom", "eoy"):
        return only(_share(unit_of(text.now, Unit.MONTH if word == "eom" else Unit.YEAR), "end")), at + 1
    if text.has(at, "end", "of", "day"):
        return _end_of_day(text, at + 3)
    if word in ("earlier", "later"):
        return _side_of_now(text, at)
    if word == "rest" and text.word(at + 1) in ("of", "the", "this", "my", "our"):
        return _rest(text, text.skip(at + 1, ("of",)))
    return _part(text, at, word) if word in _PARTS else None


def _end_of_day(text: Text, after: int) -> Found:
    """Read the day after "end of day", if it is said."""
    found = day(text, after)
    if found is not None and found[0].sure:
        return found[0].each(_end_of), found[1]
    return only(_end_of(day_of(text.now))), after


def _part(text: Text, at: int, word: str) -> Found | None:
    if word in _NOUNS and text.word(at + 1) != "of":
        return None
    after = at + 2 if word in _NOUNS else text.skip(at + 1, ("-",) if word == "mid" else ())
    inner = period(text, after)
    if inner is None or not (inner[0].sure or inner[0].past.precision is not Precision.DAY):
        return _part_of_unit(text, text.skip(after, ("the",)), word)
    if inner[0].past.precision is Precision.DECADE and text.word(at - 1) != "the":
        return None  # "my early thirties"
    return inner[0].each(lambda one: _share(one, word)).certain(), inner[1]


def _part_of_unit(text: Text, single: int, word: str) -> Found | None:
    """Read "month" after "the end of the", or a day after "early" and the like."""
    unit = CALENDAR_UNITS.get(text.word(single)) if word in _NOUNS else None
    if unit is Unit.DAY:
        # "At the end of the day" is a manner of speaking; "by the end of the day" is not.
        return only(_end_of(day_of(text.now))).unsure(), single + 1
    if unit is not None:
        return only(_share(unit_of(text.now, unit), word)), single + 1
    other = day(text, single)
    if other is None or not other[0].sure:
        return None
    return (other[0].each(_end_of) if word == "end" else other[0]), other[1]


def _end_of(one: Period) -> Period:
    return Period(one.end - _LAST_SECOND, one.end, Precision.DAY)


def _share(one: Period, word: str) -> Period:
    """Return the early, middle or late part: halves of weeks and months, of years too if "early", else thirds."""
    which = _PARTS[word]
    if one.precision is Precision.WEEK:
        first, last = _DAYS_OF_WEEK[which]
        return Period(one.start + timedelta(days=first), one.start + timedelta(days=last), Precision.WEEK)
    if one.precision is Precision.MONTH:
        first, last = _DAYS_OF_MONTH[which]
        return Period(one.start.replace(day=first), one.start.replace(day=last) if last else one.end, Precision.MONTH)
    months = (one.end.year - one.start.year) * 12 + one.end.month - one.start.month
    size = months // (2 if one.precision is Precision.YEAR and word in ("early", "late") else 3)
    if not size:
        return one
    start = (0, size, months - size)[which]
    return Period(add_months(one.start, start), add_months(one.start, start + size), one.precision)


def _side_of_now(text: Text, at: int) -> Found | None:
    """Read "earlier this month", "later in the week", "later today"."""
    after = text.skip(text.skip(at + 1, ("on",)), ("in",))
    unit = CALENDAR_UNITS.get(text.word(after + 1)) if text.word(after) in ("this", "the") else None
    if unit is None and text.word(after) != "today":
        return None
    whole, end = (day_of(text.now), after + 1) if unit is None else (unit_of(text.now, unit), after + 2)
    edge = text.now if whole.precision is Precision.DAY else midnight(text.now)
    return only(whole.cut(end=edge) if text.word(at) == "earlier" else whole.cut(start=edge)), end


def _rest(text: Text, index: int) -> Found | None:
    """Read "the week", "my week" or "this summer" after "the rest of"."""
    after = text.skip(index, ("the", "my", "this", "our", "current"))
    today = midnight(text.now)
    unit = CALENDAR_UNITS.get(text.word(after))
    if unit is not None:
        return only(unit_of(text.now, unit).cut(start=today)), after + 1
    found = period(text, index)
    if found is None or (steps_of(text.word(index)) is None and not found[0].sure):
        return None
    return found[0].each(lambda one: one.cut(start=max(one.start, today)) if one.end > today else one), found[1]
