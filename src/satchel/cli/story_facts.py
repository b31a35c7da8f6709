"""The demonstration's steps about what is true: facts with their sources, a question of a past day, and an undo.

As in `story`, each step asks the public API and returns what came; where the words of the conversation gave no fact
of the kind, the step says so.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from satchel.cli.standing import in_words
from satchel.cli.tables import quoted

if TYPE_CHECKING:
    from satchel import Message, Space
    from satchel.model import Fact, Source

SHOWN = (("Maya", "lives_in"), ("Maya", "works_at"), ("Biscuit", "age"))
"""Of whom and of what the facts are shown; all others are counted."""
MOST_SHOWN = 6
HOME = ("Maya", "lives_in")
_BEFORE, _AFTER = 24, 20
"""Characters that are shown around a fact's words."""
DAY = "2026-03-01"
QUESTION = "Where does Maya live?"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact, and the words that it is from."""

    fact: "Fact"
    speaker: str
    said_at: datetime
    words: str
    corrects: tuple[str, ...]
    """What had been said before it was put right."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the conversation says, as facts: how many there are, and some of them."""

    current: int
    past: int
    shown: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What was true on a day and what is true now, asked of the facts alone: no model of any kind is used."""

    question: str
    day: str
    then: tuple[str, ...]
    now: tuple[str, ...]
    milliseconds: float
    """For one of the two questions, on average."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What is true before the message that says it was forgotten, after that, and when it was said again."""

    words: str
    said_at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]
    again: tuple[str, ...]
    milliseconds: float


def know(space: "Space") -> Known:
    """List the facts, and those shown with their sources."""
    everything = space.facts(past=True)
    shown = [
        one
        for subject, attribute in SHOWN
        for one in everything
        if (one.subject, one.attribute) == (subject, attribute)
    ]
    return Known(
        current=sum(one.status == "current" for one in everything),
        past=sum(one.status == "past" for one in everything),
        shown=tuple(_evidence(space, one) for one in shown[:MOST_SHOWN]),
    )


def believe(space: "Space") -> Belief:
    """Ask the facts where she lived on a day, and where she lives now."""
    start = time.perf_counter()
    then = _home(space, as_of=DAY)
    now = _home(space)
    milliseconds = 1000 * (time.perf_counter() - start) / 2
    return Belief(QUESTION, DAY, _told(then), _told(now), milliseconds)


def undo(space: "Space", conversation: Sequence[dict[str, object]]) -> Undone | None:
    """Forget the messages that say where she lives now, look, and add them again; None when there is no such fact."""
    found = _home(space)
    if not found:
        return None
    newest = max(found, key=lambda one: one.confirmed_at)
    evidence = _evidence(space, newest)
    messages = {message.id: message for _, message in space.sources(newest.id)}
    contents = {message.content for message in messages.values()}
    said = [one for one in conversation if one["content"] in contents]
    start = time.perf_counter()
    space.forget(tuple(messages))
    seconds = time.perf_counter() - start
    after = _told(_home(space))
    space.add(said)
    again = _told(_home(space))
    return Undone(evidence.words, evidence.said_at, _told(found), after, again, 1000 * seconds)


def _home(space: "Space", as_of: str | None = None) -> "tuple[Fact, ...]":
    return space.facts(subject=HOME[0], attribute=HOME[1], as_of=as_of)


def _evidence(space: "Space", fact: "Fact") -> Evidence:
    sources = space.sources(fact.id)
    source, message = max(sources, key=lambda one: _says(one, fact))
    steps = space.history(fact.id) if fact.stance == "corrected" else ()
    return Evidence(
        fact=fact,
        speaker=message.speaker or message.role,
        said_at=message.said_at,
        words=quoted(message.content, source.start, source.end, before=_BEFORE, after=_AFTER),
        corrects=tuple(dict.fromkeys(step.text for step in steps if step.text != fact.text)),
    )


def _says(one: "tuple[Source, Message]", fact: "Fact") -> bool:
    source, message = one
    return fact.value.casefold() in message.content[source.start : source.end].casefold()


def _told(facts: "Sequence[Fact]") -> tuple[str, ...]:
    return tuple(in_words(one) for one in facts)
