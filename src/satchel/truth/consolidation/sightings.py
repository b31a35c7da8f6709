"""What a person tells of having done or doing, sentence by sentence, and when: what patterns are counted from.

"I'm at the gym again" is seen on the day on which it was said, "I was at the gym yesterday" on the day before. Plans,
wishes, questions and what is imagined are nothing that was seen; "no gym today" speaks against the gym.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from satchel.extract.instants import to_micros
from satchel.extract.time import Expression, Kind, Precision, expressions
from satchel.extract.time.vocabulary import DAYPARTS, MONTHS, PLURAL_WEEKDAYS, SEASONS, TODAY, UNITS, WEEKDAYS
from satchel.extract.words import listed
from satchel.findings import Cycle
from satchel.model import Message, Source, Trust
from satchel.retrieve.terms import message_terms, words
from satchel.sentences import sentences

LONGEST_SEEN = 20_000
"""Characters of a message that are looked at."""

_UNDONE = re.compile(
    r"\b(?:will|won['’]t|would|could|should|might|may|shall|['’]ll|['’]d|gonna|wanna|want(?:s|ed)? to|wish|"
    r"hop(?:e|ing) to|going to (?!the\b|a\b|my\b|our\b)|plan(?:s|ning)? (?:to|on)|need to|have to|if|let['’]?s|"
    r"imagine|used to|thinking of|almost|forgot to|looking forward)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|n['’]?t|cannot|no|never|without|skip(?:s|ped|ping)?|miss(?:ed|ing)?|cancel(?:s|l?ed|l?ing)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:every|each)\s+([a-z]+)(?:\s+([a-z]+))?|\b([a-z]+days)\b|\b([a-z]+day)\s+([a-z]+)s\b", re.IGNORECASE
)
_IN_THE = re.compile(r"\b(?:in the|every|each|most)\s+(morning|afternoon|evening|night)s?\b", re.IGNORECASE)
_TIME_WORDS = frozenset((*DAYPARTS, *MONTHS, *PLURAL_WEEKDAYS, *SEASONS, *TODAY, *UNITS, *WEEKDAYS))
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHORTEST_WORD = 3

Cell = tuple[Cycle, str]
"""A place in a cycle: `("weekday", "Monday")`."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sentence in which something was told: its terms with a word for each, and when it was."""

    speaker: str | None
    source: Source
    words: Mapping[int, str]
    """Term → the word as it was said."""
    at: datetime | None
    """When, in the space's zone; None where only a habit is stated."""
    timed: bool
    """Whether the part of the day is known."""
    denied: bool
    said_at: int
    known_at: int
    order: tuple[int, int, bytes, int]
    """When it was said, in an order that does not depend on when it arrived."""
    trust: Trust
    stated: tuple[Cell, ...]
    """The times at which it is said outright to come back."""


def sightings_of(message: Message, zone: ZoneInfo) -> tuple[Sighting, ...]:
    """Return what a message tells of, if a person said it in English."""
    if message.role != "user" or message.act is not None or message.language != "en":
        return ()
    text = message.content[:LONGEST_SEEN]
    found = (_sighting(message, text[start:end], start, zone) for start, end in sentences(text))
    return tuple(one for one in found if one is not None)


def part_of(at: datetime) -> str:
    """Return the part of the day that a local time lies in."""
    return next(name for end, name in _PARTS if at.hour < end)


def month_of(at: datetime) -> str:
    """Return the name of a local time's month."""
    return _MONTHS[at.month - 1]


def weekday_of(at: datetime) -> str:
    """Return the name of a local time's weekday."""
    return _WEEKDAYS[at.weekday()]


def _sighting(message: Message, sentence: str, start: int, zone: ZoneInfo) -> Sighting | None:
    named = _named(sentence, message.language)
    if not named or sentence.rstrip("'\") ").endswith("?"):
        return None
    times = expressions(sentence, at=message.said_at, zone=zone, tense="past")
    stated = tuple(dict.fromkeys(_stated(sentence))) if any(one.kind is Kind.RECURRING for one in times) else ()
    undone = _UNDONE.search(sentence) is not None
    placed = None if undone or stated else _placed(times, message.said_at.astimezone(zone))
    if placed is None and not stated:
        return None
    denied = _DENIED.search(sentence) is not None
    at, timed = placed or (None, False)
    said_at, digest = to_micros(message.said_at), hashlib.blake2b(message.content.encode(), digest_size=8).digest()
    return Sighting(
        speaker=message.speaker,
        source=Source(message.id, start, start + len(sentence)),
        words=named,
        at=at,
        timed=timed,
        denied=denied,
        said_at=said_at,
        known_at=to_micros(message.received_at),
        order=(said_at, message.turn, digest, start),
        trust=message.trust,
        stated=() if denied else stated,
    )


def _named(sentence: str, language: str) -> dict[int, str]:
    """Return the terms of a sentence that may name what is done, each with its word; no words for times."""
    named: dict[int, str] = {}
    for token in _TOKEN.findall(sentence):
        for word in filter(_may_name, words(token)):
            for term in message_terms(word, language):
                named.setdefault(term, token.casefold())
    return named


def _may_name(word: str) -> bool:
    """Whether a word may name what is done: it is no time, no contraction and no filler."""
    filler = word in _TIME_WORDS or word in listed("no_activity")
    return len(word) >= _SHORTEST_WORD and word.isalpha() and not filler


def _placed(times: tuple[Expression, ...], said_at: datetime) -> tuple[datetime, bool] | None:
    """Return when it was, and whether the part of the day is known; None when that is not known to the day."""
    when = [one for one in times if one.kind is not Kind.DURATION]
    if not when:
        return said_at, True
    start = when[0].interval.start if when[0].kind is Kind.POINT and when[0].interval is not None else None
    if len(when) > 1 or start is None or start.precision.value > Precision.DAY.value:
        return None
    at = start.at.astimezone(said_at.tzinfo)
    return (at, start.precision.value < Precision.DAY.value) if at <= said_at else None


def _stated(sentence: str) -> Iterator[Cell]:
    """Yield the times at which a sentence says that something comes back: "every Monday", "Friday evenings"."""
    for match in _EACH.finditer(sentence):
        for word in (one.casefold() for one in match.groups() if one):
            number = WEEKDAYS.get(word, PLURAL_WEEKDAYS.get(word))
            if number is not None:
                yield "weekday", _WEEKDAYS[number]
            elif word in MONTHS:
                yield "month", _MONTHS[MONTHS[word] - 1]
    for match in _IN_THE.finditer(sentence):
        yield "part of the day", match[1].casefold()
