"""Vectors as whole numbers: small to keep, and exact to multiply."""

import numpy as np
from numpy.typing import NDArray

_LARGEST, _ZERO = 7, 8
_BYTES = np.arange(256)
_PAIRS = np.stack([_BYTES % 16 - _ZERO, _BYTES // 16 - _ZERO], axis=1).astype(np.float32)


def quantize(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return whole numbers from -127 to 127, held in float32, and the scale that gives each vector back."""
    if len(vectors) == 0:
        return vectors.astype(np.float32), np.zeros(0, np.float32)
    largest = np.abs(vectors).max(axis=1)
    scale = (np.where(largest > 0, largest, 1) / 127).astype(np.float32)
    return np.rint(vectors / scale[:, np.newaxis]).astype(np.float32), scale


def pack_tokens(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return vectors of an even number of dimensions d, shape (k, d), as whole numbers from -7 to 7, two in a byte."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    numbers = (np.rint(vectors * (_LARGEST / largest)) + _ZERO).astype(np.uint8)
    return numbers[:, 0::2] | (numbers[:, 1::2] << 4)


def unpack_tokens(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the whole numbers, in float32, that `pack_tokens` packed: shape (k, d)."""
    return _PAIRS[packed].reshape(len(packed), 2 * packed.shape[1])
