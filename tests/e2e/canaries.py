"""Rare words that are easy to find in the bytes of a store, and what else a store may keep of a message."""

import random
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

import satchel
from satchel.features import features_of
from satchel.retrieve.numbers import pack_vectors
from satchel.retrieve.terms import message_terms
from satchel.testing import HashEmbedder

_CANARY = re.compile(rb"zq[a-p]{12}", re.IGNORECASE)
_PIECE = 8
_SLOTS = np.uint64(1 << 22)
_FILLER = [
    *("the", "river", "garden", "window", "kitchen", "because", "yesterday", "afternoon"),
    *("friend", "train", "coffee", "mountain", "letter", "music"),
]


def canary(rng: random.Random) -> str:
    """Return a word that occurs nowhere else."""
    return "zq" + "".join(rng.choices("abcdefghijklmnop", k=12))


def filler(rng: random.Random, length: int) -> str:
    """Return about `length` characters of plain words."""
    return " ".join(rng.choices(_FILLER, k=max(length // 7, 1)))


@dataclass(frozen=True)
class Traces:
    """What files may hold of a message: its rare words, and eight bytes at a time of what search keeps."""

    words: frozenset[str]
    plain: frozenset[int]
    """What a store in clear keeps as it is: the vectors, and the terms of the rare words that can be searched."""
    others: frozenset[int]
    """What it keeps compressed or not at all: the terms of other rare words, terms in the other order of bytes, and
    the id as search keeps it (rows that a deletion left keep their own ids: what remains is said in the receipt)."""

    @property
    def pieces(self) -> frozenset[int]:
        """All of them."""
        return self.plain | self.others


def traces(message: satchel.Message, words: frozenset[str]) -> Traces:
    """Return what the store could hold of a message whose rare words are `words`."""
    block = features_of([message], HashEmbedder())[0]
    terms = set(message_terms(" ".join(words), message.language))
    searched = terms & set(block.terms.tolist())
    vectors = {
        int.from_bytes(row[at : at + _PIECE], "little")
        for row in (vector.tobytes() for vector in pack_vectors(block.matrix))
        for at in range(0, len(row), _PIECE)
    }
    swapped = {int.from_bytes(term.to_bytes(8, "little"), "big") for term in terms}
    others = {*(terms - searched), *swapped, UUID(message.id).int & (2**64 - 1)}
    return Traces(words, frozenset(searched | vectors), frozenset(others))


@dataclass(frozen=True)
class Bytes:
    """The bytes of every file of a store, searched once."""

    words: frozenset[str]
    _windows: NDArray[np.uint64]

    def pieces(self, wanted: frozenset[int]) -> frozenset[int]:
        """Return which of these eight-byte pieces occur at any place."""
        keys = np.array(sorted(wanted), np.uint64)
        likely = np.zeros(_SLOTS, bool)
        likely[keys % _SLOTS] = True
        return wanted & set(self._windows[likely[self._windows % _SLOTS]].tolist())


def read_bytes(directory: Path) -> Bytes:
    """Search every file below a directory, the write-ahead log included."""
    contents = [path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()]
    words = {found.decode().lower() for content in contents for found in _CANARY.findall(content)}
    windows = [
        np.frombuffer(content, "<u8", offset=at, count=(len(content) - at) // _PIECE)
        for content in contents
        for at in range(min(_PIECE, len(content)))
    ]
    return Bytes(frozenset(words), np.concatenate(windows) if windows else np.zeros(0, np.uint64))
