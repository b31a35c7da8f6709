"""A time phrase with the words that say how it places things: "since", "until", "from … to …", "for", "every"."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from satchel.extract.time.calendar import Period, midnight, move_by
from satchel.extract.time.clock import clock, today_at
from satchel.extract.time.days import day
from satchel.extract.time.distances import PLURALS, stretch, vague_ago
from satchel.extract.time.doubt import counts, is_apart, is_length, is_manner, is_placing
from satchel.extract.time.interval import Kind, Length, Precision, Tense
from satchel.extract.time.lengths import length, precision_of
from satchel.extract.time.phrases import phrase
from satchel.extract.time.ranges import Range, ranged
from satchel.extract.time.reading import Found, Reading, only
from satchel.extract.time.recurring import recurring
from satchel.extract.time.tense import is_missed, was_before
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import FUNCTION_WORDS, STARTING, UNTIL

_ONWARDS = frozenset({"on", "onward", "onwards", "forward"})
_FROM = frozenset({"starting", "beginning", "effective", "commencing"})
_TILL = frozenset({"until", "till", "til", "untill", "'til"})
_ABOUT = ("about", "around", "like")
_OVER = ("for", "over", "in", "during", "throughout")
_NOT_BARE = frozenset({"like", "just", "only", "over", "under", "maybe", "up"})
_GREETINGS = frozenset({"happy", "merry"})
_LAST_HOUR = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """What was read at the tokens [start, end).

    Attributes:
        start: the first token.
        end: the token after the last one.
        kind: how it places things.
        reading: the periods it may mean.
        range: both ends, of a span.
        length: how long, or how often.
        tense: the tense that the words themselves have, as "since" has the past.
        beyond: it begins after the period, or ends before it: "after Easter", "before June".
        origin: it was said with "from", which is a start only of what is to come.
        vague: some time before now.
    """

    start: int
    end: int
    kind: Kind
    reading: Reading | None = None
    range: Range | None = None
    length: Length | None = None
    tense: Tense | None = None
    beyond: bool = False
    origin: bool = False
    vague: bool = False


def statement(text: Text, index: int) -> Statement | None:
    """Read the longest statement at a place; of equally long ones the first reader's."""
    found = [one for reader in _READERS if (one := reader(text, index)) is not None]
    return max(found, key=lambda one: one.end, default=None)


def _ranged(text: Text, index: int) -> Statement | None:
    found = ranged(text, index)
    return None if found is None else Statement(index, found[1], Kind.SPAN, range=found[0])


def _since(text: Text, index: int) -> Statement | None:
    """Read "since 2019", "from Monday", "starting next week", "as of May", "after Easter"."""
    at = text.skip(index, ("ever",))
    word = text.word(at)
    if word == "since":
        return _since_phrase(text, index, text.skip(at + 1, _ABOUT))
    if text.has(at, "as", "of") or text.has(at, "as", "from"):
        return _from_phrase(text, index, text.skip(at + 2, ("on",)))
    if word in _FROM:
        return _from_phrase(text, index, text.skip(at + 1, ("from", "on", "in", "at")))
    if word == "from":
        started = _from_phrase(text, index, at + 1)
        onwards = started is not None and text.word(started.end - 1) in _ONWARDS
        return started if started is None or onwards else replace(started, origin=True)
    found = phrase(text, at + 1) if word == "after" else None
    if found is None or not counts(text, at, found):
        return None
    return Statement(index, found[1], Kind.SINCE, found[0], beyond=True)


def _since_phrase(text: Text, index: int, at: int) -> Statement | None:
    """Read what follows "since": a time, or, as not only the Irish say, a length."""
    found = phrase(text, at)
    if found is not None and counts(text, at - 1, found):
        return Statement(index, found[1], Kind.SINCE, found[0], tense="past")
    measured = length(text, at)
    if measured is None or text.word(measured[1]) in ("later", "after"):
        return None
    start = move_by(midnight(text.now), measured[0], -1)
    reading = only(Period(start, start, precision_of(measured[0])))
    return Statement(index, measured[1], Kind.SINCE, reading, length=measured[0])


def _from_phrase(text: Text, index: int, at: int) -> Statement | None:
    found = phrase(text, at)
    if found is None or not counts(text, at - 1, found):
        return None
    after = found[1]
    onwards = text.word(after) != "on" or text.word(after - 1) == "now" or text.closes(after + 1)
    return Statement(index, text.skip(after, _ONWARDS) if onwards else after, Kind.SINCE, found[0])


