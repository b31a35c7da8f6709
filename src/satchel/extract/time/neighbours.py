"""Times named by what they stand beside: "the day after Christmas", "two days before Easter", "two sundays ago"."""

from collections.abc import Callable
from datetime import datetime, timedelta

from satchel.extract.time.calendar import SATURDAY, Period, midnight, move_by, next_units, weekend_of
from satchel.extract.time.days import day
from satchel.extract.time.distances import at_distance, moment
from satchel.extract.time.interval import Length, Precision, Unit
from satchel.extract.time.lengths import length, precision_of
from satchel.extract.time.months import seasons_away
from satchel.extract.time.numbers import count
from satchel.extract.time.reading import Found, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import LATER, PLURAL_WEEKDAYS, SEASONS, WEEKDAYS
from satchel.extract.time.weeks import weekends_away

_SIDES = {"before": -1, "prior": -1, "after": 1, "from": 1, "following": 1}
_SAME_TIME = {"year": Unit.YEAR, "month": Unit.MONTH, "week": Unit.WEEK}


def neighbour(text: Text, index: int) -> Found | None:
    """Read a time beside another one."""
    return _length_from(text, index) or _named_beside(text, index) or _counted(text, index) or _same_time(text, index)


def _length_from(text: Text, index: int) -> Found | None:
    """Read "two days after tomorrow", "a week from Friday", "three weeks before Easter"."""
    found = length(text, index)
    sign = None if found is None else _SIDES.get(text.word(found[1]))
    if found is None or sign is None:
        return None
    given, after = found
    other = day(text, text.skip(after + 1, ("to",)))
    if other is None or not other[0].sure:
        return None
    precision = precision_of(given)
    return other[0].each(lambda one: moment(move_by(one.start, given, sign), precision)), other[1]


def _named_beside(text: Text, index: int) -> Found | None:
    """Read "the day after Christmas", "the week before Easter", "the Friday before the 14th"."""
    at = text.skip(index, ("the", "a"))
    sign = _SIDES.get(text.word(at + 1))
    if sign is None or (at == index and not text.known):
        return None
    other = day(text, at + 2)
    change = _change(text.word(at), sign)
    if other is None or change is None or not other[0].sure:
        return None
    return other[0].each(change), other[1]


def _change(word: str, sign: int) -> Callable[[Period], Period] | None:
    """Return how to get from a day to the unit of this name before (-1) or after it."""
    if word == "day":
        return lambda one: moment(one.start + timedelta(days=sign), Precision.DAY)
    if word == "week":
        return lambda one: next_units(one.start, Unit.WEEK, sign)
    if word == "weekend":
        return lambda one: _weekend_beside(one.start, sign)
    weekday = WEEKDAYS.get(word)
    return None if weekday is None else lambda one: _weekday_beside(one.start, weekday, sign)


def _weekend_beside(start: datetime, sign: int) -> Period:
    own = weekend_of(start)
    return own if sign > 0 and start.weekday() < SATURDAY else weekend_of(own.start + timedelta(days=7 * sign))


def _weekday_beside(start: datetime, weekday: int, sign: int, number: int = 1) -> Period:
    """Return the number-th such weekday before or after a day, the day itself not counted."""
    apart = (sign * (weekday - start.weekday()) - 1) % 7 + 1 + 7 * (number - 1)
    return moment(start + timedelta(days=sign * apart), Precision.DAY)


def _counted(text: Text, index: int) -> Found | None:
    """Read "two sundays from now", "three weekends ago", "two summers ago"."""
    found = count(text, index)
    if found is None:
        return None
    number, at = int(found[0]), found[1]
    side = _side(text, at + 1)
    return None if side is None else _away(text, text.word(at), number * side[0], side[1])


def _side(text: Text, index: int) -> tuple[int, int] | None:
    """Read "ago", "later" or "from now": the sign, and the index after it."""
    if text.word(index) in ("ago", "back"):
        return -1, index + 1
    if text.has(index, "from", "now"):
        return 1, index + 2
    return (1, index + 1) if text.word(index) in LATER else None


def _away(text: Text, word: str, number: int, end: int) -> Found | None:
    weekday = PLURAL_WEEKDAYS.get(word, WEEKDAYS.get(word))
    if weekday is not None:
        sign = 1 if number > 0 else -1
        return only(_weekday_beside(midnight(text.now), weekday, sign, abs(number))), end
    if word in ("weekend", "weekends"):
        return only(weekends_away(text.now, number)), end
    season = word.removesuffix("s")
    return (only(seasons_away(text.now, season, number)), end) if season in SEASONS else None


def _same_time(text: Text, index: int) -> Found | None:
    """Read "this time last year"."""
    unit = _SAME_TIME.get(text.word(index + 3))
    side = {"last": -1, "next": 1}.get(text.word(index + 2))
    if not text.has(index, "this", "time") or unit is None or side is None:
        return None
    return at_distance(text.now, Length(((1.0, unit),)), side), index + 4
