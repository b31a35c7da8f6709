"""Dates by month and day: "3rd of May 2020", "Oct. 2nd", "the 14th", "the 20th of next month"."""

from datetime import datetime

from satchel.extract.time.calendar import LAST_DAY, Period, add_months, date_in, day_of, days_in_month
from satchel.extract.time.literals import yearly
from satchel.extract.time.numbers import day_number, ordinal, said_year, short_year
from satchel.extract.time.reading import MONTHLY, Found, Reading, only, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import MONTHS, steps_of

_VERBS = frozenset({"may", "march"})
_MONEY = frozenset("$€£")
_SURE_FROM = 4
"""Of "the 1st", "the 2nd" and "the 3rd" most are no days."""


def shifted_month(text: Text, index: int) -> tuple[datetime, int] | None:
    """Read "(the) last/this/next month" or "the month", and return its first day."""
    at = text.skip(index, ("the",))
    first = date_in(text.now, text.now.year, text.now.month, 1)
    if text.word(at) == "month":
        return first, at + 1
    steps = steps_of(text.word(at))
    return None if steps is None or text.word(at + 1) != "month" else (add_months(first, steps), at + 2)


def month_day(text: Text, index: int) -> Found | None:
    """Read "May 3", "Oct. 2nd, 2016", "May the 4th"."""
    month = MONTHS.get(text.word(index))
    if month is None:
        return None
    at = text.skip(index + 1, ("the", ".", "-", "/"))
    found = day_number(text, at)
    if found is None or _is_amount(text, index, at, found[1]):
        return None
    return _dated(text, month, found[0], found[1])


def day_month(text: Text, index: int) -> Found | None:
    """Read "3 May", "the 3rd of May 2020", "second of Aug."."""
    at = text.skip(index, ("the",))
    found = day_number(text, at)
    if found is None or text.is_decimal(at - 1) or text.word(at - 1) in _MONEY:
        return None
    after = text.skip(found[1], (".", "-", "/", "of"))
    month = MONTHS.get(text.word(after))
    if month is None or _is_verb(text, at, after):
        return None
    return _dated(text, month, found[0], after + 1)


def day_of_month(text: Text, index: int) -> Found | None:
    """Read "the 14th", "15", "the 20th of next month"; without "the" it is sure of nothing."""
    at = text.skip(index, ("the",))
    digits = text.number(at) is not None
    found = ordinal(text, at) or (day_number(text, at) if digits else None)
    if found is None or not 1 <= found[0] <= LAST_DAY:
        return None
    number, after = found
    inside = shifted_month(text, text.skip(after, ("of", "in")))
    if inside is not None and text.word(after) != "the":
        return only(day_of(inside[0].replace(day=number))), inside[1]
    if not (digits or text.known) or not _is_apart(text, index, after):
        return None
    sure = digits and after > at + 1 and at > index and number >= _SURE_FROM
    reading = _monthly(text, number)
    return (reading if sure else reading.unsure()), after


def _is_amount(text: Text, index: int, at: int, after: int) -> bool:
    """Tell whether the number at `at` is no day: "may 2 people", "March 3.5", "may one day"."""
    if text.is_decimal(after) and text.number(at) is not None:
        return True
    if text.word(index) not in _VERBS or text.word(at - 1) == "the" or text.ends_phrase(after):
        return False
    in_words = text.number(at) is None and ordinal(text, at) is None
    return in_words or not text.capital(index)


def _is_verb(text: Text, at: int, after: int) -> bool:
    """Tell whether "may" or "march" after a number is a verb: "the two may differ", "the first may be"."""
    if text.word(after) not in _VERBS or text.word(after - 1) == "of":
        return False
    if text.number(at) is None and ordinal(text, at) is None:
        return True
    return not text.capital(after) and not text.closes(after + 1) and said_year(text, after + 1) is None


def _is_apart(text: Text, index: int, after: int) -> bool:
    """Tell whether nothing follows that the ordinal counts, as in "the 4th quarter", "the 3rd or 4th time"."""
    follows_on = text.word(after) in ("of", "in") or (text.word(after) == "or" and text.word(after + 1) != "the")
    return text.ends_phrase(after) and not follows_on and not text.is_decimal(after) and text.word(index - 1) != "in"


def _dated(text: Text, month: int, number: int, after: int) -> Found:
    """Read the year after a month and a day, if there is one."""
    at = text.skip(after, (",", ".", "-", "/", "of", "in"))
    short = text.word(at) in ("'", "’") or text.word(after) in ("-", "/")
    found = said_year(text, at) or (short_year(text, at) if short else None)
    if found is None or (text.word(after) == "in" and text.number(at) is None):
        return yearly(text, month, number), after
    return only(day_of(date_in(text.now, found[0], month, number))), found[1]


def _monthly(text: Text, number: int) -> Reading:
    def latest(moment: datetime) -> Period:
        first = date_in(moment, moment.year, moment.month, 1)
        for back in range(4):
            month = add_months(first, -back)
            if number <= days_in_month(month.year, month.month) and month.replace(day=number) <= moment:
                return day_of(month.replace(day=number))
        raise ValueError("no such day")

    return recurring(latest, MONTHLY, text.now, near=False)
