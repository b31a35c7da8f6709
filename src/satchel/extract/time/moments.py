"""A day with its time or its part: "tomorrow at 5", "8pm on the 15th", "last night", "Friday evening"; and "now"."""

from datetime import timedelta

from satchel.extract.time.calendar import Period, day_of, midnight
from satchel.extract.time.clock import Clock, clock, daypart, dotted, part_of, today_at
from satchel.extract.time.days import day
from satchel.extract.time.interval import Precision
from satchel.extract.time.numbers import FIRST_YEAR, LAST_YEAR
from satchel.extract.time.reading import Found, Reading, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DAYPARTS, TODAY, TONIGHT, UNITS, WEEKDAYS

_AT = ("at", "@", "around", "about")
_LOOSELY_AT = (*_AT, "by", "for", "-", "till", "before", "after")
_LATE_EVENING = ("night", "evening")
_QUALIFIED = (*TONIGHT, "last", "this", "tomorrow", "yesterday", "on")
_AFTER_TIME = frozenset({"and", "or", "to", "but", "so", "for", "when", "because", "if", "with"})
_NOT_BEFORE_NOW = frozenset({"by", "for", ",", "to", "while"})
_IN_FULL = 4

_Dayed = tuple[Reading, str, int]
"""A day, the part of it that is meant ("" if none), and the index of the token after it."""


def now(text: Text, index: int) -> Found | None:
    """Read "now" where it stands for a time, and "right now"."""
    reading = only(Period(text.now, text.now, Precision.INSTANT))
    if text.has(index, "right", "now") or text.has(index, "just", "now"):
        return reading, index + 2
    if text.word(index) != "now":
        return None
    before = text.word(index - 1)
    plain = text.closes(index + 1) and not text.opens(index) and before not in _NOT_BEFORE_NOW and before not in UNITS
    return (reading if plain else reading.unsure()), index + 1


def timed_day(text: Text, index: int) -> Found | None:
    """Read "tomorrow at 5", "Friday evening", "Oct.23 at seven", "this morning around 7am", "the 15th, 8pm"."""
    found = _day(text, index)
    if found is None:
        return None
    reading, part, after = found
    timed = _clock_after(text, after)
    loose = not reading.sure and text.number(after - 1) is not None and text.number(after) is not None
    if timed is not None and not loose:
        time = timed[0].within(part) if part else timed[0].settled()
        return _with_year(text, reading.each(time.on).certain(), timed[1])
    return (reading.each(lambda one: part_of(one, part)) if part else reading), after


def timed(text: Text, index: int) -> Found | None:
    """Read "8pm on the 15th", "10, tonight", "7 this morning", "5pm"."""
    at = text.skip(text.skip(index, ("at",)), ("around", "about"))
    found = (dotted(text, at) if text.word(index) == "at" else None) or clock(text, at)
    if found is None or text.word(index - 1) == "in":  # "in 1:52" is how long it took
        return None
    time, after = found
    placed = time.sure or at > index
    beside = _day_of_clock(text, after, sure=placed) if placed or text.number(at) is not None else None
    if beside is not None:
        reading, part, end = beside
        within = time.within(part) if part else time.settled()
        return reading.each(within.on).certain(), end
    if not placed:
        return None
    plain = time.sure or text.closes(after) or text.word(after) in _AFTER_TIME
    reading = today_at(text, time)
    return (reading if plain else reading.unsure()), after


def _day(text: Text, index: int) -> _Dayed | None:
    """Read a day and the part of it that is meant: "tonight", "last night", "late on Friday", "Friday evening"."""
    qualified = text.word(index) in ("late", "early") and text.word(index + 1) in _QUALIFIED
    at = text.skip(index + 1, ("on",)) if qualified else index
    if text.word(at) in TONIGHT:
        return only(day_of(text.now)), "night", at + 1
    near = _near_part(text, at)
    if near is not None:
        return near
    found = day(text, at)
    if found is None:
        return None
    reading, after = found
    part, end = daypart(text, text.skip(after, (",",)) if text.has(after, ",", "in") else after)
    return (reading.certain(), part, end) if part else (reading, "", after)


def _near_part(text: Text, at: int) -> _Dayed | None:
    """Read "this morning", "last night", "later this evening"."""
    part, word = text.word(at + 1), text.word(at)
    if part not in DAYPARTS or not (word == "this" or (word == "last" and part in _LATE_EVENING)):
        return None
    back = timedelta(days=1 if word == "last" else 0)
    return only(day_of(midnight(text.now) - back)), part, at + 2


def _with_year(text: Text, reading: Reading, end: int) -> Found:
    """Read the year of "Wed Oct 26 15:50:06 2016"."""
    number = text.number(end)
    given = number is not None and len(text.word(end)) == _IN_FULL and FIRST_YEAR <= number <= LAST_YEAR
    if reading.latest is None or number is None or not given:
        return reading, end
    return only(reading.latest(reading.past.start.replace(year=number, month=12, day=31))), end + 1


def _clock_after(text: Text, after: int) -> tuple[Clock, int] | None:
    at = text.skip(after, (",",))
    lead = text.skip(at, _LOOSELY_AT)
    lead = text.skip(lead, ("around", "about")) if lead > at else lead
    found = dotted(text, lead) or clock(text, lead)
    if found is None:
        return None
    return found if found[0].sure or text.word(at) in _AT else None


def _day_of_clock(text: Text, after: int, *, sure: bool) -> _Dayed | None:
    """Read the day after a time; a time that is not sure of itself needs one that is marked as its own."""
    at = text.skip(after, (",",))
    lead = text.skip(at, ("on", "of"))
    found = _day(text, lead)
    if found is None:
        return None
    named = found[0].sure or found[1] != "" or text.word(lead) in WEEKDAYS
    if sure:
        return found if named or lead > at or text.word(lead) == "the" else None
    return found if named and (found[1] != "" or lead > at or text.word(lead) in TODAY) else None
