"""A made-up result of the benchmark of growth."""

from satchel.bench.growth import Growth
from satchel.bench.growth_step import Latency, Step
from satchel.bench.machine import Machine, Provenance
from satchel.bench.stages import Profile, StageTime


def grown() -> Growth:
    """Return a result of the benchmark of growth at two sizes."""
    machine = Machine(
        cpu="a processor",
        cores=2,
        logical_cores=2,
        memory_bytes=2**34,
        platform="Linux",
        python="CPython 3.11",
        sqlite="3.40",
        load=0.5,
    )
    return Growth(
        format=1,
        benchmark="growth",
        provenance=Provenance(date="2026-01-01T00:00:00Z", machine=machine, versions={"satchel": "0"}, commit="c0ffee"),
        source="locomo10.json",
        sha256="abc",
        embedder="hash/1",
        tagger=None,
        settings={"budget": 1500, "first round": 2760},
        steps=[
            grown_step(messages=100, search=6.0, ready=1.0, cold=11.0, index=2000, dense=0.1),
            grown_step(messages=10_000, search=12.5, ready=5.0, cold=80.0, index=9000, dense=2.0),
        ],
    )


def grown_step(*, messages: int, search: float, ready: float, cold: float, index: float, dense: float) -> Step:
    """Return one size of it."""
    stages = [
        StageTime(stage="dense arm", share=0.5, ms=dense),
        StageTime(stage="everything else", share=0.5, ms=dense),
    ]
    return Step(
        messages=messages,
        stand_ins=max(messages - 2760, 0),
        search=Latency(p50_ms=search, p95_ms=20.0, p99_ms=30.0, calls=300),
        search_ready=Latency(p50_ms=ready, p95_ms=20.0, p99_ms=30.0, calls=300),
        cold=Latency(p50_ms=cold, p95_ms=cold, p99_ms=cold, calls=5),
        context=Latency(p50_ms=20.0, p95_ms=20.0, p99_ms=20.0, calls=100),
        index_per_message=index,
        data_per_message=2800.0,
        added_per_second=1500.0,
        profile=Profile(median_ms=ready, stages=stages, busiest=[], missing=[]),
        load=0.5,
    )
