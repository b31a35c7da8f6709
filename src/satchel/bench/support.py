"""Whether it is known when there is no evidence: questions of a conversation put to its own space and to another's."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

import satchel
from satchel.bench.dataset import Conversation, Dataset
from satchel.bench.fields import read_text
from satchel.bench.inside import without_tagger
from satchel.bench.machine import Provenance, provenance
from satchel.bench.tables import Table
from satchel.bench.workload import message
from satchel.models.encoder import SearchEncoder
from satchel.space import Space

FORMAT = 1


class Support(TypedDict):
    """Shares are of 1."""

    format: int
    benchmark: str
    provenance: Provenance
    source: str
    own: int
    others: int
    auroc: float
    """The chance that a question has more support in its own space than one from elsewhere (ties count half)."""
    refused: float
    """Of the questions put to their own space, those that it says it has no evidence for."""
    believed: float
    """Of the questions of another conversation, those that it says it has evidence for."""


@dataclass(frozen=True, slots=True)
class _Found:
    own: list[float]
    others: list[float]


def measure(path: Path, dataset: Dataset) -> Support:
    """Put each conversation's questions to its space and to the space of the conversation before it."""
    found = _Found([], [])
    conversations = [one for one in dataset.conversations if one.questions]
    for before, own in pairwise([conversations[-1], *conversations]):
        with TemporaryDirectory(prefix="satchel-bench-") as directory, satchel.open(directory) as memory:
            space = without_tagger(memory).space("conversation")
            space.add([message(turn) for turn in own.turns])
            found.own.extend(_asked(space, own))
            found.others.extend(_asked(space, before))
    return Support(
        format=FORMAT,
        benchmark="support",
        provenance=provenance(),
        source=f"{path.name}, {len(conversations)} conversations, embedder {SearchEncoder.name}",
        own=len(found.own),
        others=len(found.others),
        auroc=round(auroc(found.own, found.others), 4),
        refused=round(sum(one < 0 for one in found.own) / len(found.own), 4),
        believed=round(sum(one >= 0 for one in found.others) / len(found.others), 4),
    )


def read(path: Path) -> Support:
    """Read a result file of this benchmark."""
    return cast(Support, json.loads(read_text(path)))


def tables(result: Support) -> list[Table]:
    """Return the tables of a result."""
    rows = [
        ["area under the ROC curve", f"{100 * result['auroc']:.1f}"],
        [f"refused, of {result['own']:,} questions to their own space", f"{100 * result['refused']:.1f}"],
        [f"believed, of {result['others']:,} questions to another's", f"{100 * result['believed']:.1f}"],
    ]
    return [Table("Knowing when there is no evidence", ("what", "%"), rows)]


def auroc(own: Sequence[float], others: Sequence[float]) -> float:
    """Return the area under the ROC curve: Mann and Whitney's U over the number of pairs."""
    wins = sum((one > other) + (one == other) / 2 for one in own for other in others)
    return wins / (len(own) * len(others))


def _asked(space: Space, conversation: Conversation) -> list[float]:
    return [space.search(question.text, limit=1).support for question in conversation.questions]
