"""Weekdays with what stands beside them: "Friday", "next Sunday", "Friday the 11th", "the first Monday of May"."""

from datetime import datetime, timedelta

from satchel.extract.time.calendar import (
    Period,
    add_months,
    date_in,
    day_of,
    days_in_month,
    midnight,
    nth_weekday,
    week_of,
)
from satchel.extract.time.dates import day_month, month_day, shifted_month
from satchel.extract.time.literals import literal
from satchel.extract.time.numbers import day_number, ordinal, said_year
from satchel.extract.time.reading import WEEKLY, Found, Reading, only, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import MONTHS, UNSURE_WEEKDAYS, WEEKDAYS, steps_of

_WEEK = timedelta(days=7)
_QUARTER = timedelta(days=91)
_MONTHS_TO_SEARCH, _MONTHS_NEAR = 24, 2
_LONGEST_SHORT = 5
_AFTER_SHORT = frozenset({"at", "from", "morning", "afternoon", "evening", "night", "for", "and", "or", "with", "then"})


def nth_weekday_of(text: Text, index: int) -> Found | None:
    """Read "the first Friday of July", "last Monday in May", "the second Monday of next month"."""
    at = text.skip(index, ("the",))
    number = (-1, at + 1) if text.word(at) == "last" else ordinal(text, at)
    if number is None or text.word(number[1]) not in WEEKDAYS:
        return None
    named, order = WEEKDAYS[text.word(number[1])], number[0]
    after = text.skip(number[1] + 1, ("of", "in"))
    inside = shifted_month(text, after) if after > number[1] + 1 else None
    if inside is not None:
        month, end = inside
        return only(day_of(nth_weekday(month, month.year, month.month, named, order))), end
    return _nth_in_month(text, after, named, order)


def near_weekday(text: Text, index: int) -> Found | None:
    """Read "next Friday", "this coming Sunday", "last week Sunday", "next week on Friday"."""
    at, word = _near_word(text, text.skip(index, ("the",)))
    steps = steps_of(word)
    of_week = text.word(at + 1) == "week"
    after = text.skip(text.skip(at + 2, (",", "'s")), ("on",)) if of_week else at + 1
    if steps is None or text.word(after) not in WEEKDAYS or _is_other_word(text, after):
        return None
    named = WEEKDAYS[text.word(after)]
    of_this_week = week_of(text.now).start + timedelta(days=named)
    if of_week or word in ("next", "following"):
        return only(day_of(of_this_week + steps * _WEEK)), after + 1
    before = midnight(text.now) - timedelta(days=(text.now.weekday() - named - 1) % 7 + 1)
    if steps < 0:
        return only(day_of(before)), after + 1
    coming = day_of(of_this_week if of_this_week >= midnight(text.now) else of_this_week + _WEEK)
    return (only(coming) if steps > 0 else Reading(day_of(before), coming)), after + 1


def weekday(text: Text, index: int) -> Found | None:
    """Read "Friday", "Friday next week", "Friday the 11th", "Fri, 22 of Jan", "Friday May 5"."""
    word = text.word(index)
    if word not in WEEKDAYS:
        return None
    shortened = len(word) <= _LONGEST_SHORT and text.number(index + 2) is not None
    after = text.skip(index + 1, (".",)) if shortened else index + 1
    at = text.skip(after, (",",))
    found = _in_week(text, at, WEEKDAYS[word]) or _with_date(text, at) or _with_number(text, at, WEEKDAYS[word])
    if found is not None:
        return found
    return None if _is_other_word(text, index) else (_weekly(text, index, WEEKDAYS[word]), index + 1)


def _nth_in_month(text: Text, after: int, named: int, order: int) -> Found | None:
    month = MONTHS.get(text.word(after))
    if month is None:
        return None
    found = said_year(text, text.skip(after + 1, (",", "of")))
    if found is not None:
        return only(day_of(nth_weekday(text.now, found[0], month, named, order))), found[1]

    def latest(moment: datetime) -> Period:
        own = nth_weekday(text.now, moment.year, month, named, order)
        return day_of(own if own <= moment else nth_weekday(text.now, moment.year - 1, month, named, order))

    return recurring(latest, _QUARTER, text.now, near=True), after + 1


def _near_word(text: Text, at: int) -> tuple[int, str]:
    """Return the word that says which, and its index: of "this past Friday", "past"."""
    second = text.word(at + 1)
    if text.word(at) == "this" and second in ("past", "coming", "upcoming", "last", "next"):
        return at + 1, "coming" if second == "next" else second
    return at, text.word(at)


def _is_other_word(text: Text, index: int) -> bool:
    """Tell whether "sun", "sat", "wed" or "mon" is hardly a day: what follows is no mark, number or time of day."""
    if text.word(index) not in UNSURE_WEEKDAYS or text.closes(index + 1) or text.number(index + 1) is not None:
        return False
    return text.word(index + 1) not in _AFTER_SHORT


def _in_week(text: Text, index: int, named: int) -> Found | None:
    """Read "next week" or "of this week" after a weekday."""
    at = text.skip(text.skip(index, ("of", "in")), ("the",))
    steps = steps_of(text.word(at))
    if steps is None or text.word(at + 1) != "week":
        return None
    return only(day_of(week_of(text.now).start + timedelta(days=named) + steps * _WEEK)), at + 2


def _with_date(text: Text, at: int) -> Found | None:
    """Read the date after a weekday; of "Monday 10.20" the rest is a time of day."""
    dated = literal(text, at) or month_day(text, at) or day_month(text, at)
    if dated is None or (dated[0].latest is not None and text.number(at) is not None and text.word(at + 1) == "."):
        return None
    return dated[0].certain(), dated[1]


def _with_number(text: Text, at: int, named: int) -> Found | None:
    """Read "the 11th" after a weekday, and find the month nearest to now in which they fall together."""
    marked = text.word(at) == "the"
    digits = text.number(at + marked) is not None
    number = day_number(text, at + 1) if marked else ordinal(text, at) if digits else None
    months = _MONTHS_TO_SEARCH
    if number is None and digits and text.closes(at + 1):
        number, months = day_number(text, at), _MONTHS_NEAR
    if number is None or (text.word(at - 1) in UNSURE_WEEKDAYS and not digits):
        return None
    first = date_in(text.now, text.now.year, text.now.month, 1)
    for distance in range(months):
        for month in (add_months(first, distance), add_months(first, -distance)):
            if number[0] <= days_in_month(month.year, month.month):
                found = month.replace(day=number[0])
                if found.weekday() == named:
                    return only(day_of(found)), number[1]
    return None


def _weekly(text: Text, index: int, named: int) -> Reading:
    def latest(moment: datetime) -> Period:
        return day_of(midnight(moment) - timedelta(days=(moment.weekday() - named) % 7))

    reading = recurring(latest, WEEKLY, text.now, near=False, strict=True)
    return reading.unsure() if text.word(index) in UNSURE_WEEKDAYS else reading
