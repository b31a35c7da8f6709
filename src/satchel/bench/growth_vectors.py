"""Vectors for a million messages: hours of the model's work, so most are stand-ins.

The first round of the workload has the vectors of the model. A later round says the same in other names at another
time, and its vectors are those of the first round, each moved by seeded noise: two rounds of one turn are then as near
to each other as the model finds them (a cosine of 0.8 on average, on LoCoMo). The vectors of tokens, where the model
gives any, stay those of the first round.
"""

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from satchel.bench.dataset import Turn
from satchel.bench.workload import embedded_text
from satchel.embedded import Embedded
from satchel.models.embedding import Embedder, Span, TokenEmbedder, Vectors, embedded

SEED = 20_250_707
MOVED_BY = 0.5
"""The length of the noise beside a vector of length 1."""
_NOISES = 4_096


class StandIn:
    """A model that need not read the messages which are expected; all other texts, as questions, it reads itself."""

    def __init__(self, inner: Embedder, first: Sequence[Turn]) -> None:
        self._inner = inner
        self._first = embedded(inner, [embedded_text(turn) for turn in first])
        self._noises = MOVED_BY * _unit(np.random.default_rng(SEED).standard_normal((_NOISES, inner.dimensions)))
        self._expected: dict[str, Embedded] = {}
        self.name = inner.name
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens
        self.token_dimensions = inner.token_dimensions if isinstance(inner, TokenEmbedder) else 0

    def expect(self, turns: Sequence[Turn], *, start: int) -> None:
        """Have vectors ready for these messages, the first of which is number `start` of the workload."""
        texts = [embedded_text(turn) for turn in turns]
        size = len(self._first)
        own = [self._first[number % size] for number in range(start, start + len(turns))]
        moved = _unit(np.stack([one.vector for one in own]) + self._noises[[_noise_of(text) for text in texts]])
        self._expected = {
            text: one if number < size else replace(one, vector=vector)
            for number, (text, one, vector) in enumerate(zip(texts, own, moved, strict=True), start)
        }

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each token, as the model does."""
        return self._inner.tokens(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: the one that is ready, or else the model's."""
        if not texts:
            return self._inner.embed(texts)
        return np.stack([one.vector for one in self.embed_tokens(texts)])

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """Return what is ready of each text, or else what the model makes of it."""
        unknown = [text for text in texts if text not in self._expected]
        fresh = dict(zip(unknown, embedded(self._inner, unknown), strict=True)) if unknown else {}
        return [fresh[text] if text in fresh else self._expected[text] for text in texts]


def _noise_of(text: str) -> int:
    """Return which noise moves a text's vector; it rests on the text alone."""
    return crc32(text.encode()) % _NOISES


def _unit(vectors: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
