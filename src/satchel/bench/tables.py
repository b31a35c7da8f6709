"""Tables made from result files alone, for the terminal and for Markdown."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from satchel.bench.machine import Provenance
from satchel.bench.results import Quality
from satchel.bench.scores import Row
from satchel.bench.stopwatch import Timing

_WIDE = 200


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of the columns, and rows of text; all columns but the first hold numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def quality_tables(result: Quality) -> list[Table]:
    """Return the tables of a benchmark of retrieval."""
    rows = result["rows"]
    found = [
        _figures("Evidence among the first k hits (%)", rows, _columns(("recall", "any", "all")), _percent),
        _figures("Evidence inside a context of n tokens (%)", rows, _INSIDE, _percent),
        _figures("Sessions with evidence among the first k hits (%)", rows, _columns(_BY_SESSION), _percent),
        _figures("Tokens of context, and tokens saved against the whole history (%)", rows[-1:], _TOKENS, _amount),
        _kept(rows[-1]),
        timing_table("Time per call (ms)", result["timings"]),
    ]
    return [
        *found,
        *_notes("Degraded", result["degraded"]),
        *_notes("Left out of the file", result["data"]["left_out"]),
    ]


def timing_table(title: str, timings: Mapping[str, Timing]) -> Table:
    """Return the table of measured times."""
    rows = [
        [name, f"{one['median_ms']:.2f}", f"{one['p95_ms']:.2f}", f"{one['calls']:,}"] for name, one in timings.items()
    ]
    return Table(title, ("call", "median", "p95", "calls"), rows)


def provenance_line(provenance: Provenance) -> str:
    """Return where the figures were made, in one line."""
    machine = provenance["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in provenance["versions"].items())
    return (
        f"{provenance['date']}, commit {provenance['commit'] or 'unknown'}, {machine['cpu']}, "
        f"{machine['logical_cores']} cores, {machine['memory_bytes'] / 2**30:.1f} GiB, {machine['platform']}, "
        f"{machine['python']}, SQLite {machine['sqlite']}, load {machine['load']}; {versions}"
    )


def data_line(result: Quality) -> str:
    """Return what was measured with, in one line."""
    data = result["data"]
    settings = ", ".join(f"{name} {value}" for name, value in result["settings"].items())
    return (
        f"{data['file']} (SHA-256 {data['sha256']}): {data['conversations']} conversations, {data['turns']:,} turns, "
        f"{data['questions']:,} questions; {settings}"
    )


def show(lines: Sequence[str], tables: Sequence[Table]) -> None:
    """Print lines and tables; in plain characters and without wrapping where the output is no terminal."""
    from rich.box import ASCII, SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(markup=False, highlight=False, emoji=False, width=None if terminal else _WIDE)
    for line in lines:
        console.print(Text(line), soft_wrap=True)
    for table in tables:
        console.print(Text(f"\n{table.title}", style="bold"), soft_wrap=True)
        drawn = Drawn(box=SIMPLE_HEAD if terminal else ASCII)
        for number, column in enumerate(table.columns):
            drawn.add_column(Text(column), justify="right" if number else "left")
        for row in table.rows:
            drawn.add_row(*map(Text, row))
        console.print(drawn)


def markdown(table: Table) -> str:
    """Return a table in Markdown under its title."""
    heads = [_cell(column) for column in table.columns]
    rules = ["---", *["---:"] * (len(heads) - 1)]
    lines = [heads, rules, *([_cell(text) for text in row] for row in table.rows)]
    return f"**{table.title}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


_BY_SESSION = ("session recall", "session any", "session all")
_INSIDE = tuple((f"{kind}{n:,}", f"{key} {n}") for kind, key in (("≤ ", "inside"), ("whole ≤ ", "whole inside"))
                for n in (500, 1000, 2000, 4000))  # fmt: skip
_TOKENS = (
    ("whole history", "history tokens"),
    *((f"context ≤ {n:,}", f"tokens {n}") for n in (500, 1000, 2000, 4000)),
    *((f"saved at {n:,}", f"saved {n}") for n in (500, 1000, 2000, 4000)),
)


def _columns(kinds: Sequence[str]) -> Sequence[tuple[str, str]]:
    depths = [(f"{kind.removeprefix('session ')}@{k}", f"{kind}@{k}") for kind in kinds for k in (5, 10, 20, 50)]
    return depths if "recall" not in kinds else [*depths, ("NDCG@10", "ndcg@10"), ("unsupported", "unsupported")]


def _figures(
    title: str, rows: Sequence[Row], columns: Sequence[tuple[str, str]], shown: Callable[[str, float], str]
) -> Table:
    heads = ("category", "questions", *(head for head, _ in columns))
    lines = [
        [row["category"], f"{row['questions']:,}", *(shown(name, row["figures"][name]) for _, name in columns)]
        for row in rows
    ]
    return Table(title, heads, lines)


def _kept(row: Row) -> Table:
    """Return how few tokens keep most of what the context of `_MEASURED` tokens has, between two measured budgets."""
    inside = [(budget, row["figures"][f"inside {budget}"]) for budget in (500, 1000, 2000, 4000)]
    wanted = _SHARE_KEPT * dict(inside)[_MEASURED]
    tokens = tokens_for(wanted, inside)
    share = tokens / row["figures"]["history tokens"] if row["figures"]["history tokens"] else 0.0
    title = f"Tokens that keep {_SHARE_KEPT:.0%} of the evidence in {_MEASURED:,} (interpolated)"
    return Table(title, ("category", "evidence (%)", "tokens", "of the history (%)"),
                 [[row["category"], _percent("", wanted), f"{tokens:,.0f}", _percent("", share)]])  # fmt: skip


def tokens_for(wanted: float, inside: Sequence[tuple[int, float]]) -> float:
    """Return the tokens at which so much evidence is inside, on the line between the two budgets around it.

    Args:
        wanted: a share of the evidence.
        inside: budgets, ascending, and the share inside each; below the first one the line goes to nothing at 0.
    """
    before, had = 0, 0.0
    for budget, has in inside:
        if has >= wanted and has > had:
            return before + (budget - before) * max(wanted - had, 0.0) / (has - had)
        before, had = budget, has
    return float(before)


_SHARE_KEPT = 0.9
_MEASURED = 2000


def _percent(_: str, value: float) -> str:
    return f"{100 * value:.1f}"


def _amount(name: str, value: float) -> str:
    return _percent(name, value) if name.startswith("saved") else f"{value:,.0f}"


def _notes(title: str, counts: Mapping[str, int]) -> list[Table]:
    rows = [[reason, f"{count:,}"] for reason, count in counts.items()]
    return [Table(title, ("what", "times"), rows)] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
