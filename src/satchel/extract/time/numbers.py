"""Numbers as digits and as words: counts, ordinals and years."""

from satchel.extract.time.tokens import Text

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_SMALL = {**_ONES, **_TENS}
_SCALES = {"hundred": 100, "thousand": 1000}
_SOME = {"couple": 2.0, "few": 3.0, "several": 3.0, "dozen": 12.0, "half": 0.5}
_MONEY = frozenset("$€£#_%")
_POINTS = frozenset(".,:")
_GROUP = 3
_YEAR_DIGITS = 4
_LAST_DAY = 31
_NEAR_YEARS = {"last": -1, "this": 0, "next": 1}
NUMBER_WORDS = frozenset({*_SMALL, "zero"})
ORDINAL_WORDS = frozenset(_ORDINALS)

FIRST_YEAR, LAST_YEAR = 1000, 2199
"""The years that four digits can be taken for."""

Count = tuple[float, int]
"""A number and the index of the token after it."""


def count(text: Text, index: int) -> Count | None:
    """Read how many: "3", "3.5", "twenty four", "two and a half", "a couple of", "a few", "half a"."""
    found = _digits(text, index) or _some(text, index) or _words(text, index)
    if found is None:
        return None
    value, after = found
    if text.has(after, "and", "a", "half"):
        return value + 0.5, after + 3
    if text.has(after, "and", "half") and text.word(after + 2) in ("days", "weeks", "months", "years", "hours"):
        return value + 0.5, after + 2
    return value, after


def whole(text: Text, index: int) -> tuple[int, int] | None:
    """Read a whole number in digits or words."""
    digits = text.number(index)
    if digits is not None:
        return digits, index + 1
    found = _words(text, index)
    return None if found is None else (int(found[0]), found[1])


def ordinal(text: Text, index: int) -> tuple[int, int] | None:
    """Read "3rd", "third", "twenty-first"."""
    digits = text.number(index)
    if digits is not None:
        marked = text.word(index + 1) in _SUFFIXES and text.glued(index + 1)
        return (digits, index + 2) if marked else None
    word = text.word(index)
    if word in _ORDINALS:
        return _ORDINALS[word], index + 1
    if word in ("twenty", "thirty"):
        after = text.skip(index + 1, ("-",))
        ones = _ORDINALS.get(text.word(after), 10)
        return (_TENS[word] + ones, after + 1) if ones < 10 else None  # noqa: PLR2004
    return None


def day_number(text: Text, index: int) -> tuple[int, int] | None:
    """Read a day of the month: an ordinal, or a number up to 31 in digits or words."""
    found = ordinal(text, index) or whole(text, index)
    padded = text.number(index) is not None and len(text.word(index)) > 2  # noqa: PLR2004
    return found if found is not None and 1 <= found[0] <= _LAST_DAY and not padded else None


def year(text: Text, index: int) -> tuple[int, int] | None:
    """Read a year in four digits, or in words ("nineteen ninety nine", "two thousand and eighteen")."""
    digits = text.number(index)
    if digits is not None:
        fits = (
            len(text.word(index)) == _YEAR_DIGITS and FIRST_YEAR <= digits <= LAST_YEAR and not _continues(text, index)
        )
        return (digits, index + 1) if fits else None
    return _paired_year(text, index) or _counted_year(text, index)


def said_year(text: Text, index: int) -> tuple[int, int] | None:
    """Read a year as `year` does, or "last year", "this year", "next year"."""
    near = _NEAR_YEARS.get(text.word(index))
    if near is not None and text.word(index + 1) == "year":
        return text.now.year + near, index + 2
    return year(text, index)


def short_year(text: Text, index: int) -> tuple[int, int] | None:
    """Read a year of two digits, as after "May" or an apostrophe."""
    mark = text.skip(index, ("'", "’"))
    digits = text.number(mark)
    if digits is None or len(text.word(mark)) != 2 or _continues(text, mark):  # noqa: PLR2004
        return None
    return century_of(digits, text.now.year), mark + 1


def century_of(two_digits: int, now: int) -> int:
    """Return the year that two digits mean: at most twenty years from now, else of the century before."""
    value = now - now % 100 + two_digits
    return value - 100 if value > now + 20 else value


def _continues(text: Text, index: int) -> bool:
    """Tell whether digits are part of a longer number, an amount or a word: "1.2019", "$2019", "2019kg"."""
    after, before = text.word(index + 1), text.word(index - 1)
    if text.glued(index + 1) and (after in _MONEY or (after.isalpha() and after not in ("s", "h"))):
        return True
    if after in _POINTS and text.continues(index + 1):
        return True
    return text.glued(index) and (before in _MONEY or (before in _POINTS and text.number(index - 2) is not None))


def _digits(text: Text, index: int) -> Count | None:
    value = text.number(index)
    if value is None:
        return None
    mark, following = text.word(index + 1), text.word(index + 2)
    if text.continues(index + 1) and (mark == "." or (mark == "," and len(following) == _GROUP)):
        return float(f"{value}.{following}" if mark == "." else f"{value}{following}"), index + 3
    return float(value), index + 1


def _some(text: Text, index: int) -> Count | None:
    """Read a number that is no numeral: "a", "a couple of", "few", "half an"."""
    article = text.word(index) in ("a", "an", "the") and text.word(index + 1) in _SOME
    at = index + 1 if article else index
    if text.word(at) in _SOME:
        return _SOME[text.word(at)], text.skip(at + 1, ("of", "a", "an"))
    return (1.0, index + 1) if text.word(index) in ("a", "an") else None


def _words(text: Text, index: int) -> Count | None:
    """Read "three hundred and eleven": words below a hundred, and the scales that multiply what is before them."""
    total, current, after = 0, 0, index
    while True:
        at = after + 1 if after > index and text.word(after) in ("and", "-") else after
        word = text.word(at)
        if word in _SMALL and _fits(_SMALL[word], current):
            current += _SMALL[word]
        elif word in _SCALES and 0 < current < _SCALES[word]:
            current *= _SCALES[word]
        else:
            return (float(total + current), after) if after > index else None
        if word == "thousand":
            total, current = total + current, 0
        after = at + 1


def _fits(small: int, current: int) -> bool:
    """Tell whether a number below a hundred can follow: "one" after "twenty" or "hundred", not after "two"."""
    if current % 100 == 0:
        return True
    return small in range(1, 10) and current % 100 in range(20, 100, 10)


def _paired_year(text: Text, index: int) -> tuple[int, int] | None:
    """Read "nineteen ninety nine", "nineteen zero one", "twenty twenty-five"."""
    hundreds = _SMALL.get(text.word(index), 0)
    if not 10 <= hundreds <= 20:  # noqa: PLR2004
        return None
    after = text.skip(index + 1, ("-",))
    if text.word(after) in ("zero", "o", "oh"):
        ones = _ONES.get(text.word(after + 1), 10)
        return (hundreds * 100 + ones, after + 2) if ones < 10 else None  # noqa: PLR2004
    found = _words(text, after)
    return (hundreds * 100 + int(found[0]), found[1]) if found and 10 <= found[0] < 100 else None  # noqa: PLR2004


def _counted_year(text: Text, index: int) -> tuple[int, int] | None:
    found = _words(text, index) if text.word(index) in ("one", "two") else None
    if found is None or "thousand" not in (text.word(index + 1), text.word(index + 2)):
        return None
    return (int(found[0]), found[1]) if FIRST_YEAR <= found[0] <= LAST_YEAR else None
