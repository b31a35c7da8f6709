"""Blocks in the formats 1 to 3, read as what they would be in the present one.

They held every array as it was, vectors as int8 and tokens in 4 bits; format 1 did not say which messages ask, and
neither 1 nor 2 had tokens.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.numbers import KEPT, pack_tokens, quantize, unpack_vectors

_WITHOUT_QUESTIONS, _WITHOUT_TOKENS = 1, 2
_HELD = {
    "ids": "<u8", "said_at": "<i8", "received_at": "<i8", "turn": "<i4", "role": "u1", "asks": "u1",
    "language": "<i4", "speaker": "<i4", "session": "<i4", "agent": "<i4", "app": "<i4", "length": "<i4",
    "matrix": "i1", "scale": "<f4", "owner": "<i4", "window": "<i4",
    "terms": "<u8", "first": "<i4", "posted": "<i4", "count": "<i4", "token_count": "<i4", "tokens": "u1",
}  # fmt: skip


def earlier_arrays(version: int, shape: Sequence[int], content: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a block.

    Args:
        version: of the format.
        shape: the dimensions of a vector, and the bytes of a token's where there are tokens.
        content: the arrays as bytes.
    """
    names = [name for name in _HELD if not (version == _WITHOUT_QUESTIONS and name == "asks")]
    held = {name: np.frombuffer(part, _HELD[name]) for name, part in zip(names, content, strict=False)}
    size = len(held["said_at"])
    if version == _WITHOUT_QUESTIONS:
        held["asks"] = np.zeros(size, np.uint8)
    if version <= _WITHOUT_TOKENS:
        held |= {"token_count": np.zeros(size, np.int32), "tokens": np.zeros(0, np.uint8)}
    dimensions, width = shape if version > _WITHOUT_TOKENS else (*shape, 0)
    numbers = held["matrix"].astype(np.float32).reshape(len(held["scale"]), dimensions)
    matrix, coarser = quantize(numbers, largest=KEPT)
    tokens = held["tokens"].reshape(int(held["token_count"].sum()), width)
    return held | {
        "ids": held["ids"].reshape(-1, 2),
        "window": held["window"].reshape(-1, 2),
        "matrix": matrix,
        "scale": held["scale"] * coarser,
        "tokens": pack_tokens(unpack_vectors(tokens, 2 * width)),
    }
