"""The port to an embedding model: text in, unit vectors out.

Any object with the members of `Embedder` can be passed to `satchel.open(embedder=…)`. Vectors must depend on the text
alone, not on the other texts of the call: memory has to be the same whatever the batches were (law 2). A model that
gives a vector of each token too (`TokenEmbedder`) lets search compare word by word.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from satchel.embedded import Embedded

Vectors = NDArray[np.float32]
Span = tuple[int, int]
_WITHOUT_TOKENS = np.zeros((0, 0), np.float32), np.zeros(0, np.float32)


class Embedder(Protocol):
    """What Satchel asks of an embedding model."""

    @property
    def name(self) -> str:
        """The model's name and version; it is kept with the vectors, and a change means to embed again."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text it takes into account, without special tokens."""
        ...

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each token of `text`, in order, without special tokens."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 for each text: shape (len(texts), dimensions)."""
        ...


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also gives small vectors of the tokens."""

    @property
    def token_dimensions(self) -> int:
        """How many numbers a token's vector has."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """Return for each text its vector, as `embed` does, and those of its tokens."""
        ...


@runtime_checkable
class QueryEmbedder(Protocol):
    """An embedder that reads queries in a way of their own."""

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a query, of length 1: shape (dimensions,)."""
        ...


def embedded_query(embedder: Embedder, text: str) -> Embedded:
    """Return what an embedder makes of a query."""
    if isinstance(embedder, TokenEmbedder):
        return embedder.embed_tokens([text])[0]
    vector = embedder.embed_query(text) if isinstance(embedder, QueryEmbedder) else embedder.embed([text])[0]
    return Embedded(vector, *_WITHOUT_TOKENS)


def embedded(embedder: Embedder, texts: Sequence[str]) -> Sequence[Embedded]:
    """Return what an embedder makes of each text, with vectors of tokens where it gives any."""
    if isinstance(embedder, TokenEmbedder):
        return embedder.embed_tokens(texts)
    return [Embedded(vector, *_WITHOUT_TOKENS) for vector in embedder.embed(texts)]
