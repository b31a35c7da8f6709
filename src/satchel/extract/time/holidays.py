"""Holidays that people name in chat, and their dates in a year.

Only what has a rule in the solar calendar; feasts of lunar calendars (Ramadan, Diwali, the Chinese New Year) need
tables, and are left out. Where countries differ, the United States' date is taken, as most English text does.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period, date_in, day_of, easter, nth_weekday
from satchel.extract.time.reading import YEARLY, Reading, recurring
from satchel.extract.time.tokens import Text

InYear = Callable[[datetime, int], datetime]


def _fixed(month: int, day: int) -> InYear:
    return lambda now, year: date_in(now, year, month, day)


def _weekday(month: int, weekday: int, number: int, later: int = 0) -> InYear:
    return lambda now, year: nth_weekday(now, year, month, weekday, number) + timedelta(days=later)


def _from_easter(days: int) -> InYear:
    return lambda now, year: date_in(now, year, *easter(year)) + timedelta(days=days)


_HOLIDAYS: dict[str, InYear] = {
    "new year's day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "new year": _fixed(1, 1),
    "new years": _fixed(1, 1),
    "new year's": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "nye": _fixed(12, 31),
    "hogmanay": _fixed(12, 31),
    "mlk day": _weekday(1, 0, 3),
    "martin luther king day": _weekday(1, 0, 3),
    "australia day": _fixed(1, 26),
    "groundhog day": _fixed(2, 2),
    "valentine's day": _fixed(2, 14),
    "valentines day": _fixed(2, 14),
    "valentine's": _fixed(2, 14),
    "valentines": _fixed(2, 14),
    "presidents day": _weekday(2, 0, 3),
    "presidents' day": _weekday(2, 0, 3),
    "president's day": _weekday(2, 0, 3),
    "women's day": _fixed(3, 8),
    "pi day": _fixed(3, 14),
    "st patrick's day": _fixed(3, 17),
    "st patricks day": _fixed(3, 17),
    "st. patrick's day": _fixed(3, 17),
    "saint patrick's day": _fixed(3, 17),
    "april fool's day": _fixed(4, 1),
    "april fools' day": _fixed(4, 1),
    "april fools day": _fixed(4, 1),
    "april fools": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "anzac day": _fixed(4, 25),
    "shrove tuesday": _from_easter(-47),
    "mardi gras": _from_easter(-47),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter": _from_easter(0),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "ascension day": _from_easter(39),
    "pentecost": _from_easter(49),
    "whit monday": _from_easter(50),
    "may day": _fixed(5, 1),
    "labour day": _fixed(5, 1),
    "cinco de mayo": _fixed(5, 5),
    "mother's day": _weekday(5, 6, 2),
    "mothers day": _weekday(5, 6, 2),
    "memorial day": _weekday(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    "father's day": _weekday(6, 6, 3),
    "fathers day": _weekday(6, 6, 3),
    "midsummer": _fixed(6, 24),
    "canada day": _fixed(7, 1),
    "independence day": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _weekday(9, 0, 1),
    "columbus day": _weekday(10, 0, 2),
    "indigenous peoples' day": _weekday(10, 0, 2),
    "canadian thanksgiving": _weekday(10, 0, 2),
    "halloween": _fixed(10, 31),
    "hallowe'en": _fixed(10, 31),
    "all saints day": _fixed(11, 1),
    "guy fawkes night": _fixed(11, 5),
    "bonfire night": _fixed(11, 5),
    "remembrance day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "thanksgiving": _weekday(11, 3, 4),
    "thanksgiving day": _weekday(11, 3, 4),
    "black friday": _weekday(11, 3, 4, 1),
    "cyber monday": _weekday(11, 3, 4, 4),
    "christmas eve": _fixed(12, 24),
    "xmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "xmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "xmas day": _fixed(12, 25),
    "christmastime": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], InYear]]] = {}
for _name in sorted(_HOLIDAYS, key=len, reverse=True):
    _words = tuple(_name.replace(".", " .").replace("s'", "s '").replace("year's", "year 's").split())
    _BY_FIRST.setdefault(_words[0], []).append((_words, _HOLIDAYS[_name]))
FIRST_WORDS = frozenset(_BY_FIRST)


def holiday(text: Text, index: int) -> tuple[InYear, int] | None:
    """Read a holiday's name, and return the rule of its date."""
    for words, rule in _BY_FIRST.get(text.word(index), ()):
        if text.has(index, *words):
            return rule, index + len(words)
    return None


def reading(rule: InYear, now: datetime) -> Reading:
    """Return the reading of a holiday without a year."""

    def latest(moment: datetime) -> Period:
        day = rule(now, moment.year)
        return day_of(day if day <= moment else rule(now, moment.year - 1))

    return recurring(latest, YEARLY, now, near=True)
