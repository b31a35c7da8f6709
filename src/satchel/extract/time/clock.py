"""Times of day: "5pm", "17:00", "half past six", "at seven", "noon", and the parts of a day."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period, midnight
from satchel.extract.time.interval import Precision
from satchel.extract.time.numbers import whole
from satchel.extract.time.reading import DAILY, Reading, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DAYPARTS

_HALF_DAY = 12
_DAY = 24
_LAST_HOUR, _LAST_MINUTE = 23, 59
_LAST_OF_NIGHT = 3
_LAST_OF_AFTERNOON = 6
_START = r"(?<![\w$€£#+])(?<!\d[.,:/-])"
_MERIDIEM = re.compile(_START + r"(\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?\s?([ap])(?:\.\s?m\.|\.?m)(?!\w)", re.IGNORECASE)
_DIGITAL = re.compile(_START + r"(\d{1,2}):(\d\d)(?::(\d\d))?(?![\w%])(?![:/]\d)")
_DOTTED = re.compile(_START + r"(\d{1,2})\.([0-5]\d)(?![\w%.])", re.IGNORECASE)
_NAMED = {"noon": 12, "midday": 12, "noontime": 12, "midnight": 0}
_AFTERNOON = ("afternoon", "evening", "night", "eve", "lunchtime")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes:
        hour: 0 to 23.
        minute: 0 to 59.
        second: 0 to 59, None where it was not said.
        half: whether it is known which half of the day is meant.
        sure: it is a time of day without "at" before it or a day beside it.
        exact: minutes were said.
    """

    hour: int
    minute: int = 0
    second: int | None = None
    half: bool = True
    sure: bool = True
    exact: bool = False

    def on(self, day: Period) -> Period:
        """Return the time on the day on which a period begins."""
        start = midnight(day.start).replace(hour=self.hour, minute=self.minute, second=self.second or 0)
        if self.second is not None:
            return Period(start, start + timedelta(seconds=1), Precision.INSTANT)
        if self.exact:
            return Period(start, start + timedelta(minutes=1), Precision.MINUTE)
        return Period(start, start + timedelta(hours=1), Precision.HOUR)

    def within(self, part: str) -> "Clock":
        """Return the time in a part of the day: "at 7" in the evening is 19:00."""
        if self.half or not part:
            return self
        if part in _AFTERNOON:
            late = self.hour < _HALF_DAY and not (part == "night" and self.hour <= _LAST_OF_NIGHT)
            return replace(self, hour=self.hour + _HALF_DAY if late else self.hour, half=True)
        return replace(self, half=True)

    def settled(self) -> "Clock":
        """Return the time when nothing tells the half of the day: one to six are in the afternoon."""
        afternoon = not self.half and 1 <= self.hour <= _LAST_OF_AFTERNOON
        return replace(self, hour=self.hour + _HALF_DAY, half=True) if afternoon else self


