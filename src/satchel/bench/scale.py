"""A store of many spaces at scale: a million messages in 3,600 spaces, on SQLite and on PostgreSQL.

The messages are not read by the tagger, which would take half an hour for a million of them, and most of their vectors
are stand-ins; both as in the benchmark of growth.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench.growth_vectors import MOVED_BY, SEED, StandIn
from satchel.bench.machine import Provenance, provenance
from satchel.bench.results import FORMAT, sha256
from satchel.bench.scale_places import Lent
from satchel.bench.scale_plan import Plan
from satchel.bench.scale_store import Figures, Measuring
from satchel.bench.workload import endless
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder

TEXT_BYTES = 150
_QUESTIONS = 100


class Spaces(TypedDict):
    """The spaces of one size."""

    messages: int
    spaces: int


class Scale(TypedDict):
    """The result of the benchmark of scale."""

    format: int
    benchmark: str
    provenance: Provenance
    source: str
    sha256: str | None
    embedder: str
    tagger: None
    """Messages are not read by the model that finds claims."""
    settings: Mapping[str, float]
    content_per_message: float
    """Bytes of the words alone, in UTF-8."""
    groups: Sequence[Spaces]
    """The largest spaces first."""
    stores: Sequence[Figures]


def measure(
    path: Path | None,
    plan: Plan,
    stores: Sequence[Lent],
    *,
    embedder: Embedder | None = None,
    questions: int = _QUESTIONS,
    keep: Callable[[Scale], None] = lambda _: None,
) -> Scale:
    """Measure stores, one after the other, each filled by the same plan with the same messages.

    Args:
        path: LoCoMo's file; without one the demo's conversation is used.
        plan: what spaces there are and how they are searched.
        stores: what is measured.
        embedder: another embedding model than the bundled one.
        questions: how many different ones are asked.
        keep: takes the result so far after each store, so that a run that is broken off is not lost.
    """
    model = embedder or SearchEncoder()
    work = endless(path, questions=questions, text_bytes=TEXT_BYTES)
    vectors = StandIn(model, work.first)
    result = Scale(
        format=FORMAT,
        benchmark="scale",
        provenance=provenance(),
        source=work.source,
        sha256=None if path is None else sha256(path),
        embedder=model.name,
        tagger=None,
        settings={"batch": plan.batch, "questions": len(work.questions), "first round": len(work.first)}
        | {"noise": MOVED_BY, "seed": SEED},
        content_per_message=round(sum(len(turn.text.encode()) for turn in work.first) / len(work.first), 1),
        groups=[Spaces(messages=group.size, spaces=group.spaces) for group in plan.groups],
        stores=[],
    )
    for store in stores:
        with store() as place:
            again = endless(path, questions=questions, text_bytes=TEXT_BYTES)
            figures = Measuring(place, plan, again, vectors).run()
        result["stores"] = [*result["stores"], figures]
        keep(result)
    return result


def read(path: Path) -> Scale:
    """Read a result file of this benchmark."""
    return cast(Scale, json.loads(path.read_text(encoding="utf-8")))
