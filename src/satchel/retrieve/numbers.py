"""Vectors as whole numbers: small to keep, and exact to multiply."""

import numpy as np
from numpy.typing import NDArray

KEPT, ASKED = 7, 127
"""The largest number in a vector that is kept (4 bits), and in one that is asked with (8 bits)."""


_CODES = np.arange(256)[:, np.newaxis] >> np.array([0, 2, 4, 6]) & 3
_FOURS = (2 * _CODES - 3).astype(np.float32).view(np.complex128).reshape(256)
"""The four numbers in each byte, side by side in 16 bytes: looked up in one step."""


def quantize(vectors: NDArray[np.float32], *, largest: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return whole numbers from -largest to largest, held in float32, and the scale that gives each its length back."""
    if len(vectors) == 0:
        return vectors.astype(np.float32), np.zeros(0, np.float32)
    most = np.abs(vectors).max(axis=1, keepdims=True)
    numbers = np.rint(vectors * (largest / np.where(most > 0, most, 1))).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1) / np.maximum(np.linalg.norm(numbers, axis=1), 1)
    return numbers, lengths.astype(np.float32)


def pack_vectors(numbers: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return whole numbers from -7 to 7, shape (v, d), two in a byte."""
    return _packed((numbers + (KEPT + 1)).astype(np.uint8), bits=4)


def unpack_vectors(packed: NDArray[np.uint8], dimensions: int) -> NDArray[np.float32]:
    """Return the whole numbers, in float32, that `pack_vectors` packed: shape (v, dimensions)."""
    return _unpacked(packed, dimensions, bits=4, times=1, plus=-(KEPT + 1))


def pack_tokens(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return vectors, shape (k, d), as the numbers -3, -1, 1 and 3, four in a byte.

    What lies beyond the root mean square of its vector is a 3: nearly the best four levels for numbers that are
    normally distributed (Max, "Quantizing for Minimum Distortion", 1960).
    """
    size = np.sqrt(np.mean(vectors * vectors, axis=1, keepdims=True)) if vectors.size else vectors
    return _packed((vectors > -size).astype(np.uint8) + (vectors > 0) + (vectors > size), bits=2)


def unpack_tokens(packed: NDArray[np.uint8], dimensions: int) -> NDArray[np.float32]:
    """Return the numbers, in float32, that `pack_tokens` packed: shape (k, dimensions)."""
    numbers = _FOURS.take(packed, mode="clip").view(np.float32).reshape(len(packed), 4 * packed.shape[1])
    return numbers[:, :dimensions]


def _packed(codes: NDArray[np.uint8], *, bits: int) -> NDArray[np.uint8]:
    """Return as many codes in a byte as it has room for; a row's last byte may have some of no meaning."""
    together = 8 // bits
    width = -(-codes.shape[1] // together)
    even = np.zeros((len(codes), width * together), np.uint8)
    even[:, : codes.shape[1]] = codes
    packed = np.zeros((len(codes), width), np.uint8)
    for place in range(together):
        packed |= even[:, place::together] * np.uint8(1 << bits * place)
    return packed


def _unpacked(packed: NDArray[np.uint8], dimensions: int, *, bits: int, times: int, plus: int) -> NDArray[np.float32]:
    """Return the numbers that codes stand for: the code by `times`, and `plus`."""
    together = 8 // bits
    numbers = np.empty((len(packed), dimensions), np.float32)
    for place in range(together):
        own = numbers[:, place::together]
        own[:] = (packed[:, : own.shape[1]] >> np.uint8(bits * place)) & np.uint8((1 << bits) - 1)
    numbers *= times
    numbers += plus
    return numbers
