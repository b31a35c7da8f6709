"""An embedder that remembers: so that what is measured can be had with and without the time of the model."""

from collections.abc import Sequence

import numpy as np

from satchel.embedded import Embedded
from satchel.models.embedding import Embedder, Span, TokenEmbedder, Vectors, embedded


class Remembering:
    """Another embedder, and what it makes of some texts, which is handed out without asking it again."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._kept: dict[str, Embedded] = {}
        self.name = inner.name
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens
        self.token_dimensions = inner.token_dimensions if isinstance(inner, TokenEmbedder) else 0

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each token, as the other embedder does."""
        return self._inner.tokens(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: a remembered one, or else the other embedder's."""
        if not any(text in self._kept for text in texts):
            return self._inner.embed(texts)
        return np.stack([one.vector for one in self.embed_tokens(texts)])

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """Return what is remembered of each text, or else what the other embedder makes of it."""
        unknown = [text for text in texts if text not in self._kept]
        if len(unknown) == len(texts):
            return embedded(self._inner, texts)
        fresh = dict(zip(unknown, embedded(self._inner, unknown), strict=True)) if unknown else {}
        return [fresh[text] if text in fresh else self._kept[text] for text in texts]

    def remember(self, texts: Sequence[str]) -> None:
        """Embed texts now and remember what comes of it."""
        self._kept |= dict(zip(texts, embedded(self._inner, texts), strict=True))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