def _until(text: Text, index: int) -> Statement | None:
    """Read "until June", "by the end of the month", "no later than Friday", "before Christmas"."""
    word, at = _until_word(text, index)
    if not word:
        return None
    found = phrase(text, text.skip(at, _ABOUT))
    if found is None and word in _TILL:
        found = _hour(text, at)
    if text.word(at) == "at" and word not in _TILL:
        return None  # "it came through at eleven"
    if found is None or not counts(text, at - 1, found) or (word in ("up", "by") and text.word(at) == "now"):
        return None
    if word == "by" and text.word(index - 1).endswith("ed") and found[0].past.precision is Precision.SEASON:
        return None  # "inspired by autumn"
    whole = text.word(text.skip(at, ("the",))) == "end"  # "before the end of May" is up to that end
    return Statement(index, found[1], Kind.UNTIL, found[0], beyond=word == "before" and not whole)


def _until_word(text: Text, index: int) -> tuple[str, int]:
    """Return the first word of "until" and the like, and the index after them; "" where they are not."""
    word = text.word(index)
    if text.has(index, "no", "later", "than"):
        return word, index + 3
    if text.has(index, "up", "to") or text.has(index, "up", "until"):
        return word, index + 2
    return (word, index + 1) if word in UNTIL else ("", index)


def _hour(text: Text, at: int) -> Found | None:
    """Read the hour of "until 5"."""
    found = clock(text, at) if 1 <= (text.number(at) or 0) <= _LAST_HOUR else None
    free = found is not None and (text.closes(found[1]) or text.word(found[1]) in FUNCTION_WORDS)
    return (today_at(text, found[0]), found[1]) if found is not None and free else None


def _for(text: Text, index: int) -> Statement | None:
    """Read "for three years", "for the past five years", "for 3 days from today", "for years"."""
    recent = stretch(text, text.skip(index, _OVER))
    if recent is not None:
        goes_on = text.word(index) == "for" and recent[0].past.start <= text.now
        return Statement(index, recent[1], Kind.SINCE if goes_on else Kind.SPAN, recent[0])
    if text.word(index) != "for":
        return None
    found = length(text, index + 1)
    if found is None:
        after = text.skip(index + 1, ("many",))
        return Statement(index, after + 1, Kind.DURATION) if text.word(after) in PLURALS else None
    if not is_length(text, index + 1, found):
        return None
    return _beginning(text, index, index + 1) or Statement(index, found[1], Kind.DURATION, length=found[0])


def _within(text: Text, index: int) -> Statement | None:
    """Read "in" with a length of what was: "gone in 4 minutes", "not seen in 20 years"."""
    found = length(text, index + 1) if text.word(index) == "in" and not text.known else None
    if found is None or text.word(found[1]) in ("time", "from") or is_manner(text, index + 1, found):
        return None
    if not is_missed(text, index) and not was_before(text, index):
        return None
    return Statement(index, found[1], Kind.DURATION, length=found[0])


def _beginning(text: Text, index: int, at: int) -> Statement | None:
    """Read "3 days starting from next Monday", "for 1 week, from 20th dec"."""
    found = length(text, at)
    if found is None:
        return None
    after = text.skip(found[1], (",",))
    if text.word(after) not in _FROM and not (text.word(after) == "from" and text.word(index) == "for"):
        return None
    start = day(text, text.skip(after + 1, ("from", "on")))
    if start is None:
        return None
    given = found[0]
    reading = start[0].each(lambda one: Period(one.start, move_by(one.start, given, 1), one.precision))
    return Statement(index, start[1], Kind.SPAN, reading, length=given)


def _length(text: Text, index: int) -> Statement | None:
    """Read "three weeks", "3 days starting Monday"; of "a week" nothing is said without "for"."""
    started = _beginning(text, index, index)
    if started is not None:
        return started
    found = length(text, index)
    if found is None or text.word(index) in _NOT_BARE or (not text.known and is_manner(text, index, found)):
        return None
    return Statement(index, found[1], Kind.DURATION, length=found[0])


def _recurring(text: Text, index: int) -> Statement | None:
    found = recurring(text, index)
    return None if found is None else Statement(index, found[1], Kind.RECURRING, length=found[0])


def _vague(text: Text, index: int) -> Statement | None:
    after = vague_ago(text, index)
    return None if after is None else Statement(index, after, Kind.POINT, vague=True)


def _point(text: Text, index: int) -> Statement | None:
    """Read "on Friday", "in 2020", "last month"."""
    placed = is_placing(text, index) and phrase(text, index) is None
    at = text.skip(index + 1, _ABOUT) if placed else index
    found = phrase(text, at)
    if found is None or text.word(at - 1) in _GREETINGS:
        return None
    if found[0].sure or text.known or is_apart(text, at, found) or (placed and counts(text, index, found)):
        silent = text.word(index) == "of" or text.word(index) in STARTING
        return Statement(at if silent else index, found[1], Kind.POINT, found[0])
    return None


_READERS: tuple[Callable[[Text, int], Statement | None], ...] = (
    _ranged, _since, _until, _recurring, _for, _within, _vague, _point, _length,
)  # fmt: skip
