"""The tables of the benchmark of speed."""

from collections.abc import Mapping, Sequence

from satchel.bench.adding import Pace
from satchel.bench.processes import FirstSearch, ImportTime
from satchel.bench.speed import Speed
from satchel.bench.stages import Profile, StageTime
from satchel.bench.tables import Table, timing_table


def speed_tables(result: Speed) -> list[Table]:
    """Return the tables of a result."""
    large, many, scale = result["large"], result["many"], result["settings"]
    return [
        timing_table(f"One space of {scale['messages']:,} messages: time per call (ms)", large["timings"]),
        _paces(large["paces"]),
        _process(large["process"]),
        _importing(result["importing"]),
        timing_table(f"One of {scale['spaces']:,} spaces: time per call (ms)", many["timings"]),
        _sizes(result),
        *(table for name, one in large["profiles"].items() for table in _profile(name, one)),
    ]


def source_line(result: Speed) -> str:
    """Return what was measured with, in one line."""
    digest = f" (SHA-256 {result['sha256']})" if result["sha256"] else ""
    settings = ", ".join(f"{name} {value:,}" for name, value in result["settings"].items())
    return f"{result['source']}{digest}; embedder {result['embedder']}; {settings}"


def _paces(paces: Mapping[str, Pace]) -> Table:
    rows = [
        [
            name,
            f"{one['add_ms']:.2f}",
            f"{one['added_per_second']:,.1f}",
            f"{one['embedded_per_second']:,.1f}",
            f"{one['tagged_per_second']:,.1f}",
            f"{100 * one['share']:.1f}",
            f"{100 * one['share_of_models']:.1f}",
            f"{one['pairs']:,}",
        ]
        for name, one in paces.items()
    ]
    columns = (
        "adding",
        "ms a call",
        "messages/s",
        "embedder alone",
        "tagger alone",
        "share of the embedder's speed (%)",
        "share of both models' (%)",
        "pairs",
    )
    return Table("Adding, against each of the two models alone on the same texts", columns, rows)


def _process(one: FirstSearch) -> Table:
    rows = [
        ["start and end of the process", f"{one['interpreter_ms']:.1f}"],
        ["import satchel", f"{one['import_ms']:.1f}"],
        ["open the store", f"{one['open_ms']:.1f}"],
        ["first search, with the loads of model and index", f"{one['search_ms']:.1f}"],
        ["whole process", f"{one['total_ms']:.1f}"],
    ]
    return Table(f"First search of a new process (ms, median of {one['processes']})", ("part", "ms"), rows)


def _importing(one: ImportTime) -> Table:
    rows = [
        ["bare interpreter", f"{one['interpreter_ms']:.1f}"],
        ["with import satchel", f"{one['with_import_ms']:.1f}"],
        ["difference", f"{one['import_ms']:.1f}"],
    ]
    return Table(f"import satchel (ms, median of {one['processes']} processes)", ("process", "ms"), rows)


def _sizes(result: Speed) -> Table:
    sizes, many = result["large"]["sizes"], result["many"]
    rows = [
        ["words of a message (UTF-8)", f"{sizes['content_per_message']:,.1f}"],
        ["data file, per message", f"{sizes['data_per_message']:,.1f}"],
        ["index in memory, per message", f"{sizes['index_per_message']:,.1f}"],
        ["index in memory, all", f"{sizes['index']:,}"],
        ["key files of the store with one space", f"{sizes['keys']:,}"],
        ["data file with many spaces, per message", f"{many['data_per_message']:,.1f}"],
        ["key files with many spaces, per space", f"{many['keys_per_space']:,.1f}"],
    ]
    return Table("Sizes (bytes)", ("what", "bytes"), rows)


def _profile(name: str, profile: Profile) -> list[Table]:
    missing = f"; not seen: {', '.join(profile['missing'])}" if profile["missing"] else ""
    title = f"Where the time of one call goes: {name} (median {profile['median_ms']:.2f} ms{missing})"
    busiest = f"Functions with most time of their own: {name}"
    return [_stages(title, "stage", profile["stages"]), _stages(busiest, "function", profile["busiest"])]


def _stages(title: str, head: str, stages: Sequence[StageTime]) -> Table:
    rows = [[one["stage"], f"{one['ms']:.3f}", f"{100 * one['share']:.1f}"] for one in stages]
    return Table(title, (head, "ms", "share (%)"), rows)
