"""How fast messages are added, against how fast the models alone read the same texts.

All are timed one right after the other and in alternating order, so that what else the machine does meets all alike;
the ratios are medians. Two models read each message: the embedder, and the tagger that finds claims in it. (It reads
the message before with it, but the turns of a session in LoCoMo share one time, so that none is known to come before.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypedDict

from satchel.bench.dataset import Turn
from satchel.bench.workload import embedded_text, message
from satchel.models.embedding import Embedder
from satchel.space import Space
from satchel.tagged import Tagger


class Pace(TypedDict):
    """Messages a second; medians of calls."""

    batch: int
    added_per_second: float
    embedded_per_second: float
    """By the embedding model alone, on the same texts."""
    tagged_per_second: float
    """By the tagger alone, on the same texts."""
    share: float
    """Added against embedded; 1 would mean that everything but the embedding model takes no time."""
    share_of_models: float
    """Added against both models alone; 1 would mean that everything but the two takes no time."""
    pairs: int
    add_ms: float
    """The median time of a call of `add`."""


def batches(turns: Sequence[Turn], size: int) -> list[Sequence[Turn]]:
    """Return the turns in batches of `size`; the last one may be smaller."""
    return [turns[start : start + size] for start in range(0, len(turns), size)]


def add(space: Space, turns: Sequence[Turn]) -> None:
    """Add turns in one call."""
    space.add([message(turn) for turn in turns])


@dataclass(frozen=True, slots=True)
class Models:
    """The models that read every message."""

    embedder: Embedder
    tagger: Tagger


def pace(space: Space, given: Sequence[Sequence[Turn]], models: Models) -> Pace:
    """Add batches of one size, each also read by the models alone, and return how fast each was."""
    timed = [_timed(space, turns, models, add_first=bool(number % 2)) for number, turns in enumerate(given)]
    size = len(given[0])
    return Pace(
        batch=size,
        added_per_second=round(size / median(one.added for one in timed), 1),
        embedded_per_second=round(size / median(one.embedded for one in timed), 1),
        tagged_per_second=round(size / median(one.tagged for one in timed), 1),
        share=round(median(one.embedded / one.added for one in timed), 3),
        share_of_models=round(median((one.embedded + one.tagged) / one.added for one in timed), 3),
        pairs=len(timed),
        add_ms=round(1e3 * median(one.added for one in timed), 3),
    )


@dataclass(frozen=True, slots=True)
class _Timed:
    """Seconds."""

    added: float
    embedded: float
    tagged: float


def _timed(space: Space, turns: Sequence[Turn], models: Models, *, add_first: bool) -> _Timed:
    texts = [embedded_text(turn) for turn in turns]
    read = [(turn.text, None) for turn in turns]
    added = _seconds(lambda: add(space, turns)) if add_first else 0.0
    embedded = _seconds(lambda: models.embedder.embed(texts))
    tagged = _seconds(lambda: models.tagger.tag(read))
    return _Timed(added or _seconds(lambda: add(space, turns)), embedded, tagged)


def _seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started
