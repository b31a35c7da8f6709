"""Years and what they are counted in: "2016", "Q3 2016", "the '90s", "the nineties", "the 15th century"."""

from datetime import datetime

from satchel.extract.time.calendar import Period, month_in, months_from, year_in, years_in
from satchel.extract.time.interval import Precision
from satchel.extract.time.numbers import (
    FIRST_YEAR,
    LAST_YEAR,
    NUMBER_WORDS,
    century_of,
    count,
    ordinal,
    said_year,
    year,
)
from satchel.extract.time.reading import YEARLY, Found, only, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DECADES, MONTHS, UNITS

_HUNDREDS = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_APOSTROPHES = ("'", "’")
_PARTS = {"q": (4, 3), "h": (2, 6)}
"""How many quarters and halves a year has, and how many months each has."""
_LAST_CENTURY = 30
_FIRST_NAMED, _LAST_NAMED = 100, 2999
_IN_FULL, _SHORT = 4, 2


def quarter(text: Text, index: int) -> Found | None:
    """Read "Q3", "Q3 2016", "2016 Q3", "2016 the third quarter", "H1 2016", "Q3 this year"."""
    before = year(text, index)
    part = _part(text, text.skip(before[1], ("-",)) if before else index, named=before is not None)
    if part is None:
        return None
    letter, number, after = part
    stated = (before[0], after) if before else said_year(text, text.skip(after, (",", "of")))
    if stated is not None:
        return only(_part_in(text.now, stated[0], letter, number)), stated[1]
    if letter == "h":
        return None

    def latest(moment: datetime) -> Period:
        found = _part_in(text.now, moment.year, letter, number)
        return found if found.start <= moment else _part_in(text.now, moment.year - 1, letter, number)

    return recurring(latest, YEARLY, text.now, near=True), after


def decade(text: Text, index: int) -> Found | None:
    """Read "the 1970s", "the '70s", "70's", "the nineties", "the nineteen seventies"."""
    at = text.skip(index, ("the",))
    if text.word(at) in DECADES:
        reading = only(_decade_of(text.now, DECADES[text.word(at)]))
        return (reading if at > index else reading.unsure()), at + 1
    hundreds = _HUNDREDS.get(text.word(at))
    second = text.skip(at + 1, ("-",))
    if hundreds is not None and text.word(second) in ("tens", *DECADES):
        return only(years_in(text.now, hundreds + DECADES.get(text.word(second), 10), 10)), second + 1
    return _decade_in_digits(text, index, at)


def century(text: Text, index: int) -> Found | None:
    """Read "the 15th century"."""
    number = ordinal(text, text.skip(index, ("the",)))
    if number is None or text.word(number[1]) != "century" or not 1 <= number[0] <= _LAST_CENTURY:
        return None
    return only(years_in(text.now, 100 * (number[0] - 1), 100)), number[1] + 1


def plain_year(text: Text, index: int) -> Found | None:
    """Read "2016 June", "the year 2020", "year 247", and "2019", of which nothing is sure."""
    named = text.skip(index, ("the",))
    if text.word(named) == "year":
        return _named_year(text, named + 1)
    found = year(text, index)
    if found is None:
        return None
    at = text.skip(found[1], (",", "-"))
    month = MONTHS.get(text.word(at)) if text.number(index) is not None else None
    if month is not None and text.number(at + 1) is None and text.word(at + 1) not in UNITS:
        return only(month_in(text.now, found[0], month)), at + 1
    return only(year_in(text.now, found[0])).unsure(), found[1]


def _named_year(text: Text, index: int) -> Found | None:
    in_words = count(text, index) if text.number(index) is not None or text.word(index) in NUMBER_WORDS else None
    found = year(text, index) or in_words
    if found is None or not _FIRST_NAMED <= found[0] <= _LAST_NAMED:
        return None
    return only(year_in(text.now, int(found[0]))), found[1]


def _part(text: Text, index: int, *, named: bool) -> tuple[str, int, int] | None:
    """Read "Q3" or "H1", or "the third quarter" where a year is before it: letter, number and the index after."""
    letter, number = text.word(index), text.number(index + 1)
    if letter in _PARTS and number is not None and text.glued(index + 1):
        return (letter, number, index + 2) if 1 <= number <= _PARTS[letter][0] else None
    found = ordinal(text, text.skip(index, ("the",))) if named else None
    if found is None or text.word(found[1]) != "quarter" or found[0] > _PARTS["q"][0]:
        return None
    return "q", found[0], found[1] + 1


def _part_in(now: datetime, in_year: int, letter: str, number: int) -> Period:
    months = _PARTS[letter][1]
    return months_from(now, in_year, months * (number - 1) + 1, months, Precision.QUARTER)


def _decade_in_digits(text: Text, index: int, at: int) -> Found | None:
    mark = text.skip(at, _APOSTROPHES)
    number = text.number(mark)
    after = text.skip(mark + 1, _APOSTROPHES)
    if number is None or number % 10 or text.word(after) != "s" or not (text.glued(mark + 1) and text.glued(after)):
        return None
    if len(text.word(mark)) == _IN_FULL:
        return (only(years_in(text.now, number, 10)), after + 1) if FIRST_YEAR <= number <= LAST_YEAR else None
    if len(text.word(mark)) != _SHORT:
        return None
    reading = only(_decade_of(text.now, number))
    # "In the 90s" may be a temperature or a crowd's age, but is a decade; "he is in his 90s" has no "the".
    return (reading if at > index or mark > at else reading.unsure()), after + 1


def _decade_of(now: datetime, two_digits: int) -> Period:
    """Return the last such decade that has begun."""
    found = century_of(two_digits, now.year)
    return years_in(now, found if found <= now.year else found - 100, 10)
