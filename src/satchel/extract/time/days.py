"""A day in whichever way it is named: "tomorrow", "2024-05-03", "3rd of May", "Friday", "Easter", "the 14th"."""

from datetime import timedelta

from satchel.extract.time import holidays
from satchel.extract.time.calendar import Period, day_of, midnight, weekend_of
from satchel.extract.time.dates import day_month, day_of_month, month_day
from satchel.extract.time.literals import literal
from satchel.extract.time.numbers import said_year
from satchel.extract.time.reading import Found, Reading, only
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import FUNCTION_WORDS, TODAY, WEEKDAYS, steps_of
from satchel.extract.time.weekdays import near_weekday, nth_weekday_of, weekday

_GLUED = {"day": 0, "moro": 1, "morrow": 1}
"""What stands behind the 2 of "2day" and "2morrow"."""


def day(text: Text, index: int) -> Found | None:
    """Read a day."""
    return (
        _today(text, index)
        or literal(text, index)
        or month_day(text, index)
        or day_month(text, index)
        or nth_weekday_of(text, index)
        or near_weekday(text, index)
        or weekday(text, index)
        or _holiday(text, index)
        or day_of_month(text, index)
    )


def _today(text: Text, index: int) -> Found | None:
    if text.has(index, "the", "day", "before", "yesterday"):
        return _days_away(text, -2), index + 4
    if text.has(index, "the", "day", "after") and TODAY.get(text.word(index + 3)) == 1:
        return _days_away(text, 2), index + 4
    if text.word(index) in TODAY:
        return _days_away(text, TODAY[text.word(index)]), index + 1
    if text.word(index) == "2" and text.glued(index + 1) and text.word(index + 1) in _GLUED:
        return _days_away(text, _GLUED[text.word(index + 1)]), index + 2
    return None


def _days_away(text: Text, count: int) -> Reading:
    return only(day_of(midnight(text.now) + timedelta(days=count)))


def _holiday(text: Text, index: int) -> Found | None:
    """Read "Christmas", "last Easter", "Black Friday 2023"."""
    steps = steps_of(text.word(index))
    found = holidays.holiday(text, index if steps is None else index + 1)
    if found is None:
        return None
    rule, after = found
    reading = holidays.reading(rule, text.now)
    if steps:
        return only(reading.past if steps < 0 else reading.future), after
    weekend = text.word(after) == "weekend"
    end = after + 1 if weekend else after
    dated = said_year(text, text.skip(end, (",", "of", "in")))
    if dated is not None:
        reading, end = only(day_of(rule(text.now, dated[0]))), dated[1]
    if weekend:
        return reading.each(_weekend_beside), end
    plain = text.closes(after) or text.word(after) in FUNCTION_WORDS or text.word(after - 1) in WEEKDAYS
    sure = dated is not None or (plain and text.word(index) != "new")
    return (reading if sure else reading.unsure()), end


def _weekend_beside(one: Period) -> Period:
    """Return the weekend that belongs to a holiday: of a Monday the one before it."""
    return weekend_of(one.start - timedelta(days=3))
