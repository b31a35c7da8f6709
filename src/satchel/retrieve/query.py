"""What is asked of a space: the query's words and vector, and the filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from satchel.embedded import Embedded
from satchel.model import Role
from satchel.retrieve.block import ROLES
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.numbers import ASKED, quantize

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

    @property
    def asked_of(self) -> int | None:
        """The time whose state the question is about; None for now."""
        return min((one for one in (self.as_of, self.known_at) if one is not None), default=None)

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
        for one in _NAMED:
            name = getattr(self, one)
            if name is not None:
                wanted &= index.where(one, name)
        if self.role is not None:
            wanted &= index.role == ROLES.index(self.role)
        if self.since is not None:
            wanted &= index.said_at >= self.since
        if self.until is not None:
            wanted &= index.said_at <= self.until
        return wanted


@dataclass(frozen=True, slots=True, eq=False)
class QueryVector:
    """What a query means: its vector and its tokens' as whole numbers in float32, and the model they are from."""

    embedder: str
    numbers: NDArray[np.float32]
    scale: float
    tokens: NDArray[np.float32]
    """(t, token dimensions); no rows where the model gives none."""
    weights: NDArray[np.float64]
    """(t,): what a product with a token's numbers is worth: its scale, times how much the token counts."""

    @classmethod
    def of(cls, query: Embedded, embedder: str) -> "QueryVector":
        """Quantize what an embedder made of the query."""
        numbers, scale = quantize(query.vector[np.newaxis], largest=ASKED)
        tokens, scales = quantize(query.tokens, largest=ASKED)
        weights = scales.astype(np.float64) * query.weights
        return cls(embedder, numbers[0], float(scale[0]), tokens, weights)


@dataclass(frozen=True, slots=True)
class Asked:
    """Some words that are looked for: for each the terms it may have, and what they mean if there is an embedder."""

    words: tuple[tuple[int, ...], ...]
    vector: QueryVector | None


@dataclass(frozen=True, slots=True)
class Query:
    """A query, ready to be scored."""

    whole: Asked
    filter: Filter
    parts: tuple[Asked, ...] = ()
    """What the query asks of at once, each by itself."""
    during: tuple[tuple[int, int], ...] = ()
    """The times that the query names, from and up to, in microseconds since 1970."""
    about: tuple[str, ...] = ()
    """The speakers that the query names."""
    names: tuple[tuple[int, ...], ...] = ()
    """The words of the query that are written as names, each as the terms that it may have."""
    advice: bool = False
    """Whether a suggestion is asked for, rather than what was said."""
    renewed: Mapping[str, int] = field(default_factory=dict[str, int])
    """Message id → when it was last found useful, in microseconds."""
