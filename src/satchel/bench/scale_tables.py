"""The tables of the benchmark of scale, and what they say in words; all from a result file."""

from collections.abc import Sequence

from satchel.bench.growth_step import Latency
from satchel.bench.scale import Scale
from satchel.bench.scale_store import Figures
from satchel.bench.scale_targets import targets_table
from satchel.bench.tables import Table, provenance_line

_MEGABYTE = 1e6


def scale_tables(result: Scale) -> list[Table]:
    """Return the tables of a result."""
    stores = result["stores"]
    return [
        _searches(stores),
        _growth(stores),
        _whole(stores),
        _clients(stores),
        targets_table(result),
        _stages(stores),
    ]


def scale_lines(result: Scale) -> list[str]:
    """Return what was measured with, and where."""
    digest = f" (SHA-256 {result['sha256']})" if result["sha256"] else ""
    settings = ", ".join(f"{name} {value:,}" for name, value in result["settings"].items())
    source = f"{result['source']}{digest}; embedder {result['embedder']}, no tagger; {settings}"
    return [source, provenance_line(result["provenance"])]


def scale_text(result: Scale) -> str:
    """Return what the figures say, and what they do not, in one paragraph."""
    spaces = sum(group["spaces"] for group in result["groups"])
    messages = sum(group["spaces"] * group["messages"] for group in result["groups"])
    sizes = ", ".join(f"{group['spaces']:,} of {group['messages']:,}" for group in result["groups"])
    return (
        f"A store has {messages:,} messages of {result['content_per_message']:,.0f} bytes on average in {spaces:,} "
        f"spaces: {sizes}. {' '.join(map(_told, result['stores']))} Cold is the first search in a space with a fresh "
        f"memory object, while the operating system has the store in its cache; the query's vector is at hand in all "
        f"searches. The {result['settings']['first round']:,} messages of the first round have the embedding model's "
        f"vectors, the others stand-ins made from those with seeded noise. No message was read by the tagger. "
        f"{_busy(result)}"
    )


def _told(one: Figures) -> str:
    small, large = one["sizes"][0], one["sizes"][-1]
    first, last = one["marks"][0], one["marks"][-1]
    return (
        f"On {one['store']} the median search takes {_ms(small['warm'])} ms warm and {_ms(small['cold'])} ms cold in a "
        f"space of {small['messages']:,}, {_ms(large['warm'])} ms and {_ms(large['cold'])} ms in one of "
        f"{large['messages']:,}; {one['clients']['clients']} clients at once have "
        f"{one['clients']['per_second']:,.0f} searches a second, with {one['clients']['errors']:,} errors; "
        f"{first['added_per_second']:,.0f} messages a second are added at first and {last['added_per_second']:,.0f} at "
        f"last, without the models' time; erasing a space of {one['erased']:,} takes {_ms(one['erase'])} ms, and a "
        f"message {one['data_per_message']:,.0f} bytes on disk."
    )


def _busy(result: Scale) -> str:
    """Return how much else the machine did: times of a machine with more load than cores are not its own."""
    load = max((one["load"] for one in result["stores"]), default=0.0)
    return f"The machine's load was at most {load:.1f} on {result['provenance']['machine']['logical_cores']} cores."


def _searches(stores: Sequence[Figures]) -> Table:
    rows = [
        [
            store["store"],
            f"{one['messages']:,}",
            f"{one['spaces']:,}",
            *_percentiles(one["warm"]),
            *_percentiles(one["cold"]),
        ]
        for store in stores
        for one in store["sizes"]
    ]
    heads = [f"{kind} {share}" for kind in ("warm", "cold") for share in ("p50", "p95", "p99", "calls")]
    title = "Search without the query's embedding (ms), by the messages in the space"
    return Table(title, ("store", "messages", "spaces", *heads), rows)


def _growth(stores: Sequence[Figures]) -> Table:
    rows = [
        [
            store["store"],
            f"{mark['messages']:,}",
            f"{mark['spaces']:,}",
            f"{mark['added_per_second']:,.0f}",
            f"{mark['data_per_message']:,.0f}",
            f"{mark['process'] / _MEGABYTE:,.0f}",
        ]
        for store in stores
        for mark in store["marks"]
    ]
    columns = (
        "store",
        "messages",
        "spaces",
        "added per second, without the models",
        "data on disk, per message (bytes)",
        "memory of the process (MB)",
    )
    return Table("Filling the store", columns, rows)


def _whole(stores: Sequence[Figures]) -> Table:
    rows = [
        [
            one["store"],
            f"{one['data_per_message']:,.0f}",
            f"{one['vacuum_seconds']:,.1f}",
            f"{one['erased']:,}",
            *_percentiles(one["erase"]),
            f"{one['process'] / _MEGABYTE:,.0f}",
            f"{one['index'] / _MEGABYTE:,.0f}",
            f"{one['load']:.2f}",
        ]
        for one in stores
    ]
    columns = (
        "store",
        "data on disk after vacuum, per message (bytes)",
        "vacuum (s)",
        "messages in an erased space",
        *(f"erase {share} (ms)" for share in ("p50", "p95", "p99")),
        "erased spaces",
        "memory of the process after the searches (MB)",
        "indexes in it (MB)",
        "load of the machine",
    )
    return Table("The filled store", columns, rows)


def _clients(stores: Sequence[Figures]) -> Table:
    rows = [
        [
            store["store"],
            f"{one['clients']}",
            f"{one['per_second']:,.0f}",
            *_percentiles(one["search"]),
            f"{one['errors']:,}",
        ]
        for store in stores
        for one in (store["alone"], store["clients"])
    ]
    columns = ("store", "clients", "searches per second", "p50 (ms)", "p95 (ms)", "p99 (ms)", "searches", "errors")
    return Table(
        "Clients at once: threads of one process that search in spaces of all sizes, warm and cold", columns, rows
    )


def _stages(stores: Sequence[Figures]) -> Table:
    columns = [(f"{store['store']}, {one['messages']:,}", one["profile"]) for store in stores for one in store["sizes"]]
    times = [{stage["stage"]: stage["ms"] for stage in profile["stages"]} for _, profile in columns]
    rows = [[name, *(f"{one[name]:.2f}" for one in times)] for name in (times[0] if times else ())]
    title = "Where the time of a warm search goes (ms), by store and messages in the space"
    return Table(title, ("stage", *(head for head, _ in columns)), rows)


def _percentiles(one: Latency) -> list[str]:
    return [*(f"{one[key]:,.2f}" for key in ("p50_ms", "p95_ms", "p99_ms")), f"{one['calls']:,}"]


def _ms(one: Latency) -> str:
    return f"{one['p50_ms']:,.1f}"
