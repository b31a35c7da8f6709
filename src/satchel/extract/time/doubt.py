"""When words that mean other things too do mean a time: "in may", but not "may"; "for a week", but not "a week"."""

from satchel.extract.time.interval import Length, Precision, Unit
from satchel.extract.time.lengths import is_single
from satchel.extract.time.reading import Found
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import (
    AFTER_NOW,
    AROUND_NOW,
    BEFORE_NOW,
    FUNCTION_WORDS,
    PLACING,
    STARTING,
    TODAY,
    WEEKDAYS,
)

_AMOUNTS = frozenset({"people", "percent", "km", "kg", "m", "usd", "feet", "more", "different", "sq", "square", "men"})
_NEAR = BEFORE_NOW | AROUND_NOW | AFTER_NOW
_BEFORE_NEAR = frozenset({"for", "during", "over", "throughout", "of", "in"})
_NO_DAY = frozenset({"in", "over", "at"})
_LISTING = frozenset({",", "(", "and", "or", "not"})
_LAST_MONTH = 12
_LIFETIME = 80
_SHORTEST_YEAR = 1000
_FEW_TOKENS = 3


def counts(text: Text, preposition: int, found: Found) -> bool:
    """Tell whether a preposition makes a doubtful phrase a time: "in may" and "on the 3rd", not "by 20" or "of may"."""
    reading, after = found
    word, first = text.word(preposition), preposition + 1
    if reading.sure or text.known:
        return True
    number = text.number(first)
    if number is not None and after == first + 1:
        return number >= _SHORTEST_YEAR and not _is_counting(text, after)
    if reading.past.precision is Precision.DAY and word == "in" and text.word(first) == "the":
        return False  # "in the 4th" of a game
    if text.word(first + 1) == "." and number is not None and max(number, text.number(first + 2) or 0) <= _LAST_MONTH:
        return False  # "on 7.1" is rather a version
    return word not in ("of", "at") or (word == "of" and text.capital(first))


def is_placing(text: Text, index: int) -> bool:
    """Tell whether a preposition belongs to the time that follows: "for tomorrow", but not "come over tomorrow"."""
    word, following = text.word(index), text.word(index + 1)
    if word not in PLACING and word not in STARTING:
        return False
    if following in TODAY or following in ("now", "right", "just"):
        return word == "for" and following in TODAY
    if following in WEEKDAYS and word in _NO_DAY:
        return False
    return following not in _NEAR or word in _BEFORE_NEAR


def is_apart(text: Text, index: int, found: Found) -> bool:
    """Tell whether a year stands for itself: "Nairobi, 2019.", "in 2007 and 2009"."""
    if text.number(index) is None or found[1] != index + 1 or found[0].past.precision is not Precision.YEAR:
        return False
    recent = abs(found[0].past.start.year - text.now.year) < _LIFETIME
    return recent and text.word(index - 1) in _LISTING and text.closes(found[1])


def is_manner(text: Text, index: int, found: tuple[Length, int]) -> bool:
    """Tell whether a length alone is hardly one: "a week", "one day", "another day", "a second"."""
    if is_single(text, index) and found[1] - index < _FEW_TOKENS:
        return True
    one = found[0].count == 1 and text.number(index) is None
    return one and found[0].unit in (Unit.SECOND, Unit.DAY)


def is_length(text: Text, index: int, found: tuple[Length, int]) -> bool:
    """Tell whether what follows "for" is a length: not in "for a minute" or "for a day trip"."""
    if text.known or not is_single(text, index):
        return True
    free = text.closes(found[1]) or text.word(found[1]) in FUNCTION_WORDS
    return free and found[0].unit not in (Unit.SECOND, Unit.MINUTE)


def _is_counting(text: Text, index: int) -> bool:
    """Tell whether a number before this word counts something: "in 2000 words"."""
    word = text.word(index)
    return word in _AMOUNTS or (word.endswith("s") and word not in FUNCTION_WORDS)
