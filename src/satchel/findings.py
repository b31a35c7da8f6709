"""What consolidation finds, and the rules by which messages are forgotten: more values that cross the border.

Nothing of it is stored but the rules: all is found anew in what is remembered, so forgetting a source undoes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from satchel.model import Fact, Receipt, Role, Source, Trust

Clash = Literal["same time", "different people", "never changes", "numbers", "back and forth"]
"""Why statements cannot all be true, or not without more being said."""

Cycle = Literal["weekday", "part of the day", "month"]


@dataclass(frozen=True, slots=True)
class Joined:
    """One fact that was said in several ways; it has the sources of all of them."""

    fact: Fact
    ways: Mapping[str, int]
    """What was said → in how many messages."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One conversation that was kept more than once, from several applications or brought in again."""

    sessions: tuple[str, ...]
    message_ids: tuple[str, ...]
    """Of all of them."""
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One of the statements that contradict each other."""

    value: str
    text: str
    speaker: str | None
    said_at: datetime
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements for a person to review; `correct` or `forget` settles them."""

    id: str
    kind: Clash
    subject: str
    attribute: str
    text: str
    """What is wrong, in a sentence."""
    sides: tuple[Side, ...]
    """In the order in which they were said; what was said last counts until it is settled."""
    trust: Trust


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that comes back at the same time of the week, day or year, with what speaks for it and against it."""

    id: str
    speaker: str | None
    cycle: Cycle
    when: str
    """`on Mondays`, `in the evening`, `in June`."""
    what: str
    """The words that come back."""
    text: str
    seen: int
    """On how many dates it was seen at that time."""
    elsewhere: int
    """On how many dates it was seen at another time."""
    missed: int
    """How often that time came between the first and the last date, and something else was said, but not this."""
    stated: int
    """In how many messages it was said outright: "every Monday"."""
    chance: float
    """How likely so many would fall together by chance, after counting all that was looked at; at most 1."""
    dates: tuple[date, ...]
    sources: tuple[Source, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a summary, with the words that it is from."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of an entity, or happened in a week, in a few sentences that are all from messages."""

    title: str
    sentences: tuple[Told, ...]
    since: datetime
    """When the first of its sources was said."""
    until: datetime
    """When the last of them was."""
    trust: Trust

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(one.text for one in self.sentences)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Retention:
    """A rule: messages that fit all that is given are forgotten so many days after they were said."""

    days: int
    role: Role | None = None
    app: str | None = None
    agent: str | None = None
    session: str | None = None
    speaker: str | None = None
    by_hand: bool = False
    """Whether corrections and merges are forgotten by it too."""

    @property
    def chosen(self) -> tuple[object, ...]:
        """What it is about: there is one rule for each."""
        return self.role, self.app, self.agent, self.session, self.speaker


@dataclass(frozen=True, slots=True)
class Overdue:
    """What retention rules would forget now, and when they would forget next."""

    message_ids: tuple[str, ...] = ()
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What `Space.consolidate` found, and did unless it was a dry run."""

    joined: tuple[Joined, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    summaries: tuple[Summary, ...] = ()
    """Of the entities that most is known of, then of the last weeks."""
    overdue: Overdue = field(default=Overdue())
    receipt: Receipt | None = None
    """Of what was forgotten; None when nothing was."""
