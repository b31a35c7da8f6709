"""An embedder that remembers: so that what is measured can be had with and without the time of the model."""

from collections.abc import Sequence

import numpy as np

from satchel.models.embedding import Embedder, Span, Vectors


class Remembering:
    """Another embedder, and vectors that are handed out without asking it again."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._kept: dict[str, Vectors] = {}
        self.name = inner.name
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each token, as the other embedder does."""
        return self._inner.tokens(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: a remembered one, or else the other embedder's."""
        unknown = [text for text in texts if text not in self._kept]
        if len(unknown) == len(texts):
            return self._inner.embed(texts)
        fresh = dict(zip(unknown, self._inner.embed(unknown), strict=True)) if unknown else {}
        return np.stack([fresh[text] if text in fresh else self._kept[text] for text in texts])

    def remember(self, texts: Sequence[str]) -> None:
        """Embed texts now and remember their vectors."""
        self._kept |= dict(zip(texts, self._inner.embed(texts), strict=True))

    def clear(self) -> None:
        """Forget every vector."""
        self._kept.clear()
