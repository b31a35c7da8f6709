"""The tables of the benchmark of facts, and its failures in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from satchel.bench.dialogues import Outcome
from satchel.bench.entity_names import Names, NameScore
from satchel.bench.facts import Facts
from satchel.bench.memories import Memories, MemoryScore
from satchel.bench.tables import Table

_HEADS = (
    "questions",
    "among the first 5 %",
    "or a fact from it %",
    "old value alone %",
    "not below the old value %",
    "known as a fact %",
)


def files_line(result: Facts) -> str:
    """Return what was measured with, in one line."""
    files = ", ".join(f"{name} (SHA-256 {digest[:12]}…)" for name, digest in result["data"].items())
    return f"{files}; embedder {result['embedder']}"


def facts_tables(result: Facts) -> list[Table]:
    """Return the tables of a result."""
    tables: list[Table] = []
    asked = _asked(result)
    if asked:
        rows = [[name, *_shares(outcomes)] for name, outcomes in asked.items()]
        tables += [Table("Dialogues in which a value changes or is buried", ("file", *_HEADS), rows), _why(asked)]
    if result["entities"] is not None:
        tables.append(_names(result["entities"]))
    if result["memories"] is not None:
        tables.append(_memories(result["memories"]))
    return tables


def failures(result: Facts) -> Iterator[str]:
    """Yield each dialogue that fails, with what was wanted and why it did not come."""
    for name, outcomes in _asked(result).items():
        for one in outcomes:
            if one["reasons"]:
                yield f"{name} {one['id']}: {one['question']} expected {one['wanted']}: {', '.join(one['reasons'])}"


def _asked(result: Facts) -> Mapping[str, Sequence[Outcome]]:
    found = {} if result["contradiction"] is None else {"contradiction": result["contradiction"]}
    return found | {f"coherence, {lag} turns later": one for lag, one in (result["coherence"] or {}).items()}


def _shares(outcomes: Sequence[Outcome]) -> list[str]:
    counts = (sum(one[key] for one in outcomes) for key in ("found", "told", "stale", "ahead", "known"))
    return [f"{len(outcomes):,}", *(_percent(count, len(outcomes)) for count in counts)]


def _why(asked: Mapping[str, Sequence[Outcome]]) -> Table:
    counts = {name: Counter(reason for one in found for reason in one["reasons"]) for name, found in asked.items()}
    reasons = dict.fromkeys(reason for one in counts.values() for reason in one)
    rows = [[reason, *(f"{one[reason]:,}" for one in counts.values())] for reason in reasons]
    return Table("Why dialogues fail", ("reason", *counts), rows)


def _names(result: Names) -> Table:
    heads = ("type", "labelled", "found", "recall %", "recall with type %", "precision %", "precision with type %")
    rows = [[kind, *_name_row(one, typed=True)] for kind, one in result["types"].items()]
    return Table(f"Names in {result['texts']} texts", heads, [*rows, ["all", *_name_row(result["total"], typed=False)]])


def _name_row(score: NameScore, *, typed: bool) -> list[str]:
    """Return a row; of one type, the precision without regard to type would mean nothing."""
    return [
        f"{score['expected']:,}",
        f"{score['found']:,}",
        _percent(score["right"], score["expected"]),
        _percent(score["right_type"], score["expected"]),
        "" if typed else _percent(score["right"], score["found"]),
        _percent(score["right_type"], score["found"]),
    ]


def _memories(result: Memories) -> Table:
    title = f"Labelled memories in {result['texts']} texts, {result['without_claims']} of them without any claim"
    every = list(result["types"].values())
    total = MemoryScore(
        memories=sum(one["memories"] for one in every),
        covered=sum(one["covered"] for one in every),
        touched=sum(one["touched"] for one in every),
    )
    rows = [[kind, *_memory_row(one)] for kind, one in {**result["types"], "all": total}.items()]
    heads = ("type", "memories", "half its words in one claim or fact", "%", "in all of them together", "%")
    return Table(title, heads, rows)


def _memory_row(score: MemoryScore) -> list[str]:
    every = score["memories"]
    covered, touched = score["covered"], score["touched"]
    return [f"{every:,}", f"{covered:,}", _percent(covered, every), f"{touched:,}", _percent(touched, every)]


def _percent(part: int, every: int) -> str:
    return f"{100 * part / every:.1f}" if every else ""
