"""Lengths: "three weeks", "an hour and a half", "1 year, 21 days", "all day"."""

from satchel.extract.time.interval import SECONDS, Length, Precision, Unit
from satchel.extract.time.numbers import count
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DASHES, FORTNIGHTS, GLUED_UNITS, ROUGHLY, UNITS

PRECISIONS = {
    Unit.SECOND: Precision.MINUTE,
    Unit.MINUTE: Precision.MINUTE,
    Unit.HOUR: Precision.HOUR,
    Unit.DAY: Precision.DAY,
    Unit.WORKING_DAY: Precision.DAY,
    Unit.WEEK: Precision.WEEK,
    Unit.MONTH: Precision.MONTH,
    Unit.QUARTER: Precision.MONTH,
    Unit.YEAR: Precision.YEAR,
    Unit.DECADE: Precision.YEAR,
    Unit.CENTURY: Precision.DECADE,
}
"""How exactly a moment is known whose distance is counted in a unit."""
_BOUNDS = (("no", "more", "than"), ("less", "than"), ("more", "than"), ("at", "least"), ("at", "most"), ("up", "to"))
_BOUNDING = frozenset(words[0] for words in _BOUNDS)
_WHOLE = frozenset({"all", "whole", "full", "entire", "another"})
_EMPHATIC = ("more", "whole", "full", "solid", "good", "other")
_OR = DASHES | {"to", "or"}
_WORKING = frozenset({"business", "working", "work", "week", "school"})
_MOST = 100_000

Measured = tuple[Length, int]
"""A length and the index of the token after it."""
_Part = tuple[tuple[float, Unit], int]


def length(text: Text, index: int) -> Measured | None:
    """Read a length with one or more parts, and what says how exact it is: "about an hour and a half"."""
    index = _roughly(text, index)
    found = _whole_unit(text, index) or _part(text, index)
    if found is None:
        return None
    parts, after = [found[0]], found[1]
    while (following := _next_part(text, after)) is not None and following[0][1] not in (unit for _, unit in parts):
        parts, after = [*parts, following[0]], following[1]
    return Length(tuple(parts)), after


def precision_of(given: Length) -> Precision:
    """Return how exactly a distance of this length is known: by its smallest unit."""
    return PRECISIONS[min((unit for _, unit in given.parts), key=lambda unit: SECONDS[unit])]


def is_single(text: Text, index: int) -> bool:
    """Tell whether a length begins with "a" or has no number, so that it is seldom more than a manner of speaking."""
    index = _roughly(text, index)
    single = text.word(index) in ("a", "an", "the", "all", "whole", "full")
    return single and text.word(index + 1) not in ("couple", "few", "dozen")


def _roughly(text: Text, index: int) -> int:
    """Return the index after "about", "less than" and the like."""
    if text.word(index) in _BOUNDING:
        for words in _BOUNDS:
            if text.has(index, *words):
                return index + len(words)
    return index if text.word(index) in _WHOLE else text.skip(text.skip(index, ROUGHLY), ROUGHLY - _WHOLE)


def _next_part(text: Text, after: int) -> _Part | None:
    at = text.skip(text.skip(after, (",",)), ("and",))
    return None if text.word(at) in ("a", "an", "half") else _part(text, at)


def _part(text: Text, index: int) -> _Part | None:
    """Read a number and its unit."""
    found = count(text, text.skip(index, _WHOLE))
    if found is None:
        return None
    number, after = _up_to(text, *found)
    hyphen = text.word(after) == "-" and text.glued(after) and text.glued(after + 1)
    unit = _unit(text, after + 1 if hyphen else text.skip(after, _EMPHATIC))
    if unit is None or number > _MOST or _is_age(text, unit[2]):
        return None
    factor, kind, end = unit
    for words in (("and", "a", "half"), ("and", "half")):
        if text.has(end, *words):
            number, end = number + 0.5, end + len(words)
    return (number * factor, kind), end


def _up_to(text: Text, number: float, after: int) -> tuple[float, int]:
    """Return the larger of "30-60", "two or three", and the index after it."""
    if text.word(after) not in _OR:
        return number, after
    second = count(text, after + 1)
    return second if second is not None and second[0] > number else (number, after)


def _is_age(text: Text, index: int) -> bool:
    after = text.skip(index, ("-",))
    return text.word(after) in ("old", "olds") or text.has(after, "of", "age")


def _unit(text: Text, index: int) -> tuple[int, Unit, int] | None:
    """Read a unit: how many of which, and the index after it."""
    word = text.word(index)
    if word in _WORKING and text.word(index + 1) in ("day", "days"):
        return 1, Unit.WORKING_DAY, index + 2
    if word in FORTNIGHTS:
        return 2, Unit.WEEK, index + 2 if text.has(index + 1, "'s", "time") else index + 1
    digits = text.number(index - 1) is not None
    units = GLUED_UNITS if digits and text.glued(index) else UNITS
    if word not in units or (word == "h" and not digits):
        return None
    return (
        1,
        units[word],
        index + 2 if text.word(index + 1) in ("'", "'s") and text.word(index + 2) == "time" else index + 1,
    )


def _whole_unit(text: Text, index: int) -> _Part | None:
    """Read "all day", "the whole week", "full-year"."""
    at = text.skip(index, ("the", "a"))
    after = text.skip(at + 1, ("-", "the"))
    unit = _unit(text, after) if text.word(at) in _WHOLE else None
    return None if unit is None or text.word(after).endswith("s") else ((float(unit[0]), unit[1]), unit[2])
