"""From one moment to another: "from March to May", "between 4 and 22 January", "2019-2021", "Monday to Friday"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period, add_months, date_in, day_of, move_by, week_of, year_in
from satchel.extract.time.clock import clock
from satchel.extract.time.dates import shifted_month
from satchel.extract.time.days import day
from satchel.extract.time.interval import Precision, Tense
from satchel.extract.time.lengths import length
from satchel.extract.time.literals import yearly
from satchel.extract.time.numbers import day_number, short_year, year
from satchel.extract.time.phrases import phrase
from satchel.extract.time.reading import Found, Reading, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DASHES, MONTHS, TO, WEEKDAYS, steps_of

_AND = frozenset({"and", "&", "to", "through", *DASHES})
_MOVING = frozenset({"moved", "shifted", "pushed", "postponed", "rescheduled", "changed", "switched", "delayed"})
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_WIDE = frozenset({Precision.YEAR, Precision.WEEK, Precision.SEASON, Precision.MONTH})
_STEPS = (0, 1, 3, 6, 7, 15, 31, 62, 124, 186, 248, 310, 366, 732, 1461)
_NOON = 12


@dataclass(frozen=True, slots=True)
class Range:
    """Two readings of which the first is before the second."""

    first: Reading
    last: Reading

    def of(self, tense: Tense | None, now: datetime) -> tuple[Period, Period]:
        """Return both periods: the tense chooses the last one, and the first is the nearest before it.

        Raises:
            ValueError: the last one is before the first.
        """
        last = self.last.of(tense, now)
        first = self.first.at_latest(last.start, tense, now)
        if self.first.latest is None and self.last.latest is not None:
            last = _first_after(self.last, first.start)
        if last.end <= first.start:
            raise ValueError("it ends before it begins")
        return first, last


Ranged = tuple[Range, int]
"""A range and the index of the token after it."""


def ranged(text: Text, index: int) -> Ranged | None:
    """Read a stretch named by its first and last moment."""
    lead = text.word(index)
    if lead == "from" and _is_moved(text, index):
        return None
    joins = _AND if lead == "between" else TO
    if lead == "in":
        found = year(text, index + 1)
        through = _phrases(text, index + 1, joins, marked=True) if found is not None else None
        return _years(text, index + 1, joins) or through
    marked = lead in ("from", "between")
    at = index + 1 if marked else index
    return (
        _days_of_month(text, at, joins)
        or _month_days(text, at, joins)
        or _weekdays(text, at)
        or _clocks(text, at, joins)
        or _years(text, at, joins)
        or _phrases(text, at, joins, marked=marked)
    )


def _is_moved(text: Text, index: int) -> bool:
    """Tell whether something is put off from one time to another, which is no span."""
    return any(text.word(before) in _MOVING for before in range(max(index - 8, 0), index))


def _joined(text: Text, index: int, joins: Collection[str]) -> int | None:
    """Return the index after the word that joins both ends."""
    at = text.skip(index, (",",))
    if text.word(at) == "up" and text.word(at + 1) in TO:
        return at + 2
    return at + 1 if text.word(at) in joins else None


def _days_of_month(text: Text, at: int, joins: Collection[str]) -> Ranged | None:
    """Read "4 to 22 January", "the 1st to the 15th of June", "4 till 23 of this month", "4 to January 22, 1995"."""
    first = day_number(text, text.skip(at, ("the",)))
    to = None if first is None else _joined(text, first[1], joins)
    if first is None or to is None or text.word(text.skip(to, ("the",))) in WEEKDAYS:
        return None
    last = _inside_month(text, to) or day(text, to)
    if last is None or last[0].past.precision is not Precision.DAY or _is_clock(text, to, last[1]):
        return None
    if not last[0].sure and not _are_ordinals(text, first[1], last[1]):
        return None
    return _range_before(last[0], first[0]), last[1]


def _range_before(last: Reading, number: int) -> Range:
    """Return the range from a day of the month to a day in the same month, or the next one."""

    def first(one: Period) -> Period:
        month = one.start.replace(day=1) if number <= one.start.day else add_months(one.start.replace(day=1), -1)
        return day_of(month.replace(day=number))

    return Range(last.each(first), last)


def _are_ordinals(text: Text, first_end: int, last_end: int) -> bool:
    return text.word(first_end - 1) in _SUFFIXES and text.word(last_end - 1) in _SUFFIXES


def _is_clock(text: Text, index: int, after: int) -> bool:
    found = clock(text, index)
    return found is not None and found[0].sure and found[1] >= after


def _inside_month(text: Text, index: int) -> Found | None:
    """Read "22 this month", "the 23rd of next month"."""
    number = day_number(text, text.skip(index, ("the",)))
    inside = None if number is None else shifted_month(text, text.skip(number[1], ("of", "in")))
    if number is None or inside is None:
        return None
    return only(day_of(inside[0].replace(day=number[0]))), inside[1]


def _month_days(text: Text, at: int, joins: Collection[str]) -> Ranged | None:
    """Read "November 19 to 20", "Nov 19-20, 2019", "Feb between 2-7"."""
    month = MONTHS.get(text.word(at))
    between = text.word(at + 1) in ("between", "from")
    first = None if month is None else day_number(text, text.skip(at + 1, ("between", "from", ".", "the")))
    to = None if first is None else _joined(text, first[1], _AND if between else joins)
    last = None if to is None else day_number(text, text.skip(to, ("the",)))
    if month is None or first is None or last is None or last[0] <= first[0] or _goes_on(text, last[1]):
        return None
    stated = year(text, text.skip(last[1], (",",)))
    if stated is None:
        return _range_before(yearly(text, month, last[0]), first[0]), last[1]
    return _range_before(only(day_of(date_in(text.now, stated[0], month, last[0]))), first[0]), stated[1]


def _goes_on(text: Text, index: int) -> bool:
    """Tell whether the second number is no day of the first one's month: "May 3 to 5 June", "May 3 to 5pm"."""
    return text.word(text.skip(index, ("of",))) in MONTHS or text.word(index) in (":", "am", "pm")


