"""The tables of the benchmark of growth, and what they say in words; all from a result file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from satchel.bench.growth import Growth
from satchel.bench.growth_step import Latency, Step
from satchel.bench.tables import Table, provenance_line


@dataclass(frozen=True, slots=True)
class Target:
    """What one figure of one size is to be at most; of no size, of each."""

    what: str
    messages: int | None
    most: float
    unit: str
    figure: Callable[[Step], float]


TARGETS = (
    Target("search, p50", 10_000, 15, "ms", lambda step: step["search"]["p50_ms"]),
    Target("search without the query's embedding, p50", 10_000, 6, "ms", lambda step: step["search_ready"]["p50_ms"]),
    Target("search, p95", 100_000, 60, "ms", lambda step: step["search"]["p95_ms"]),
    Target("index in memory, per message", None, 8 << 10, "bytes", lambda step: step["index_per_message"]),
)


def growth_tables(result: Growth) -> list[Table]:
    """Return the tables of a result."""
    steps = result["steps"]
    return [
        _searches("Warm search (ms)", steps, lambda step: step["search"]),
        _searches("Warm search without the query's embedding (ms)", steps, lambda step: step["search_ready"]),
        _costs(result),
        _targets(steps),
        _stages(steps),
    ]


def growth_lines(result: Growth) -> list[str]:
    """Return what was measured with, and where."""
    digest = f" (SHA-256 {result['sha256']})" if result["sha256"] else ""
    settings = ", ".join(f"{name} {value:,}" for name, value in result["settings"].items())
    source = f"{result['source']}{digest}; embedder {result['embedder']}, no tagger; {settings}"
    return [source, provenance_line(result["provenance"])]


def growth_text(result: Growth) -> str:
    """Return what the figures say, and what they do not, in one paragraph."""
    steps = result["steps"]
    first, last = steps[0], steps[-1]
    return (
        f"One space grows from {first['messages']:,} to {last['messages']:,} messages. Its median search, warm and "
        f"without the query's embedding, takes {_ms(first['search_ready'])} ms at the smallest size and "
        f"{_ms(last['search_ready'])} ms at the largest; with it {_ms(first['search'])} ms and {_ms(last['search'])} "
        f"ms. The first search in a store that was just opened takes "
        f"{_ms(first['cold'])} ms and {_ms(last['cold'])} ms, a context of {result['settings']['budget']:,} tokens "
        f"{_ms(first['context'])} ms and {_ms(last['context'])} ms. At the largest size a message takes "
        f"{last['index_per_message']:,.0f} bytes of memory and {last['data_per_message']:,.0f} bytes on disk, and "
        f"{last['added_per_second']:,.0f} messages a second were added on the way there, the models' time not counted. "
        f"{_made_up(result)} {_busy(result)}"
    )


def _made_up(result: Growth) -> str:
    last, first_round = result["steps"][-1], result["settings"]["first round"]
    stand_ins = (
        f"The first {first_round:,} messages have the embedding model's vectors; the other {last['stand_ins']:,} have "
        f"stand-ins, made from those with seeded noise. "
        if last["stand_ins"]
        else "All messages have the embedding model's vectors. "
    )
    return f"{stand_ins}No message was read by the tagger, so the space holds few facts; [Speed](#speed) has them."


def _busy(result: Growth) -> str:
    """Return how much else the machine did: times of a machine with more load than cores are not its own."""
    load, cores = max(step["load"] for step in result["steps"]), result["provenance"]["machine"]["logical_cores"]
    others = "" if load <= cores else "; other programs took part of it, so the times are longer than they need be"
    return f"The machine's load was at most {load:.1f} on {cores} cores{others}."


def _searches(title: str, steps: Sequence[Step], chosen: Callable[[Step], Latency]) -> Table:
    rows = [
        [f"{step['messages']:,}", *(f"{one[key]:.2f}" for key in ("p50_ms", "p95_ms", "p99_ms")), f"{one['calls']:,}"]
        for step in steps
        for one in (chosen(step),)
    ]
    return Table(title, ("messages", "p50", "p95", "p99", "calls"), rows)


def _costs(result: Growth) -> Table:
    rows = [
        [
            f"{step['messages']:,}",
            _ms(step["cold"]),
            _ms(step["context"]),
            f"{step['index_per_message']:,.0f}",
            f"{step['data_per_message']:,.0f}",
            f"{step['added_per_second']:,.0f}",
            f"{step['stand_ins']:,}",
            f"{step['load']:.2f}",
        ]
        for step in result["steps"]
    ]
    columns = (
        "messages",
        "cold first search, p50 (ms)",
        f"context of {result['settings']['budget']:,} tokens, p50 (ms)",
        "index in memory, per message (bytes)",
        "data on disk, per message (bytes)",
        "added per second, without the models",
        "messages with stand-in vectors",
        "load of the machine",
    )
    return Table("Cost by the number of messages in the space", columns, rows)


def _targets(steps: Sequence[Step]) -> Table:
    rows = [
        [one.what, f"{step['messages']:,}", f"{one.most:,g} {one.unit}", f"{found:,.1f} {one.unit}", _met(found, one)]
        for one in TARGETS
        for step in steps
        if one.messages in (None, step["messages"])
        for found in (one.figure(step),)
    ]
    return Table("Targets", ("what", "messages", "at most", "measured", "met"), rows)


def _met(found: float, target: Target) -> str:
    return "yes" if found <= target.most else "no"


def _stages(steps: Sequence[Step]) -> Table:
    names = [one["stage"] for one in steps[0]["profile"]["stages"]]
    times = [{one["stage"]: one["ms"] for one in step["profile"]["stages"]} for step in steps]
    rows = [[name, *(f"{one[name]:.2f}" for one in times)] for name in names]
    heads = ("stage", *(f"{step['messages']:,}" for step in steps))
    return Table("Where the time of a search without the query's embedding goes (ms), by messages", heads, rows)


def _ms(one: Latency) -> str:
    return f"{one['p50_ms']:,.1f}"
