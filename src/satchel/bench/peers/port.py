"""What a memory system has to do to be compared: remember one turn, and find turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from satchel.models.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Said:
    """One turn, as every system is given it."""

    id: str
    text: str
    speaker: str
    session: str
    at: datetime

    @property
    def line(self) -> str:
        """The turn's words with who said them: the text that a peer stores, and a line of a prompt."""
        return f"{self.speaker}: {self.text}"


class Store(Protocol):
    """A system with its data in one directory. A tenant is a conversation; none may see another's turns."""

    def add(self, tenant: str, turn: Said) -> None:
        """Remember one turn."""
        ...

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the ids of the tenant's turns that are found, best first."""
        ...

    def close(self) -> None:
        """Write what is not written, and let go of the files."""
        ...


@runtime_checkable
class Composing(Protocol):
    """A system that makes a prompt's context itself."""

    def context(self, tenant: str, query: str, budget: int) -> Sequence[str]:
        """Return the ids of the turns whose own words are in a context of at most so many tokens."""
        ...


class Adapter(Protocol):
    """A module of `satchel.bench.peers.adapters`."""

    def start(self, directory: Path, embedder: Embedder) -> Store:
        """Open a new store in an empty directory; every vector comes from the embedder."""
        ...
