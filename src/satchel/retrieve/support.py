"""Whether a space holds evidence for a question at all.

The best of many unrelated messages is nearer than the best of few, so what counts as evidence grows with their number.
"""

from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.arms import Dense, Lexical, occur
from satchel.retrieve.index import SpaceIndex

EVIDENCE_OF_ONE = 0.22
EVIDENCE_PER_TENFOLD = 0.11
UNKNOWN_NAMES = 0.35
"""Cosine plus coverage that the best of n messages must reach to count as evidence: 0.22 + 0.11 log10(n), since the
best of many unrelated messages is nearer than the best of few; and up to 0.35 more, by the share of the query's names
that nobody here ever said. `satchel bench support` prints what that gives; set so that one question in a hundred is
refused."""


@dataclass(frozen=True, slots=True)
class Support:
    """Whether there is evidence, and why."""

    value: float
    """How far the best evidence lies above what counts as evidence; negative when there is none."""
    reason: str


NOTHING_SAID = Support(-1.0, "nothing has been said here")


def support_of(
    index: SpaceIndex,
    names: tuple[tuple[int, ...], ...],
    words: Lexical,
    meaning: Dense,
    wanted: NDArray[np.bool_],
) -> Support:
    """Return whether the messages that pass the filters hold evidence.

    Args:
        index: of the space.
        names: of the question, each as the terms that it may have.
        words: what the question's words say of every message.
        meaning: what its vector says.
        wanted: (n,): the messages that pass the filters.
    """
    count = int(wanted.sum())
    if count == 0:
        return Support(-1.0, "no message passes the filters") if len(index) else NOTHING_SAID
    known = occur(index, names)
    unknown = 1 - sum(known) / len(known) if known else 0.0
    needed = EVIDENCE_OF_ONE + EVIDENCE_PER_TENFOLD * log10(count) + UNKNOWN_NAMES * unknown
    best = float((words.coverage + np.maximum(meaning.cosine, 0.0))[wanted].max())
    than = f"{best:.2f}, and {needed:.2f} counts as evidence among {count:,} messages"
    why = ", since the question has names that nobody said" if unknown else ""
    return Support(best - needed, f"the best message fits the question by {than}{why}")
