"""The comparison: every system on the same conversations in one run, one after another."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench.dataset import Dataset
from satchel.bench.fields import read_text
from satchel.bench.machine import Provenance, machine, provenance
from satchel.bench.minilm import MiniLM
from satchel.bench.peers.environment import Say, prepare
from satchel.bench.peers.exchange import Request, Response, Talk
from satchel.bench.peers.measures import BUDGET, figures
from satchel.bench.peers.port import Said
from satchel.bench.peers.running import run
from satchel.bench.peers.systems import System
from satchel.bench.results import Data, sha256
from satchel.bench.stopwatch import Timing, summary
from satchel.errors import SatchelError

FORMAT = 1
LIMIT = 50
DEEP = 200
"""Hits asked for to fill a context: more than fit in."""


class Row(TypedDict):
    """One system's figures."""

    name: str
    title: str
    versions: Mapping[str, str]
    figures: Mapping[str, float]
    timings: Mapping[str, Timing]
    """`add`, `search`, and `own_add`, `own_search`: the same calls with the embedding model's answers remembered."""
    bytes_per_message: float | None
    """On disk; None where nothing is kept there."""
    load: float
    """Processes that wanted to run, over the minute before the system was done."""
    notes: Sequence[str]
    warnings: Sequence[str]
    """What the system or its packages said while it ran."""


class Comparison(TypedDict):
    """The result."""

    format: int
    benchmark: str
    provenance: Provenance
    data: Data
    settings: Mapping[str, object]
    rows: Sequence[Row]
    failures: Mapping[str, str]
    """Systems that did not come to an end, by title, and why."""


def measure(
    dataset: Dataset, systems: Sequence[System], *, directory: Path, say: Say, keep: Callable[[Comparison], None]
) -> Comparison:
    """Run systems, of which the first is Satchel, and return the figures.

    Args:
        dataset: the conversations and questions.
        systems: what is compared; a peer that fails is named in the result.
        directory: the folder with the peers' environments, which are made where they are missing.
        say: takes a line about what happens now.
        keep: takes the result so far after each system, since all of them take long.
    """
    rows: list[Row] = []
    failures: dict[str, str] = {}
    for system in systems:
        try:
            rows.append(_row(system, dataset, directory, say))
        except SatchelError as error:
            if system.installed:
                raise
            say(str(error))
            failures[system.title] = str(error)
        keep(_comparison(dataset, rows, failures))
    return _comparison(dataset, rows, failures)


def read(path: Path) -> Comparison:
    """Read a result file of this benchmark."""
    return cast(Comparison, json.loads(read_text(path)))


def request(system: System, dataset: Dataset) -> Request:
    """Return what a system is asked to do."""
    return Request(
        adapter=system.adapter,
        packages=system.packages,
        limit=LIMIT,
        deep=DEEP,
        budget=BUDGET,
        talks=[
            Talk(
                id=one.id,
                turns=[
                    Said(turn.id, turn.text, turn.speaker or turn.role, turn.session, turn.at) for turn in one.turns
                ],
                questions=[question.text for question in one.questions],
            )
            for one in dataset.conversations
        ],
    )


def row(system: System, dataset: Dataset, response: Response, *, load: float) -> Row:
    """Return a system's figures from its response."""
    times = response.times
    measured = {"add": times.add, "search": times.search, "own_add": times.own_add, "own_search": times.own_search}
    return Row(
        name=system.name,
        title=system.title,
        versions=response.versions,
        figures=figures(dataset.conversations, response),
        timings={name: summary(one) for name, one in measured.items()},
        bytes_per_message=round(response.bytes / dataset.turns, 1) if response.bytes else None,
        load=load,
        notes=list(system.notes),
        warnings=response.warnings,
    )


def _row(system: System, dataset: Dataset, directory: Path, say: Say) -> Row:
    python = prepare(system, directory, say)
    say(f"{system.title}: running")
    response = run(system, python, request(system, dataset))
    return row(system, dataset, response, load=machine()["load"])


def _comparison(dataset: Dataset, rows: Sequence[Row], failures: Mapping[str, str]) -> Comparison:
    return Comparison(
        format=FORMAT,
        benchmark="peers",
        provenance=provenance(),
        data=_data(dataset),
        settings={"embedder": MiniLM.name, "search limit": LIMIT, "tokens": BUDGET},
        rows=list(rows),
        failures=dict(failures),
    )


def _data(dataset: Dataset) -> Data:
    return Data(
        file=dataset.path.name,
        sha256=sha256(dataset.path),
        conversations=len(dataset.conversations),
        turns=dataset.turns,
        questions=dataset.questions,
        left_out=dataset.left_out,
    )
