"""What comes again and again: "every other Friday", "twice a week", "on weekends", "daily"."""

from collections.abc import Collection

from satchel.extract.time.clock import clock, daypart
from satchel.extract.time.interval import Length, Unit
from satchel.extract.time.lengths import Measured, length
from satchel.extract.time.numbers import NUMBER_WORDS, count, ordinal
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import (
    CALENDAR_UNITS,
    DAYPARTS,
    FUNCTION_WORDS,
    MONTHS,
    PLURAL_WEEKDAYS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)

_ADVERBS = {
    "hourly": (1.0, Unit.HOUR), "daily": (1.0, Unit.DAY), "everyday": (1.0, Unit.DAY), "nightly": (1.0, Unit.DAY),
    "weekly": (1.0, Unit.WEEK), "biweekly": (2.0, Unit.WEEK), "fortnightly": (2.0, Unit.WEEK),
    "monthly": (1.0, Unit.MONTH), "quarterly": (1.0, Unit.QUARTER), "yearly": (1.0, Unit.YEAR),
    "annually": (1.0, Unit.YEAR),
}  # fmt: skip
_WEEKLY = ("weekends", "weekdays", "weeknights")
_DAILY = ("mornings", "afternoons", "evenings", "nights")
_PLURALS = {**dict.fromkeys(_WEEKLY, Unit.WEEK), **dict.fromkeys(_DAILY, Unit.DAY)}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_COUNTED = frozenset({"times", "x", "days", "nights", "evenings", "mornings"})
_MEASURED = frozenset({Unit.HOUR, Unit.MINUTE})
_PER = frozenset({"a", "an", "per", "each", "every"})
_PERIODS = {**CALENDAR_UNITS, "hour": Unit.HOUR, "minute": Unit.MINUTE, "night": Unit.DAY}
_EACH = {
    **dict.fromkeys((*WEEKDAYS, "weekend", "weekday", "weeknight"), Unit.WEEK),
    **dict.fromkeys(DAYPARTS, Unit.DAY),
    **dict.fromkeys((*MONTHS, *SEASONS, "christmas", "easter", "thanksgiving", "halloween"), Unit.YEAR),
    **_PERIODS,
}
"""What stands behind "every", and how long it is from one to the next."""
RECURRING_WORDS = frozenset({
    "every", "each", "couple", "few", "weekday", "weeknight", *_ADVERBS, *_PLURALS, *PLURAL_WEEKDAYS, *_TIMES,
})  # fmt: skip
"""Words with which such an expression can begin."""


def recurring(text: Text, index: int) -> Measured | None:
    """Read what recurs: the time from one to the next, and the index after it."""
    found = _every(text, index) or _times(text, index) or _plural(text, index) or _adverb(text, index)
    return None if found is None else (found[0], _with_clock(text, found[1]))


def _with_clock(text: Text, index: int) -> int:
    """Return the index after "in the morning" and "at 5pm"."""
    _, index = daypart(text, index)
    at = text.skip(index, ("at", "around"))
    found = clock(text, at)
    return found[1] if found is not None and (at > index or found[0].sure) else index


def _length(number: float, unit: Unit) -> Length:
    return Length(((number, unit),))


def _every(text: Text, index: int) -> Measured | None:
    if text.word(index) not in ("every", "each"):
        return None
    single = text.skip(index + 1, ("single",))
    at = text.skip(single, ("other", "second"))
    unit = _EACH.get(text.word(at))
    if unit is not None:
        return _length(2.0 if at > single else 1.0, unit), _after_list(text, at + 1, WEEKDAYS)
    spaced = length(text, at) if text.word(index) == "every" else None
    return spaced or _every_nth(text, at)


def _every_nth(text: Text, at: int) -> Measured | None:
    number = ordinal(text, at)
    unit = None if number is None else UNITS.get(text.word(number[1]))
    return None if number is None or unit is None else (_length(float(number[0]), unit), number[1] + 1)


def _after_list(text: Text, index: int, names: Collection[str]) -> int:
    """Return the index after "and Thursday", "or Friday"."""
    while True:
        at = text.skip(text.skip(index, (",",)), ("and", "or", "&"))
        if at == index or text.word(at) not in names:
            return index
        index = at + 1


def _times(text: Text, index: int) -> Measured | None:
    """Read "twice a day", "three times per week", "3 days a week", "two hours every day"."""
    found = _how_often(text, index)
    if found is None or text.word(found[1]) not in _PER:
        return None
    unit = _PERIODS.get(text.word(found[1] + 1))
    return None if unit is None else (_length(1.0 / max(found[0], 1.0), unit), found[1] + 2)


def _how_often(text: Text, index: int) -> tuple[float, int] | None:
    if text.word(index) in _TIMES:
        return _TIMES[text.word(index)], index + 1
    found = count(text, index)
    if found is not None and text.word(found[1]) in _COUNTED:
        return found[0], found[1] + 1
    measured = length(text, index)
    return None if measured is None or measured[0].unit not in _MEASURED else (1.0, measured[1])


def _plural(text: Text, index: int) -> Measured | None:
    """Read "on Tuesdays", "weekends", "in the mornings", "Saturday mornings"."""
    at = text.skip(text.skip(index, ("on", "at", "in", "over", "during")), ("the", "most", "some"))
    word = text.word(at)
    if word in PLURAL_WEEKDAYS:
        return _length(1.0, Unit.WEEK), _after_list(text, at + 1, PLURAL_WEEKDAYS)
    if word in WEEKDAYS and text.word(at + 1) in _PLURALS:
        return _length(1.0, Unit.WEEK), at + 2
    counted = text.number(index - 1) is not None or text.word(index - 1) in NUMBER_WORDS  # "three weekends"
    if (word in _WEEKLY and not counted) or (word in _PLURALS and at > index):
        return _length(1.0, _PLURALS[word]), at + 1
    return None


def _adverb(text: Text, index: int) -> Measured | None:
    """Read "daily" and the like, but not in "daily life" or "the Guardian Weekly"."""
    found = _ADVERBS.get(text.word(index))
    named = text.capital(index) and not text.opens(index)
    if found is None or named or not (text.closes(index + 1) or text.word(index + 1) in FUNCTION_WORDS):
        return None
    return _length(*found), index + 1
