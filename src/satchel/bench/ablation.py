"""What each signal of ranking brings: the same questions, ranked without it."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

import numpy as np

import satchel
from satchel.bench.dataset import Conversation, Dataset
from satchel.bench.fields import read_text
from satchel.bench.inside import index_of, without_tagger
from satchel.bench.machine import Provenance, provenance
from satchel.bench.tables import Table
from satchel.bench.workload import message
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder
from satchel.retrieve.query import Filter
from satchel.retrieve.rank import WEIGHTS, Weights, rank
from satchel.understanding import meant, query_of

FORMAT = 1
DEPTHS = (5, 10, 20)
_ZONE = ZoneInfo("UTC")


class Row(TypedDict):
    """Weights of the evidence among the first hits, by depth."""

    without: str
    recall: dict[str, float]


class Ablation(TypedDict):
    """The result: the whole first, then without each signal."""

    format: int
    benchmark: str
    provenance: Provenance
    source: str
    questions: int
    rows: list[Row]


def measure(path: Path, dataset: Dataset, *, embedder: Embedder | None = None) -> Ablation:
    """Rank every question with all signals, and without each."""
    model = embedder or SearchEncoder()
    variants = {"nothing": WEIGHTS} | {one.name: replace(WEIGHTS, **{one.name: 0.0}) for one in fields(Weights)}
    found: dict[str, list[list[float]]] = {name: [] for name in variants}
    for conversation in dataset.conversations:
        with TemporaryDirectory(prefix="satchel-bench-") as directory:
            _ask(Path(directory), conversation, model, variants, found)
    return Ablation(
        format=FORMAT,
        benchmark="ablation",
        provenance=provenance(),
        source=path.name,
        questions=len(found["nothing"]),
        rows=[Row(without=name, recall=_means(rows)) for name, rows in found.items()],
    )


def read(path: Path) -> Ablation:
    """Read a result file of this benchmark."""
    return cast(Ablation, json.loads(read_text(path)))


def tables(result: Ablation) -> list[Table]:
    """Return the tables of a result."""
    rows = [
        [one["without"].replace("_", " "), *(f"{100 * one['recall'][str(depth)]:.1f}" for depth in DEPTHS)]
        for one in result["rows"]
    ]
    return [Table("Evidence among the first k messages without a signal (%)", ("without", *map(str, DEPTHS)), rows)]


def _means(rows: list[list[float]]) -> dict[str, float]:
    return {str(depth): round(mean(row[at] for row in rows), 4) for at, depth in enumerate(DEPTHS)}


def _ask(
    directory: Path,
    conversation: Conversation,
    model: Embedder,
    variants: dict[str, Weights],
    found: dict[str, list[list[float]]],
) -> None:
    with satchel.open(directory, embedder=model) as memory:
        space = without_tagger(memory).space("conversation")
        added = space.add([{**message(turn), "id": turn.id} for turn in conversation.turns])
        ids = dict(zip((turn.id for turn in conversation.turns), added.message_ids, strict=True))
        index = index_of(space)
        for question in conversation.questions:
            gold = index.places_of(ids[one] for one in question.gold)
            asked = meant(question.text, model)
            query = query_of(asked, index, Filter(), at=question.asked_at or datetime.now(UTC), zone=_ZONE)
            for name, weights in variants.items():
                places = rank(index, query, limit=max(DEPTHS), weights=weights).messages
                found[name].append([float(np.isin(gold, places[:depth]).mean()) for depth in DEPTHS])
