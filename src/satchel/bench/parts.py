"""The parts of a page with figures: run where there are data, and said to be missing where there are none."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from satchel.bench import results
from satchel.bench.sources import HOW
from satchel.bench.tables import Table, markdown


def run(file: Path, data: Path | None, measure: Callable[[Path], Mapping[str, object]]) -> None:
    """Run a benchmark and write its result file, where its data are there."""
    if data is None:
        sys.stderr.write(f"{file.stem}: skipped, its data are not here; {HOW}\n")
    else:
        results.write(file, measure(data))


def part(file: Path, data: Path | None, shown: Callable[[Path], Sequence[str]]) -> Sequence[str]:
    """Return a part's text; one that was not measured now is said to be so, and no older figures stand in for it."""
    return shown(file) if data is not None and file.exists() else [f"Not measured: the data were not there ({HOW})."]


def shown(lines: Sequence[str], tables: Sequence[Table]) -> Sequence[str]:
    """Return paragraphs: lines, then tables in Markdown."""
    return [*lines, *map(markdown, tables)]
