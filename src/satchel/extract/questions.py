"""What a question says of its answer: when it may have been said and by whom, its parts, and what is wanted."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from satchel.extract.instants import to_micros
from satchel.extract.time import Kind, expressions
from satchel.extract.words import listed

_TOLD_LATER = timedelta(days=1)
"""People tell in the evening or the day after."""
_FIRST, _LAST = -(1 << 62), 1 << 62
_PLACED = frozenset((Kind.POINT, Kind.SPAN, Kind.SINCE, Kind.UNTIL))


def times_asked(question: str, *, at: datetime, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Return the stretches, from and up to, in microseconds since 1970; none for a question about no time.

    Args:
        question: the words.
        at: when it is asked, for "last week".
        zone: the time zone that days are meant in.
    """
    found: list[tuple[int, int]] = []
    for one in expressions(question, at=at, zone=zone, tense="past"):
        if one.kind not in _PLACED or one.interval is None or question[one.start : one.end].casefold() in _NOW:
            continue
        start, stop = one.interval.whole(zone)
        first = _FIRST if start is None else to_micros(start)
        found.append((first, _LAST if stop is None else to_micros(stop + _TOLD_LATER)))
    return tuple(found)


def speakers_named(question: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """Return the speakers that a question names, by their whole name or their first.

    A name that is an ordinary word too ("Will") has to be written with a capital within the question.
    """
    words = set(_WORDS.findall(question.casefold()))
    inside = {match[0].casefold() for match in _NAMELIKE.finditer(question)}
    firsts = ((name, _WORDS.findall(name.casefold())[:1]) for name in speakers)
    return tuple(
        name
        for name, first in firsts
        if first and len(first[0]) >= _SHORTEST_NAME and first[0] in (inside if _is_word(first[0]) else words)
    )


def names_asked(question: str) -> str:
    """Return the words of a question that are written as names, as one text; none of a question in capitals."""
    found = [match[0] for match in _NAMELIKE.finditer(question) if match[0].casefold() not in listed("not_names")]
    return "" if question.isupper() else " ".join(found)


def parts_of(question: str) -> tuple[str, ...]:
    """Return what a question asks of at once, each as a question of its own; nothing for a question about one thing.

    "Which did I buy first, the bike or the tent?" asks of two things, and so do two questions in a row; what stands in
    quotation marks is asked of by itself too.
    """
    sentences = [one.strip() for one in _SENTENCE.findall(question)]
    asking = [one for one in sentences if one.endswith(_MARKS) and _WORDS.search(one)]
    if len(asking) > 1:
        return tuple(asking[:_MOST_PARTS])
    return _alternatives(asking[0] if asking else question) or _quoted(question)


def _alternatives(question: str) -> tuple[str, ...]:
    """Return A and B of a question such as "Which was first, A or B?"; nothing of any other."""
    before, comma, rest = " ".join(question[:_LONGEST_CHOICE].split()).replace(": ", ", ").partition(", ")
    first, either, second = rest.rstrip("? ").rpartition(" or ")
    plain = comma and either and "," not in rest and len(question) <= _LONGEST_CHOICE
    return (first, second) if plain and before and min(len(first), len(second)) >= _SHORTEST_CHOICE else ()


def wants_advice(question: str) -> bool:
    """Whether a question asks for a suggestion: its words are then about the request, not about what was said."""
    return _ADVICE.search(question) is not None


def _quoted(question: str) -> tuple[str, ...]:
    """Return the phrases that stand in quotation marks, of two words or more."""
    found = (match[1] or match[2] or match[3] for match in _QUOTED.finditer(question))
    return tuple(one.strip() for one in found if len(_WORDS.findall(one)) > 1)[:_MOST_PARTS]


def _is_word(name: str) -> bool:
    return name in listed("not_names") or name in listed("openers")


def asks(text: str) -> bool:
    """Whether a message ends with a question, notes in brackets after it left aside."""
    return _ASKING.search(_NOTE.sub("", text[-_LAST_CHARACTERS:])) is not None


_MARKS = ("?", "\uff1f", "\u061f", "\u037e")
_SENTENCE = re.compile(r"[^.!?\uff1f\u061f\u037e]+[.!?\uff1f\u061f\u037e]+|[^.!?]+$")
_MOST_PARTS = 3
_LONGEST_CHOICE, _SHORTEST_CHOICE = 300, 3
_ADVICE = re.compile(
    r"""\b(?:(?:can|could|would|will)\ you\ (?:please\ )?(?:recommend|suggest|advise|give\ me|help\ me|think\ of)
    | (?:any|some)\ (?:\w+\ )?(?:tips|advice|ideas?|suggestions?|recommendations?|thoughts|inspiration)
    | what\ (?:should|could|shall)\ (?:i|we) | (?:recommend|suggest)\ (?:me|us|some|something|an?)\b
    | help\ (?:me|us)\ (?:find|choose|decide|plan|pick)
    | (?:i|we)\ (?:need|want|could\ use)\ (?:some\ )?(?:advice|ideas|tips)
    | do\ you\ have\ any)""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"\"([^\"]+)\"|\u201c([^\u201d]+)\u201d|(?<!\w)['\u2018]([^'\u2018\u2019]+)['\u2019](?!\w)")
_WORDS = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 2
_NAMELIKE = re.compile(r"(?<=[^\W_][^\w.!?:]|[,;][ ])[^\W\da-z_][^\W_]+")
"""A word with a capital that does not begin a sentence."""
_NOTE = re.compile(r"\s*\[[^\]]*\]\s*$")
_ASKING = re.compile(r"[?\uff1f\u061f\u037e]\W*$")
_LAST_CHARACTERS = 400
_NOW = frozenset(("now", "right now", "currently", "today", "these days", "at the moment", "nowadays"))
