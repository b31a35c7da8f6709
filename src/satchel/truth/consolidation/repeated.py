"""What happened once and was kept twice: a conversation that came from two applications, or was brought in again.

Nothing but words and times is compared: the same words on another day are another happening, for people say "good
morning" every day. Messages that are the same in one session are never kept twice, so only whole groups are looked at.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.index import SpaceIndex

LEAST_MESSAGES = 3
LEAST_SHARE = 0.8
"""Of the messages of the larger group, how many the other must have too."""
_NEAR = 86_400_000_000
"""Microseconds that two records of one happening may be apart: clocks differ by a time zone at most."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

Places = NDArray[np.int64]


def repeated(index: SpaceIndex, groups: Sequence[Places]) -> list[tuple[int, ...]]:
    """Return which groups of messages are records of one happening, by their numbers.

    Args:
        index: of the space.
        groups: the places of the messages of each, in any order: sessions, or episodes.
    """
    marks = _marks(index)
    said = [_counted(marks[places]) for places in groups]
    began = [int(index.said_at[places].min()) if len(places) else 0 for places in groups]
    order = sorted(range(len(groups)), key=lambda one: (began[one], one))
    heads = list(range(len(groups)))
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            if began[other] - began[one] > _NEAR:
                break
            if heads[other] == other and _same(said[one], said[other]):
                heads[other] = heads[one]
    together: dict[int, list[int]] = {}
    for number in order:
        together.setdefault(heads[number], []).append(number)
    return [tuple(several) for several in together.values() if len(several) > 1]


def _counted(marks: NDArray[np.uint64]) -> Counter[int]:
    found: list[int] = marks[marks != 0].tolist()
    return Counter(found)


def _same(one: Counter[int], other: Counter[int]) -> bool:
    larger = max(one.total(), other.total())
    return larger >= LEAST_MESSAGES and (one & other).total() >= LEAST_SHARE * larger


def _marks(index: SpaceIndex) -> NDArray[np.uint64]:
    """(n,): a number made of each message's words and role; 0 for one without words to compare."""
    marks = np.zeros(len(index), np.uint64)
    for part, offset in zip(index.parts, index.offsets, strict=False):
        block = part.block
        terms = np.repeat(block.terms, np.diff(block.first))
        mixed = (terms ^ (terms >> np.uint64(31))) * _SPREAD * block.count.astype(np.uint64)
        np.add.at(marks, block.posted.astype(np.int64) + offset, mixed)
    return np.where(marks != 0, marks + index.role.astype(np.uint64), marks)
