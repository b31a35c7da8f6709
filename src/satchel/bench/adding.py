"""How fast messages are added, against how fast the embedding model alone embeds the same texts.

Both are timed in pairs, one right after the other and in alternating order, so that what else the machine does meets
both alike; the ratio is the median of the pairs' ratios.
"""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import TypedDict

from satchel.bench.dataset import Turn
from satchel.bench.workload import embedded_text, message
from satchel.models.embedding import Embedder
from satchel.space import Space


class Pace(TypedDict):
    """Messages a second; medians of calls."""

    batch: int
    added_per_second: float
    embedded_per_second: float
    """By the model alone, on the same texts."""
    share: float
    """Added against embedded; 1 would mean that everything but the model takes no time."""
    pairs: int
    add_ms: float
    """The median time of a call of `add`."""


def batches(turns: Sequence[Turn], size: int) -> list[Sequence[Turn]]:
    """Return the turns in batches of `size`; the last one may be smaller."""
    return [turns[start : start + size] for start in range(0, len(turns), size)]


def add(space: Space, turns: Sequence[Turn]) -> None:
    """Add turns in one call."""
    space.add([message(turn) for turn in turns])


def pace(space: Space, given: Sequence[Sequence[Turn]], model: Embedder) -> Pace:
    """Add batches of one size, each also embedded by the model alone, and return how fast both were."""
    pairs = [_pair(space, turns, model, add_first=bool(number % 2)) for number, turns in enumerate(given)]
    size = len(given[0])
    return Pace(
        batch=size,
        added_per_second=round(size / median(added for added, _ in pairs), 1),
        embedded_per_second=round(size / median(embedded for _, embedded in pairs), 1),
        share=round(median(embedded / added for added, embedded in pairs), 3),
        pairs=len(pairs),
        add_ms=round(1e3 * median(added for added, _ in pairs), 3),
    )


def _pair(space: Space, turns: Sequence[Turn], model: Embedder, *, add_first: bool) -> tuple[float, float]:
    texts = [embedded_text(turn) for turn in turns]
    if add_first:
        added = _seconds(lambda: add(space, turns))
        return added, _seconds(lambda: model.embed(texts))
    embedded = _seconds(lambda: model.embed(texts))
    return _seconds(lambda: add(space, turns)), embedded


def _seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started