def _weekdays(text: Text, at: int) -> Ranged | None:
    """Read "next week between Wednesday and Friday"."""
    steps = steps_of(text.word(at))
    if steps is None or text.word(at + 1) != "week" or text.word(at + 2) not in ("between", "from"):
        return None
    first, join, last = (text.word(at + offset) for offset in (3, 4, 5))
    if first not in WEEKDAYS or last not in WEEKDAYS or join not in (*TO, "and"):
        return None
    week = week_of(text.now).start + timedelta(days=7 * steps)
    ends = [only(day_of(week + timedelta(days=WEEKDAYS[word]))) for word in (first, last)]
    return Range(ends[0], ends[1]), at + 6


def _clocks(text: Text, at: int, joins: Collection[str]) -> Ranged | None:
    """Read "3 to 5pm", "from 9am until noon", "between 3 and 5pm tomorrow"."""
    first = clock(text, at)
    to = None if first is None else _joined(text, first[1], joins)
    last = None if to is None else phrase(text, to)
    if first is None or last is None or not last[0].sure:
        return None
    if last[0].past.precision not in (Precision.HOUR, Precision.MINUTE):
        return None
    time, end = first[0], last[0].past.start.hour
    if not time.sure:
        time = time.within("afternoon" if end >= _NOON and time.hour + _NOON <= end else "morning")

    def before(one: Period) -> Period:
        found = time.on(one)
        return found if found.start < one.start else time.on(one.cut(one.start - timedelta(days=1)))

    return Range(last[0].each(before), last[0]), last[1]


def _years(text: Text, at: int, joins: Collection[str]) -> Ranged | None:
    """Read "2014-2018", "2014 to 2018", "2019-21"."""
    first = year(text, at)
    to = None if first is None else _joined(text, first[1], joins)
    if first is None or to is None:
        return None
    last = year(text, to) or (short_year(text, to) if text.word(to - 1) in DASHES else None)
    if last is None or last[0] <= first[0]:
        return None
    return Range(only(year_in(text.now, first[0])), only(year_in(text.now, last[0]))), last[1]


def _phrases(text: Text, at: int, joins: Collection[str], *, marked: bool) -> Ranged | None:
    """Read two phrases with a joining word between them."""
    first = phrase(text, text.skip(at, ("on", "at")))
    to = None if first is None else _joined(text, first[1], joins)
    last = None if first is None or to is None else phrase(text, to) or _later(text, to, first[0])
    if first is None or to is None or last is None:
        return None
    both_sure = first[0].sure and last[0].sure
    pair = _are_pair(text, (at, first), (to, last))
    if not (
        both_sure or pair if marked else (both_sure and not _is_clock_pair(first, last)) or _are_months(text, at, to)
    ):
        return None
    return Range(first[0], last[0]), last[1]


def _are_months(text: Text, first: int, last: int) -> bool:
    return text.word(first) in MONTHS and text.word(last) in MONTHS


def _is_clock_pair(first: Found, last: Found) -> bool:
    """Tell whether a stretch and a time of day only stand beside each other, joined by a dash."""
    return (first[0].past.precision.value < Precision.DAY.value) != (last[0].past.precision.value < Precision.DAY.value)


def _are_pair(text: Text, first: tuple[int, Found], last: tuple[int, Found]) -> bool:
    """Tell whether doubtful phrases make a range together: "from may to july", "10/1 to 11/7", "week 31 to week 35"."""
    (at, (reading, end)), (to, (other, after)) = first, last
    if reading.sure or other.sure or reading.past.precision in _WIDE:
        return True
    return _are_ordinals(text, end, after) or (end - at > 1 and after - to > 1)


def _later(text: Text, index: int, first: Reading) -> Found | None:
    """Read "two and a half days later" as the end of what began at `first`."""
    found = length(text, index)
    if found is None or text.word(found[1]) not in ("later", "after"):
        return None
    return first.each(lambda one: day_of(move_by(one.start, found[0], 1))), found[1] + 1


def _first_after(reading: Reading, moment: datetime) -> Period:
    """Return the first period of what recurs that begins at or after a moment."""
    if reading.latest is not None:
        for days in _STEPS:
            found = reading.latest(moment + timedelta(days=days))
            if found.start >= moment:
                return found
    return reading.future
