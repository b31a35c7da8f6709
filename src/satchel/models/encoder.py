"""The bundled search encoder: a MiniLM trained here, int8, run by ONNX Runtime on the CPU.

One pass gives the vector of a text, a small vector of each of its tokens, and how much each token counts in a query.
Each text is run alone: two threads that run single texts are faster than batches (padding costs more than batching
saves), and what is made of a text cannot depend on its neighbours. The model is loaded when it is first used, and
checked against its pinned digest. `training/search` holds the data, the script that made the weights, and the model
card.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from satchel.embedded import Embedded
from satchel.models.embedding import Span, Vectors
from satchel.models.sessions import load_session
from satchel.models.tokenizer import load_tokenizer

_MODEL = Path(__file__).parent / "data" / "search_encoder.onnx"
MODEL_SHA256 = "89548dc0bb1a1bc81055886084dd7e59f22f8e2dd45cc59c951adc682cb70a00"
_MAX_TOKENS = 256
_SPECIAL_TOKENS = 2


class SearchEncoder:
    """384 dimensions, and 64 for each token; at most 256 tokens of a text count."""

    name = "satchel-search-minilm-l6-int8/1"
    dimensions = 384
    token_dimensions = 64
    max_tokens = _MAX_TOKENS - _SPECIAL_TOKENS

    def __init__(self, *, threads: int | None = None) -> None:
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._lock = Lock()
        self._session: Any = None
        self._tokenizer: Any = None
        self._pool: ThreadPoolExecutor | None = None
        self._marks = np.zeros(0, bool)

    def load(self) -> None:
        """Load the weights now rather than at first use.

        Raises:
            ModelUnavailable: a package or a weight file is missing or not the pinned one.
        """
        with self._lock:
            if self._session is None:
                self._tokenizer = load_tokenizer()
                self._marks = without_letters(self._tokenizer)
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="satchel-embed")
                self._session = load_session(_MODEL, sha256=MODEL_SHA256)

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each word piece of `text`."""
        self.load()
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return cast(Sequence[Span], encoding.offsets)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 384); of a longer text the first 256 tokens count."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([one.vector for one in self.embed_tokens(texts)])

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """Return the vector of each text, and the vectors of its tokens but for marks and signs."""
        self.load()
        assert self._pool is not None  # noqa: S101  (load made it)
        encodings = self._tokenizer.encode_batch(list(texts))
        if len(encodings) == 1:
            return [self._run(encodings[0].ids)]
        return list(self._pool.map(self._run, [encoding.ids for encoding in encodings]))

    def _run(self, token_ids: list[int]) -> Embedded:
        ids = np.array(token_ids[:_MAX_TOKENS], np.int64)
        pooled, tokens, weights = self._session.run(None, {"ids": ids[np.newaxis]})
        words = ~self._marks[ids]
        words[[0, -1]] = False
        chosen = weights[0][words]
        return Embedded(pooled[0], tokens[0][words], chosen / max(float(chosen.sum()), 1e-6))


def without_letters(tokenizer: Any) -> NDArray[np.bool_]:
    """(vocabulary,): whether a token has no letter and no digit."""
    pieces = cast(dict[str, int], tokenizer.get_vocab())
    marks = np.zeros(max(pieces.values()) + 1, bool)
    marks[[number for piece, number in pieces.items() if not any(map(str.isalnum, piece))]] = True
    return marks
