"""The port to an embedding model: text in, unit vectors out.

Any object with these members can be passed to `satchel.open(embedder=…)`. Vectors must depend on the text
alone, not on the other texts of the call: memory has to be the same whatever the batches were (law 2).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Span = tuple[int, int]


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
