"""The lines of the plots: which figures of which result files they join."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from satchel.bench import growth, results, scale
from satchel.bench.growth import Growth
from satchel.bench.growth_step import Step
from satchel.bench.peers import comparison
from satchel.bench.retrieval import BUDGETS
from satchel.bench.scale_filling import Mark
from satchel.bench.scale_store import Figures

_MEGABYTE = 1e6
_MEASURED: Mapping[str, str] = {"locomo.json": "LoCoMo", "longmemeval.json": "LongMemEval"}


@dataclass(frozen=True, slots=True)
class Line:
    """Points, and what they are of."""

    label: str
    points: Sequence[tuple[float, float]]
    compared: bool = False
    """Whether it is of the comparison of systems, in which all have the same embedding model."""


def inside(made: Path) -> list[Line]:
    """Return the percentage of the evidence that is inside contexts of so many tokens."""
    return [line for found in _SOURCES for line in found(made)]


def latencies(made: Path) -> list[Line]:
    """Return the milliseconds of calls by the messages in the space, the slowest first."""
    result = _growth(made)
    if result is None:
        return []
    return [
        _by_size(result, "first search of an opened store", lambda step: step["cold"]["p50_ms"]),
        _by_size(result, f"context of {result['settings']['budget']:,} tokens", lambda step: step["context"]["p50_ms"]),
        _by_size(result, "search", lambda step: step["search"]["p50_ms"]),
        _by_size(result, "search without the query's embedding", lambda step: step["search_ready"]["p50_ms"]),
    ]


def memories(made: Path) -> list[Line]:
    """Return the megabytes of data and index by the messages in the space, the larger first."""
    result = _growth(made)
    if result is None:
        return []
    return [
        _by_size(result, "data on disk", lambda step: step["data_per_message"] * step["messages"] / _MEGABYTE),
        _by_size(result, "index in memory", lambda step: step["index_per_message"] * step["messages"] / _MEGABYTE),
    ]


def searches_at_scale(made: Path) -> list[Line]:
    """Return the milliseconds of searches by the messages in the space, of each store of many spaces."""
    return [
        Line(f"{one['store']}, {kind}", [(size["messages"], size[kind]["p50_ms"]) for size in one["sizes"]])
        for one in _stores(made)
        for kind in ("cold", "warm")
    ]


def disk_at_scale(made: Path) -> list[Line]:
    """Return the megabytes on disk by the messages in the store, of each store of many spaces."""
    return [
        _by_mark(one, lambda mark: mark["data_per_message"] * mark["messages"] / _MEGABYTE) for one in _stores(made)
    ]


def paces_at_scale(made: Path) -> list[Line]:
    """Return the messages added a second by the messages in the store, of each store of many spaces."""
    return [_by_mark(one, lambda mark: mark["added_per_second"]) for one in _stores(made)]


def _own(made: Path) -> list[Line]:
    """Return Satchel's lines, one for each benchmark that was run."""
    return [
        Line(label, _inside(results.read_quality(made / name)["rows"][-1]["figures"]))
        for name, label in _MEASURED.items()
        if (made / name).exists()
    ]


def _compared(made: Path) -> list[Line]:
    """Return the points of the systems that were compared on LoCoMo, Satchel among them."""
    file = made / "peers.json"
    rows = comparison.read(file)["rows"] if file.exists() else ()
    found = [(row["title"], _inside(row["figures"])) for row in rows]
    return [Line(f"{title}, compared on LoCoMo", points, compared=True) for title, points in found if points]


def _inside(figures: Mapping[str, float]) -> list[tuple[float, float]]:
    return [(budget, 100 * figures[name]) for budget in BUDGETS if (name := f"inside {budget}") in figures]


_SOURCES: Sequence[Callable[[Path], list[Line]]] = (_own, _compared)
"""What the lines of evidence are read from."""


def _growth(made: Path) -> Growth | None:
    return growth.read(made / "growth.json") if (made / "growth.json").exists() else None


def _by_size(result: Growth, label: str, figure: Callable[[Step], float]) -> Line:
    return Line(label, [(step["messages"], figure(step)) for step in result["steps"]])


def _stores(made: Path) -> Sequence[Figures]:
    return scale.read(made / "scale.json")["stores"] if (made / "scale.json").exists() else ()


def _by_mark(store: Figures, figure: Callable[[Mark], float]) -> Line:
    return Line(store["store"], [(mark["messages"], figure(mark)) for mark in store["marks"]])
