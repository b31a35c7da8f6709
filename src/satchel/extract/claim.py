"""What extraction says: claims, the mentions they are about, and the reading of one message that holds them.

A claim is one assertion found in one message. It is never changed later: what several of them add up to is for
`satchel.truth` to say. Times are microseconds since 1970.
"""

from dataclasses import dataclass
from typing import Literal

from satchel.extract.time.interval import Precision
from satchel.model import Modality, Polarity, Role, Source, Stance, Trust


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time and how exactly it is known."""

    at: int
    precision: Precision


@dataclass(frozen=True, slots=True)
class Mention:
    """Who or what a claim is about, as the message says it."""

    kind: Literal["self", "name", "noun"]
    """The speaker; a name; or a noun that stands in a relation to the speaker ("sister")."""
    text: str
    """The name or the noun; of the speaker the name, or "" where there is none."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion. `sources` are the words that support it: the value first, then what tells the rest."""

    subject: Mention
    attribute: str
    value: str
    sources: tuple[Source, ...]
    qualifier: str | None = None
    polarity: Polarity = "holds"
    modality: Modality = "asserted"
    stance: Stance = "stated"
    begins: Moment | None = None
    ends: Moment | None = None
    normal: str | None = None
    """The value in a normal form, where it has one: an ISO date, a number."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What a person said about two names: that they are one entity, or that they are not."""

    one: str
    other: str
    together: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """A correction that names a wrong value and a right one, but not what they are values of.

    `wrong` is "" when only the right value is named: then the last value of the same form is meant.
    """

    wrong: str
    right: str
    source: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one message, with what of the message the fold needs."""

    message_id: str
    said_at: int
    known_at: int
    turn: int
    digest: bytes
    """Of the message's words, to order messages of one instant without their ids."""
    role: Role
    trust: Trust
    speaker: str | None
    claims: tuple[Claim, ...] = ()
    joinings: tuple[Joining, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def order(self) -> tuple[int, int, bytes]:
        """When it was said, in an order that does not depend on when it arrived."""
        return (self.said_at, self.turn, self.digest)
