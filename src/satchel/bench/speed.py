"""Speed and size on real talk: one space with many messages, many small spaces, and new processes.

Times are medians within one run. "Cold" means that nothing of the store is in this process; the operating system
may still have its files in memory.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from satchel.bench import large_space, many_spaces
from satchel.bench.adding import Pace
from satchel.bench.large_space import Sizes
from satchel.bench.machine import Provenance, provenance
from satchel.bench.processes import FirstSearch, ImportTime, import_time
from satchel.bench.results import FORMAT, sha256
from satchel.bench.stages import Profile
from satchel.bench.stopwatch import Timing
from satchel.bench.workload import workload
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder

_IMPORTS = 7


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    messages: int
    spaces: int
    questions: int
    pairs: int
    """How often adding is compared with embedding alone."""


FULL = Scale(messages=10_000, spaces=1_000, questions=100, pairs=20)
QUICK = Scale(messages=1_000, spaces=50, questions=20, pairs=5)


class LargeResult(TypedDict):
    """One space with many messages."""

    timings: Mapping[str, Timing]
    paces: Mapping[str, Pace]
    sizes: Sizes
    process: FirstSearch
    profiles: Mapping[str, Profile]


class ManyResult(TypedDict):
    """Many spaces."""

    timings: Mapping[str, Timing]
    data_per_message: float
    keys_per_space: float


class Speed(TypedDict):
    """The result of the benchmark of speed."""

    format: int
    benchmark: str
    provenance: Provenance
    source: str
    sha256: str | None
    settings: Mapping[str, int]
    embedder: str
    large: LargeResult
    many: ManyResult
    importing: ImportTime


def measure(path: Path | None, scale: Scale, *, embedder: Embedder | None = None) -> Speed:
    """Measure speed.

    Args:
        path: LoCoMo's file; without one the demo's conversation is used.
        scale: how much is measured.
        embedder: another embedding model than the bundled one, which new processes use in any case.
    """
    model = embedder or SearchEncoder()
    model.embed(["loads the model"])
    needed = scale.messages + large_space.spare(scale.pairs)
    work = workload(path, messages=needed, questions=scale.questions)
    with TemporaryDirectory(prefix="satchel-bench-") as directory:
        large = large_space.measure(Path(directory), work, model, messages=scale.messages, pairs=scale.pairs)
    with TemporaryDirectory(prefix="satchel-bench-") as directory:
        many = many_spaces.measure(Path(directory), work, model, spaces=scale.spaces)
    return Speed(
        format=FORMAT,
        benchmark="speed",
        provenance=provenance(),
        source=work.source,
        sha256=None if path is None else sha256(path),
        settings=asdict(scale),
        embedder=model.name,
        large=LargeResult(
            timings=large.timings,
            paces=large.paces,
            sizes=large.sizes,
            process=large.process,
            profiles=large.profiles,
        ),
        many=ManyResult(
            timings=many.timings, data_per_message=many.data_per_message, keys_per_space=many.keys_per_space
        ),
        importing=import_time(_IMPORTS),
    )


def read_speed(path: Path) -> Speed:
    """Read a result file of this benchmark."""
    return cast(Speed, json.loads(path.read_text(encoding="utf-8")))
