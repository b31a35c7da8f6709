"""Measures of retrieval, as pure functions of what was found and what should have been.

`ranked` holds for each hit, best first, the ids that it cites; `gold` the ids that answer the question. A hit that
cites several counts for all of them, so derived records are measured by the same yardstick as messages.
"""

from collections.abc import Sequence
from math import ceil, log2

Ranked = Sequence[frozenset[str]]


def found(ranked: Ranked, gold: frozenset[str], k: int) -> frozenset[str]:
    """Return the gold ids that the first k hits cite."""
    return gold & frozenset[str]().union(*ranked[:k])


def recall(ranked: Ranked, gold: frozenset[str], k: int) -> float:
    """Return the share of the gold ids that the first k hits cite."""
    return len(found(ranked, gold, k)) / len(gold)


def any_found(ranked: Ranked, gold: frozenset[str], k: int) -> float:
    """Return 1 when the first k hits cite a gold id, else 0 (also called hit rate or success at k)."""
    return float(bool(found(ranked, gold, k)))


def all_found(ranked: Ranked, gold: frozenset[str], k: int) -> float:
    """Return 1 when the first k hits cite every gold id, else 0."""
    return float(len(found(ranked, gold, k)) == len(gold))


def ndcg(ranked: Ranked, gold: frozenset[str], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first k hits.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with the discount
    1 / log2(rank + 1). The gain of a hit is 1 when it cites a gold id that no hit before it cites, else 0; the ideal
    order has one gold id in each of its first places.
    """
    gained, seen = 0.0, frozenset[str]()
    for rank, cited in enumerate(ranked[:k], 1):
        fresh = (cited & gold) - seen
        gained += _discount(rank) if fresh else 0.0
        seen |= fresh
    return gained / sum(_discount(rank) for rank in range(1, min(len(gold), k) + 1))


def mean(values: Sequence[float]) -> float:
    """Return the mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share (0..1) of the values does not exceed (nearest rank)."""
    if not values:
        return 0.0
    return sorted(values)[max(ceil(share * len(values)), 1) - 1]


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)
