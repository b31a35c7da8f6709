"""A made-up result of the benchmark of scale."""

from satchel.bench.growth_step import Latency
from satchel.bench.scale import Scale, Spaces
from satchel.bench.scale_clients import Together
from satchel.bench.scale_filling import Mark
from satchel.bench.scale_store import BySize, Figures
from satchel.bench.stages import Profile, StageTime

from .growths import grown


def scaled() -> Scale:
    """Return a result of the benchmark of scale for two stores."""
    return Scale(
        format=1,
        benchmark="scale",
        provenance=grown()["provenance"],
        source="locomo10.json",
        sha256="abc",
        embedder="hash/1",
        tagger=None,
        settings={"batch": 200, "first round": 1602},
        content_per_message=147.2,
        groups=[Spaces(messages=10_000, spaces=1), Spaces(messages=1_000, spaces=10)],
        stores=[
            _figures("SQLite 3.40", cold=8.0, warm=1.5, data=1500.0),
            _figures("PostgreSQL 18", cold=30.0, warm=2.5, data=1700.0),
        ],
    )


def _figures(store: str, *, cold: float, warm: float, data: float) -> Figures:
    search = Together(clients=1, per_second=400.0, search=_latency(warm), errors=0)
    return Figures(
        store=store,
        marks=[
            Mark(messages=10_000, spaces=6, added_per_second=2000.0, data_per_message=data + 100, process=300_000_000),
            Mark(messages=20_000, spaces=11, added_per_second=1800.0, data_per_message=data, process=400_000_000),
        ],
        sizes=[
            _by_size(1_000, cold=cold, warm=warm),
            _by_size(10_000, cold=10 * cold, warm=5 * warm),
        ],
        data_per_message=data,
        vacuum_seconds=1.5,
        process=500_000_000,
        index=100_000_000,
        alone=search,
        clients={**search, "clients": 8, "per_second": 700.0},
        erased=1_000,
        erase=_latency(90.0),
        load=0.5,
    )


def _by_size(messages: int, *, cold: float, warm: float) -> BySize:
    stages = [StageTime(stage="dense arm", share=1.0, ms=warm)]
    return BySize(
        messages=messages,
        spaces=1,
        cold=_latency(cold),
        warm=_latency(warm),
        profile=Profile(median_ms=warm, stages=stages, busiest=[], missing=[]),
    )


def _latency(p50: float) -> Latency:
    return Latency(p50_ms=p50, p95_ms=2 * p50, p99_ms=3 * p50, calls=20)
