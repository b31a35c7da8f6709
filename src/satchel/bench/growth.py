"""How cost grows with the number of messages in one space: time, memory and disk, at five sizes.

One store grows from size to size and is measured at each. Messages are added without the tagger, which would read a
million of them in half an hour; the facts in the space are those that patterns find.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

import satchel
from satchel.bench.adding import add
from satchel.bench.growth_step import BATCH, BUDGET, Growing, Step
from satchel.bench.growth_vectors import MOVED_BY, SEED, StandIn
from satchel.bench.inside import without_tagger
from satchel.bench.machine import Provenance, provenance
from satchel.bench.results import FORMAT, sha256
from satchel.bench.workload import Workload, workload
from satchel.errors import InvalidInput
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
_QUESTIONS = 100
_TRIED = 50


class Growth(TypedDict):
    """The result of the benchmark of growth."""

    format: int
    benchmark: str
    provenance: Provenance
    source: str
    sha256: str | None
    embedder: str
    tagger: None
    """Messages are not read by the model that finds claims."""
    settings: dict[str, float]
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Source:
    """What a space is filled with."""

    name: str
    path: Path | None
    embedder: str
    questions: int
    first_round: int


def measure(
    path: Path | None,
    *,
    largest: int,
    embedder: Embedder | None = None,
    questions: int = _QUESTIONS,
    keep: Callable[[Growth], None] = lambda _: None,
) -> Growth:
    """Measure a space at each size up to the largest.

    Args:
        path: LoCoMo's file; without one the demo's conversation is used.
        largest: the last size.
        embedder: another embedding model than the bundled one.
        questions: how many are asked at each size.
        keep: takes the result so far after each size, so that a run that is broken off is not lost.
    """
    stops = sizes(largest)
    model = embedder or SearchEncoder()
    work = workload(path, messages=largest, questions=questions)
    first = first_round(work)
    source = Source(work.source, path, model.name, len(work.questions), first)
    steps: list[Step] = []
    with TemporaryDirectory(prefix="satchel-bench-") as directory:
        _warm_up(work, model)
        growing = Growing(Path(directory), work, StandIn(model, work.turns[:first]), first)
        for start, stop in zip((0, *stops), stops, strict=False):
            steps.append(growing.grow(start=start, stop=stop))
            keep(_result(source, steps))
    return _result(source, steps)


def _result(source: Source, steps: Sequence[Step]) -> Growth:
    return Growth(
        format=FORMAT,
        benchmark="growth",
        provenance=provenance(),
        source=source.name,
        sha256=None if source.path is None else sha256(source.path),
        embedder=source.embedder,
        tagger=None,
        settings={"budget": BUDGET, "batch": BATCH, "questions": source.questions, "first round": source.first_round}
        | {"noise": MOVED_BY, "seed": SEED},
        steps=list(steps),
    )


def sizes(largest: int) -> list[int]:
    """Return the sizes up to the largest one, itself included.

    Raises:
        InvalidInput: it is less than the smallest.
    """
    if largest < SIZES[0]:
        raise InvalidInput(f"the largest size is {largest}; it must be at least {SIZES[0]}")
    return [*(size for size in SIZES if size < largest), largest]


def first_round(work: Workload) -> int:
    """Return how many messages of a workload were said as they stand; the others repeat them with other names."""
    return sum(turn.id.startswith("0 ") for turn in work.turns)


def read(path: Path) -> Growth:
    """Read a result file of this benchmark."""
    return cast(Growth, json.loads(path.read_text(encoding="utf-8")))


def _warm_up(work: Workload, model: Embedder) -> None:
    """Load what is loaded once, in a store that is thrown away, so that the smallest size does not pay for it."""
    with without_tagger(satchel.open(":memory:", embedder=model)) as memory:
        add(memory.space("tried"), work.turns[:_TRIED])
        memory.space("tried").context(work.questions[0], budget=BUDGET)
