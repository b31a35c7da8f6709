"""Where the benchmarks' data are: nothing of them is in the package."""

import os
from dataclasses import dataclass
from pathlib import Path

from satchel.bench.machine import ROOT
from satchel.errors import InvalidInput

VARIABLE = "SATCHEL_BENCH_DATA"
HOW = f"set {VARIABLE} to the folder with locomo/, longmemeval/, truth/, claims/, facts/ and temporal/"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files and folders that were found; None for one that was not."""

    locomo: Path | None
    longmemeval: Path | None
    truth: Path | None = None
    claims: Path | None = None
    facts: Path | None = None
    temporal: Path | None = None


def find(folder: Path | None = None) -> Sources:
    """Look in `folder`, else in the one that SATCHEL_BENCH_DATA names, else in `../shared/data` of the project.

    Raises:
        InvalidInput: the folder that was named is not there.
    """
    named = folder or (Path(given) if (given := os.environ.get(VARIABLE)) else None)
    if named is not None and not named.is_dir():
        raise InvalidInput(f"{named} is no folder; {HOW}")
    data = named or ROOT.parent / "shared" / "data"
    return Sources(
        locomo=_first(data / "locomo", ("locomo10.json", "locomo_dev.json")),
        longmemeval=_first(data / "longmemeval", ("longmemeval_evidence_dev.jsonl",)),
        truth=_first(data / "truth", ("dev.jsonl",)),
        claims=_folder(data / "claims", "*.jsonl"),
        facts=_folder(data / "facts", "contradiction.jsonl"),
        temporal=_folder(data / "temporal", "DateParser.json"),
    )


def _first(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _folder(folder: Path, wanted: str) -> Path | None:
    return folder if any(folder.glob(wanted)) else None
