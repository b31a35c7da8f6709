"""Speed of one space among many, as a service with many users has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import satchel
from satchel.bench.adding import add
from satchel.bench.embedders import Remembering
from satchel.bench.large_space import disk_bytes
from satchel.bench.stopwatch import Stopwatch, Timing
from satchel.bench.workload import Workload, embedded_text
from satchel.models.embedding import Embedder

MESSAGES = 20
_TEXTS = 1_000
_ASKED = 100


@dataclass(frozen=True, slots=True)
class ManySpaces:
    """What was measured of them."""

    timings: Mapping[str, Timing]
    data_per_message: float
    keys_per_space: float


def measure(directory: Path, work: Workload, model: Embedder, *, spaces: int) -> ManySpaces:
    """Fill many spaces with 20 messages each in a new store, and search in some of them.

    The spaces share a thousand texts, whose vectors are made once: the model's speed is measured elsewhere.
    """
    embedder = Remembering(model)
    texts = work.turns[:_TEXTS]
    embedder.remember([embedded_text(turn) for turn in texts])
    embedder.remember(work.questions)
    filling, opening, cold, warm = Stopwatch(), Stopwatch(), Stopwatch(), Stopwatch()
    turns = cycle(texts)
    with satchel.open(directory, embedder=embedder) as memory:
        for number in range(spaces):
            given = list(islice(turns, MESSAGES))
            filling.time(lambda number=number, given=given: add(memory.space(str(number)), given))
    data, keys = disk_bytes(directory)
    asked = list(zip(range(0, spaces, max(spaces // _ASKED, 1)), cycle(work.questions), strict=False))
    with opening.time(lambda: satchel.open(directory, embedder=embedder)) as memory:
        for watch in (cold, warm):
            for number, question in asked:
                watch.time(lambda number=number, question=question: memory.space(str(number)).search(question))
    return ManySpaces(
        timings={
            f"add {MESSAGES} messages to a new space, without their embedding": filling.timing,
            "open the store": opening.timing,
            "search, cold: first in its space, without the query's embedding": cold.timing,
            "search, warm, without the query's embedding": warm.timing,
        },
        data_per_message=round(data / (spaces * MESSAGES), 1),
        keys_per_space=round(keys / spaces, 1),
    )
