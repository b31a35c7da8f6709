"""What the figures of scale are to be at most: by store, and by the messages in a space where it depends on them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from satchel.bench.scale import Scale
from satchel.bench.scale_store import BySize, Figures
from satchel.bench.tables import Table

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Search:
    """A target of searches in spaces of one size."""

    what: str
    messages: int
    most: float
    figure: Callable[[BySize], float]
    stores: Sequence[str] = (SQLITE, POSTGRES)


@dataclass(frozen=True, slots=True)
class Whole:
    """A target of a whole store."""

    what: str
    most: float
    unit: str
    figure: Callable[[Figures], float]


def _warm(one: BySize) -> float:
    return one["warm"]["p50_ms"]


def _cold(one: BySize) -> float:
    return one["cold"]["p50_ms"]


SEARCHES = (
    Search("warm search, p50", 200, 2, _warm),
    Search("warm search, p50", 1_000, 2, _warm),
    Search("warm search, p50", 10_000, 12, _warm),
    Search("cold search, p50", 1_000, 10, _cold, (SQLITE,)),
    Search("cold search, p50", 10_000, 60, _cold, (SQLITE,)),
    Search("cold search, p50", 1_000, 20, _cold, (POSTGRES,)),
    Search("cold search, p50", 10_000, 100, _cold, (POSTGRES,)),
)
WHOLE = (
    Whole("erasing a space of 1,000, p50", 100, "ms", lambda one: one["erase"]["p50_ms"]),
    Whole("data on disk, per message", 1_600, "bytes", lambda one: one["data_per_message"]),
)


def targets_table(result: Scale) -> Table:
    """Return what was asked beside what was measured; a target of a size that was not measured is left out."""
    rows = [row for store in result["stores"] for row in (*_searches(store), *_whole(store))]
    return Table("Targets", ("store", "what", "messages in the space", "at most", "measured", "met"), rows)


def _searches(store: Figures) -> Iterator[list[str]]:
    for target in SEARCHES:
        for one in store["sizes"]:
            if one["messages"] == target.messages and store["store"].startswith(tuple(target.stores)):
                compared = _compared(target.figure(one), target.most, "ms")
                yield [store["store"], target.what, f"{target.messages:,}", *compared]


def _whole(store: Figures) -> Iterator[list[str]]:
    for target in WHOLE:
        yield [store["store"], target.what, "", *_compared(target.figure(store), target.most, target.unit)]


def _compared(found: float, most: float, unit: str) -> list[str]:
    return [f"{most:,g} {unit}", f"{found:,.1f} {unit}", "yes" if found <= most else "no"]
