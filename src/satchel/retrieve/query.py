"""What is asked of a space: the query's words and vector, and the filters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satchel.model import Role
from satchel.retrieve.block import ROLES, quantize
from satchel.retrieve.index import SpaceIndex

_NAMED = ("speaker", "session", "agent", "app")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages may be recalled. Times are microseconds since 1970; None lets everything pass."""

    session: str | None = None
    agent: str | None = None
    app: str | None = None
    speaker: str | None = None
    role: Role | None = None
    since: int | None = None
    until: int | None = None
    as_of: int | None = None
    known_at: int | None = None

    def known(self, index: SpaceIndex) -> NDArray[np.bool_]:
        """(n,): the messages that exist for this question: said and known by the times it is asked for."""
        known = np.ones(len(index), bool)
        if self.as_of is not None:
            known &= index.said_at <= self.as_of
        if self.known_at is not None:
            known &= index.received_at <= self.known_at
        return known

    def wanted(self, index: SpaceIndex) -> NDArray[np.bool_]:
        """(n,): the messages that pass every filter."""
        wanted = self.known(index)
        for field in _NAMED:
            name = getattr(self, field)
            if name is not None:
                wanted &= index.where(field, name)
        if self.role is not None:
            wanted &= index.role == ROLES.index(self.role)
        if self.since is not None:
            wanted &= index.said_at >= self.since
        if self.until is not None:
            wanted &= index.said_at <= self.until
        return wanted


@dataclass(frozen=True, slots=True, eq=False)
class QueryVector:
    """A query's vector as whole numbers in float32, its scale, and the model it is from."""

    embedder: str
    numbers: NDArray[np.float32]
    scale: float

    @classmethod
    def of(cls, vector: NDArray[np.float32], embedder: str) -> "QueryVector":
        """Quantize a vector of length 1, shape (dimensions,)."""
        numbers, scale = quantize(vector[np.newaxis])
        return cls(embedder, numbers[0], float(scale[0]))


@dataclass(frozen=True, slots=True)
class Query:
    """A query, ready to be scored: for each of its words the terms it may have, and its vector if there is one."""

    words: tuple[tuple[int, ...], ...]
    vector: QueryVector | None
    filter: Filter
    during: tuple[tuple[int, int], ...] = ()
    """The times that the query names, from and up to, in microseconds since 1970."""
    about: tuple[str, ...] = ()
    """The speakers that the query names."""
    names: tuple[tuple[int, ...], ...] = ()
    """The words of the query that are written as names, each as the terms that it may have."""
