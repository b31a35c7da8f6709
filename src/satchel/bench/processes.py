"""What only a new process shows: how long an import takes, and the very first search with nothing loaded."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypedDict

from satchel.errors import StoreUnavailable

_TIMEOUT_SECONDS = 120
_NOTHING = "pass"
_IMPORT = "import satchel"
_FIRST_SEARCH = """
import json, sys
from time import perf_counter
started = perf_counter()
import satchel
imported = perf_counter()
memory = satchel.open(sys.argv[1])
opened = perf_counter()
hits = memory.space(sys.argv[2]).search(sys.argv[3])
done = perf_counter()
print(json.dumps([imported - started, opened - imported, done - opened, len(hits)]))
"""


class FirstSearch(TypedDict):
    """The first search of a new process, in milliseconds; medians."""

    interpreter_ms: float
    """The process's start and end: all that is not counted below."""
    import_ms: float
    open_ms: float
    search_ms: float
    """The model's load, the index's load and the search."""
    total_ms: float
    processes: int


class ImportTime(TypedDict):
    """`import satchel`, in milliseconds; medians of whole processes."""

    interpreter_ms: float
    with_import_ms: float
    import_ms: float
    """The difference of the two."""
    processes: int


def import_time(processes: int) -> ImportTime:
    """Return how long `import satchel` takes, without the interpreter's own start."""
    pairs = [(_wall_ms(_NOTHING), _wall_ms(_IMPORT)) for _ in range(processes)]
    bare, imported = median(bare for bare, _ in pairs), median(imported for _, imported in pairs)
    return ImportTime(
        interpreter_ms=round(bare, 1),
        with_import_ms=round(imported, 1),
        import_ms=round(imported - bare, 1),
        processes=processes,
    )


def first_search(directory: Path, space: str, query: str, *, processes: int) -> FirstSearch:
    """Return how long the first search of a new process on this store takes."""
    found: list[tuple[float, ...]] = []
    for _ in range(processes):
        started = perf_counter()
        output = _run(_FIRST_SEARCH, str(directory), space, query)
        total = (perf_counter() - started) * 1e3
        imported, opened, searched = (1e3 * float(seconds) for seconds in json.loads(output)[:3])
        found.append((total - imported - opened - searched, imported, opened, searched, total))
    interpreter, imported, opened, searched, total = (round(median(one), 1) for one in zip(*found, strict=True))
    return FirstSearch(
        interpreter_ms=interpreter,
        import_ms=imported,
        open_ms=opened,
        search_ms=searched,
        total_ms=total,
        processes=processes,
    )


def _wall_ms(code: str) -> float:
    started = perf_counter()
    _run(code)
    return (perf_counter() - started) * 1e3


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)  # noqa: S603
    if done.returncode != 0:
        raise StoreUnavailable(f"a process that was to be measured failed: {done.stderr.strip()[-500:]}")
    return done.stdout