def clock(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read a time of day, with the part of the day that follows it ("8 in the evening")."""
    found = _clock(text, index)
    if found is None:
        return None
    part, after = daypart(text, found[1])
    return (replace(found[0].within(part), sure=True), after) if part else found


def dotted(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "10.20", which is a time of day only beside a day."""
    found = _DOTTED.match(text.source, text.tokens[index].start) if text.number(index) is not None else None
    if found is None or int(found[1]) > _LAST_HOUR:
        return None
    hour = int(found[1])
    return Clock(hour, int(found[2]), half=hour > _HALF_DAY, exact=True), text.index_at(index, found.end())


def _half(text: Text, index: int) -> tuple[int, int] | None:
    """Read "pm", "a m" or "p.m." after an hour in words: the hours to add, and the index after it."""
    word = text.word(index)
    if word in ("am", "pm"):
        return (0 if word == "am" else _HALF_DAY), index + 1
    at = text.skip(index + 1, (".",))
    if word not in ("a", "p") or text.word(at) != "m":
        return None
    return (0 if word == "a" else _HALF_DAY), at + 1


def daypart(text: Text, index: int) -> tuple[str, int]:
    """Read "in the evening", "at night", ", this morning"'s part; "" if there is none."""
    for lead in (("in", "the"), ("at",), ("this",), ("early",), ("late",), ()):
        word = text.word(index + len(lead))
        if text.has(index, *lead) and word in DAYPARTS and (lead != ("at",) or word == "night"):
            return word, index + len(lead) + 1
    return "", index


def today_at(text: Text, time: Clock) -> Reading:
    """Return the reading of a time of day alone."""
    settled = time.settled()

    def latest(moment: datetime) -> Period:
        found = settled.on(Period(moment, moment, Precision.DAY))
        return found if found.start <= moment else settled.on(found.cut(found.start - timedelta(days=1)))

    return recurring(latest, DAILY, text.now, near=False)


def part_of(day: Period, part: str) -> Period:
    """Return the morning, afternoon, evening or night of a day."""
    first, last = DAYPARTS[part]
    start = midnight(day.start)
    end = start.replace(hour=last) if last < _DAY else (start + timedelta(days=1)).replace(hour=last - _DAY)
    return Period(start.replace(hour=first), end, Precision.DAYPART)


def _clock(text: Text, index: int) -> tuple[Clock, int] | None:
    return (
        (_with_half(text, index) or _digital(text, index) if text.number(index) is not None else None)
        or _named(text, index)
        or _past_or_to(text, index)
        or _spoken(text, index)
    )


def _named(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "noon", "12 noon" and "midnight", but not in "The Midnight Library"."""
    at = index + 1 if text.number(index) == _HALF_DAY else index
    if text.word(at) not in _NAMED or (text.capital(at) and text.capital(at + 1)):
        return None
    return Clock(_NAMED[text.word(at)]), at + 1


def _with_half(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "8pm", "8:00:31 a.m.", "8.30 pm"."""
    found = _MERIDIEM.match(text.source, text.tokens[index].start)
    if found is None or not 1 <= int(found[1]) <= _HALF_DAY:
        return None
    hour = int(found[1]) % _HALF_DAY + (_HALF_DAY if found[4].lower() == "p" else 0)
    return _timed(hour, found, half=True), text.index_at(index, found.end())


def _digital(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "17:00", "8:00:20"; of "2:58:41" it is not sure, for it is rather how long a race took."""
    found = _DIGITAL.match(text.source, text.tokens[index].start)
    if found is None or int(found[1]) > _LAST_HOUR or int(found[2]) > _LAST_MINUTE:
        return None
    hour, padded = int(found[1]), len(found[1]) > 1
    time = _timed(hour, found, half=hour > _HALF_DAY or (padded and hour < 10))  # noqa: PLR2004
    sure = found[3] is None or padded
    return replace(time, sure=sure), text.index_at(index, found.end())


def _timed(hour: int, found: "re.Match[str]", *, half: bool) -> Clock:
    second = None if found[3] is None else int(found[3])
    return Clock(hour, int(found[2] or 0), second, half, exact=found[2] is not None)


def _past_or_to(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "half past six", "a quarter to seven", "twenty minutes past five"."""
    at = text.skip(index, ("a",))
    named = {"half": 30, "quarter": 15}.get(text.word(at))
    minutes = (named, at + 1) if named else whole(text, at)
    if minutes is None or not 1 <= minutes[0] <= _LAST_MINUTE:
        return None
    after = text.skip(minutes[1], ("min", "mins", "minutes", "minute"))
    past = text.word(after) == "past"
    hour = whole(text, after + 1) if past or (named and text.word(after) == "to") else None
    if hour is None or not 1 <= hour[0] <= _HALF_DAY:
        return None
    if past:
        return Clock(hour[0], minutes[0], half=False, exact=True), hour[1]
    # What is said of the half of the day goes by the hour that is named.
    before = Clock(hour[0], half=False).settled().hour - 1
    return Clock(before or _HALF_DAY, 60 - minutes[0], half=hour[0] > 1, exact=True), hour[1]


def _spoken(text: Text, index: int) -> tuple[Clock, int] | None:
    """Read "seven", "seven o'clock", "seven thirty", "10ish"."""
    hour = whole(text, index) if not text.is_decimal(index - 1) else None
    digits = text.number(index) is not None
    if hour is None or not 1 <= hour[0] <= _LAST_HOUR or (digits and len(text.word(index)) > 2):  # noqa: PLR2004
        return None
    value, after = hour
    half = _half(text, after) if value <= _HALF_DAY else None
    if half is not None:
        return Clock(value % _HALF_DAY + half[0]), half[1]
    known = value > _HALF_DAY
    if text.word(after) in ("o'clock", "oclock"):
        return Clock(value, half=known), after + 1
    if text.word(after) == "ish" and text.glued(after):
        return Clock(value, half=known), after + 1
    minutes = None if digits else whole(text, text.skip(after, ("-",)))
    if minutes is not None and 10 <= minutes[0] <= _LAST_MINUTE:  # noqa: PLR2004
        return Clock(value, minutes[0], half=known, sure=False, exact=True), minutes[1]
    amount = text.continues(after) and text.word(after) in (".", ",", "/")
    return None if known or amount else (Clock(value, half=False, sure=False), after)
