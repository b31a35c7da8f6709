"""What a benchmark is made of: conversations of turns, and questions with the turns that answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from satchel.model import Role


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a benchmark's conversation."""

    id: str
    text: str
    session: str
    at: datetime
    role: Role = "user"
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a conversation, and what answers it."""

    id: str
    text: str
    category: str
    gold: frozenset[str]
    """Ids of the turns that answer it; empty where the file names sessions only."""
    sessions: frozenset[str]
    """The sessions that answer it."""
    asked_at: datetime | None = None
    """When it is asked, where the file says so."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What goes into one space, and the questions that are put to it."""

    id: str
    turns: Sequence[Turn]
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A benchmark as read from a file, and how much of the file could not be used, by reason."""

    name: str
    path: Path
    conversations: Sequence[Conversation]
    left_out: Mapping[str, int]

    @property
    def turns(self) -> int:
        """How many turns there are."""
        return sum(len(one.turns) for one in self.conversations)

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(len(one.questions) for one in self.conversations)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of the questions, in alphabetical order."""
        return tuple(sorted({question.category for one in self.conversations for question in one.questions}))


def counted(reasons: Iterable[str]) -> Mapping[str, int]:
    """Return how often each reason occurs, in alphabetical order."""
    found = list(reasons)
    return {reason: found.count(reason) for reason in sorted(set(found))}
