"""Which words can begin a time expression, and which every one of them has: the scanner's quick check."""

from satchel.extract.time.holidays import FIRST_WORDS
from satchel.extract.time.numbers import NUMBER_WORDS, ORDINAL_WORDS
from satchel.extract.time.recurring import RECURRING_WORDS
from satchel.extract.time.tokens import Text, words_of
from satchel.extract.time.vocabulary import (
    AFTER_NOW,
    AROUND_NOW,
    BEFORE_NOW,
    CALENDAR_UNITS,
    DAYPARTS,
    DECADES,
    FORTNIGHTS,
    MONTHS,
    PLACING,
    PLURAL_WEEKDAYS,
    ROUGHLY,
    SEASONS,
    SINCE,
    STARTING,
    TODAY,
    TONIGHT,
    UNITS,
    UNTIL,
    WEEKDAYS,
)

_COMMON = frozenset({"new", "st", "saint", "good", "all", "guy", "each", "every", "couple", "few", "once", "martin"})
"""First words that are too common to look further for; another word of the expression is a trigger too."""
_OTHERS = """
now noon midday midnight noontime weekend weekends wknd wkend eod cob eom eoy
ages while time o'clock oclock past nineteen
thousand twenty sometime tens long
"""
TRIGGERS = frozenset({
    *MONTHS, *WEEKDAYS, *PLURAL_WEEKDAYS, *UNITS, *CALENDAR_UNITS, *FORTNIGHTS, *SEASONS, *TODAY, *TONIGHT, *DAYPARTS,
    *DECADES, *FIRST_WORDS, *RECURRING_WORDS, *(f"{word}s" for word in SEASONS), *_OTHERS.split(),
}) - _COMMON  # fmt: skip
"""Words of which every time expression has one, unless it has a number."""

_OPENING = """
the a an as ever after between within couple few several half all whole full entire another less more at no up early
late earlier later mid middle end start beginning rest right just many some so q h w my our that same dozen quarter
turn these to commencing once final not
"""
STARTERS = frozenset({
    *TRIGGERS, *PLACING, *STARTING, *SINCE, *UNTIL, *BEFORE_NOW, *AROUND_NOW, *AFTER_NOW, *ROUGHLY, *NUMBER_WORDS,
    *ORDINAL_WORDS, *RECURRING_WORDS, *FIRST_WORDS, *_OPENING.split(), "'", "’",
})  # fmt: skip
"""Words with which a time expression can begin, unless it begins with a number."""

_BEFORE_NUMBER = frozenset(
    {"at", "until", "till", "til", "@", "around", "on", "the", "about", "by", "q", "h", "'", "’"}
)
_AFTER_NUMBER = frozenset({"am", "pm", "a", "p"})
_IN_FULL = 4
_MARKS = frozenset(".,:/")
_CUT = frozenset(word.partition("'")[0] for word in TRIGGERS)


def may_hold_time(source: str) -> bool:
    """Tell whether a text has any word or number that could belong to a time: most texts have none."""
    return any(word in _CUT or word[0].isdigit() for word in words_of(source))


def is_trigger(text: Text, index: int) -> bool:
    """Tell whether a token asks for a closer look: a word of times, or a number that is written like one.

    Other numbers, of which a pasted table is full, are looked at only near such a word.
    """
    word = text.word(index)
    if word in TRIGGERS:
        return True
    if not word[0].isdigit():
        return False
    formed = len(word) == _IN_FULL or text.glued(index + 1) or text.word(index + 1) in _AFTER_NUMBER
    return formed or text.known or text.word(index - 1) in _BEFORE_NUMBER


def is_start(text: Text, index: int) -> bool:
    """Tell whether an expression can begin with a token: not in the middle of a number."""
    word = text.word(index)
    if not word[0].isdigit():
        return word in STARTERS
    inside = text.word(index - 1) in _MARKS and text.glued(index) and text.glued(index - 1)
    return not (inside and text.number(index - 2) is not None)
