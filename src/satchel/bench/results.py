"""Result files: what a run measured, with where it was measured. Tables are made from them alone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench.dataset import Dataset
from satchel.bench.machine import Provenance, provenance
from satchel.bench.retrieval import BUDGETS, DEPTH, Run
from satchel.bench.scores import Row, rows
from satchel.bench.stopwatch import Timing
from satchel.errors import InvalidInput

FORMAT = 1


class Data(TypedDict):
    """The file that was measured with."""

    file: str
    sha256: str
    conversations: int
    turns: int
    questions: int
    left_out: Mapping[str, int]


class Quality(TypedDict):
    """The result of a benchmark of retrieval."""

    format: int
    benchmark: str
    provenance: Provenance
    data: Data
    settings: Mapping[str, object]
    rows: Sequence[Row]
    timings: Mapping[str, Timing]
    degraded: Mapping[str, int]


def quality(dataset: Dataset, run: Run, *, embedder: str) -> Quality:
    """Return the result of a run."""
    return Quality(
        format=FORMAT,
        benchmark=dataset.name,
        provenance=provenance(),
        data=Data(
            file=dataset.path.name,
            sha256=sha256(dataset.path),
            conversations=len(dataset.conversations),
            turns=dataset.turns,
            questions=dataset.questions,
            left_out=dataset.left_out,
        ),
        settings={
            "embedder": embedder,
            "search limit": DEPTH,
            "budgets": list(BUDGETS),
            "categories": list(dataset.categories),
        },
        rows=rows(run.outcomes),
        timings={
            "add, one turn": run.adds.timing,
            f"search, limit {DEPTH}": run.searches.timing,
            "context, without the query's embedding": run.contexts.timing,
        },
        degraded=run.degraded,
    )


def sha256(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, result: Mapping[str, object]) -> None:
    """Write a result file."""
    write_text(path, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a result file or a page, and the folder that it is in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written ({error.strerror}); choose another file for the result") from None


def read_quality(path: Path) -> Quality:
    """Read the result file of a benchmark of retrieval that `write` wrote."""
    return cast(Quality, json.loads(path.read_text(encoding="utf-8")))
