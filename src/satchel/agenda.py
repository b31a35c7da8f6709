"""What is coming and what has changed, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from satchel.model import Source, Trust

DueKind = Literal[
    "appointment", "deadline", "to_do", "plan", "change", "ending", "birthday", "anniversary", "recurring"
]
"""`change` is something that will be so from then on, `ending` something that will no longer be."""
Effect = Literal["learned", "superseded", "ended", "cancelled", "corrected", "merged", "parted", "forgotten"]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to come, or that should have been done by now.

    `at` is when it begins, or by when it must be done; with precision `day` it is the day's first or last moment in the
    space's time zone.
    """

    at: datetime
    precision: str
    when: str
    """As much of the date and time in the space's time zone as is known: 2026-06-05, 2026-06-05T15:00, 2026-06."""
    until: datetime | None
    what: str
    """A sentence that says it."""
    kind: DueKind
    subject: str
    fact_id: str
    sources: tuple[Source, ...]
    trust: Trust
    overdue: bool = False
    """Whether its time has passed and nobody said that it was done."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the memory learned, or no longer holds to be true, and when it did.

    Of what was forgotten nothing is kept but how many messages it was, and when.
    """

    at: datetime
    """Known time: when the memory came to know of it."""
    effect: Effect
    text: str
    fact_id: str | None = None
    sources: tuple[Source, ...] = ()
    """The words that brought it about."""
    trust: Trust = Trust.PERSON
    because: str | None = None
    """Why something no longer holds."""
    messages: int = 0
    """How many were forgotten."""
