"""The comparison's tables, made from its result file alone."""

from collections.abc import Sequence

from satchel.bench.peers.comparison import Comparison, Row
from satchel.bench.peers.measures import COMPOSED, DEPTHS, INSIDE
from satchel.bench.tables import Table

_CALLS = ("add", "search", "own_add", "own_search")
_NONE = "-"


def lines(result: Comparison) -> list[str]:
    """Return what was compared with, in one line."""
    data = result["data"]
    settings = ", ".join(f"{name} {value}" for name, value in result["settings"].items())
    return [
        f"{data['file']} (SHA-256 {data['sha256']}): {data['conversations']} conversations, {data['turns']:,} turns, "
        f"{data['questions']:,} questions; the same for every system: {settings}"
    ]


def tables(result: Comparison) -> list[Table]:
    """Return the tables of a result."""
    return [_evidence(result["rows"]), _times(result["rows"]), _rest(result["rows"]), _notes(result)]


def _evidence(rows: Sequence[Row]) -> Table:
    columns = ("system", *(f"recall@{k}" for k in DEPTHS), "hits ≤ 2,000 tokens", "own context ≤ 2,000 tokens")
    names = (*(f"recall@{k}" for k in DEPTHS), INSIDE, COMPOSED)
    found = [[row["title"], *(_percent(row["figures"].get(name)) for name in names)] for row in rows]
    return Table("Evidence found, by system (%)", columns, found)


def _times(rows: Sequence[Row]) -> Table:
    columns = ("system", *(head for name in ("add", "search", "add, own", "search, own") for head in (name, "ratio")))
    cells = [[row["title"], *(text for call in _CALLS for text in _timed(row, rows[0], call))] for row in rows]
    title = "Median time per call (ms), and its ratio to Satchel's; own: without the embedding model's time"
    return Table(title, columns, cells)


def _timed(row: Row, first: Row, call: str) -> tuple[str, str]:
    own, reference = row["timings"][call]["median_ms"], first["timings"][call]["median_ms"]
    return f"{own:.2f}", f"{own / reference:.2f}" if reference else _NONE


def _rest(rows: Sequence[Row]) -> Table:
    cells = [
        [
            row["title"],
            _NONE if row["bytes_per_message"] is None else f"{row['bytes_per_message']:,.0f}",
            f"{row['load']:.1f}",
            ", ".join(f"{name} {version}" for name, version in row["versions"].items()),
        ]
        for row in rows
    ]
    return Table("Bytes on disk per message, and versions", ("system", "bytes", "load", "versions"), cells)


def _notes(result: Comparison) -> Table:
    said = [[row["title"], note] for row in result["rows"] for note in row["notes"]]
    warned = [[row["title"], f"said: {warning}"] for row in result["rows"] for warning in row["warnings"]]
    failed = [[title, f"failed: {why}"] for title, why in result["failures"].items()]
    return Table("How each was run", ("system", "note"), [*said, *warned, *failed])


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"
