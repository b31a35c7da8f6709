"""The embedder that every system is given: it keeps what it has embedded, and gives it again without the model.

A first pass over the data runs with the model and a second one, of the same calls, without: what the second one takes
is the system's own time.
"""

from collections.abc import Sequence

import numpy as np

from satchel.models.embedding import Embedder, Span, Vectors


class Keeping:
    """Another embedder, with a memory that is filled at first and read after `replay`."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._kept: dict[str, Vectors] = {}
        self._replays = False
        self.unknown = 0
        """Texts that had to be embedded although a replay was going on."""
        self.name = inner.name
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each token, as the other embedder does."""
        return self._inner.tokens(text)

    def replay(self) -> None:
        """Answer from memory from now on."""
        self._replays = True

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 for each text."""
        if not self._replays:
            return self._embedded(texts)
        fresh = [text for text in texts if text not in self._kept]
        if fresh:
            self.unknown += len(fresh)
            self._embedded(fresh)
        return np.stack([self._kept[text] for text in texts])

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        vectors = self._inner.embed(texts)
        self._kept |= dict(zip(texts, vectors, strict=True))
        return vectors
