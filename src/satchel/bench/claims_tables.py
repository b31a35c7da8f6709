"""The tables of the benchmark of claims: what was found, how fast, and how big it all is."""

from collections.abc import Mapping

from satchel.bench.claim_scores import Score, f1, precision, recall
from satchel.bench.claims import Claims
from satchel.bench.extraction_speed import ExtractionSpeed
from satchel.bench.sizes import Sizes
from satchel.bench.stopwatch import Timing
from satchel.bench.tables import Table, timing_table

_HEADS = (
    "precision %",
    "recall %",
    "F1 %",
    "strict precision %",
    "strict recall %",
    "strict F1 %",
    "expected",
    "found",
    "right",
)


def messages_line(result: Claims) -> str:
    """Return what was measured with, in one line."""
    data = result["data"]
    split = {"set-aside": "the fifth that was set aside", "train": "all but the fifth that was set aside"}
    files = ", ".join(f"{name} (SHA-256 {digest[:12]}…)" for name, digest in data["files"].items())
    return f"{data['messages']:,} messages, {split.get(data['split'], 'all')}, of {files}"


def claims_tables(result: Claims) -> list[Table]:
    """Return the tables of what was found."""
    data = result["data"]
    kept = f"{100 * data['clean'] / max(data['quiet'], 1):.1f}"
    clean = Table(
        "Messages without an asserted claim",
        ("kept clean", "messages", "of them clean", "share %"),
        [["all", f"{data['quiet']:,}", f"{data['clean']:,}", kept]],
    )
    notes = [[note, f"{count:,}"] for note, count in result["degraded"].items()]
    return [
        _scores("Asserted claims found", "claims", {"all": result["total"]}),
        clean,
        _scores("By file", "file", result["files"]),
        _scores("By attribute", "attribute", result["attributes"]),
        *([Table("Degraded", ("what", "times"), notes)] if notes else []),
    ]


def speed_tables(speed: ExtractionSpeed) -> list[Table]:
    """Return the tables of the speed."""
    rates = [
        [f"batches of {speed['batch']}", f"{speed['batched_per_second']:,.1f}"],
        ["one by one", f"{speed['single_per_second']:,.1f}"],
    ]
    times: Mapping[str, Timing] = {
        "read for claims": speed["single"],
        "add, with extraction": speed["add"],
        "add, without": speed["add_without"],
    }
    added = Table("Added by extraction (ms)", ("to each message", "median"), [["add", f"{speed['added_ms']:.2f}"]])
    return [
        Table(f"Extraction alone, tagger {speed['tagger']}", ("reading", "messages/s"), rates),
        timing_table("Time per message (ms)", times),
        added,
    ]


def size_tables(sizes: Sizes) -> list[Table]:
    """Return the tables of the sizes, in megabytes (10⁶ bytes)."""
    needed = sizes["dependencies"]
    rows = [
        ["satchel, with its weights", _mb(sizes["package"])],
        *([name, _mb(size)] for name, size in needed.items()),
        ["all", _mb(sizes["package"] + sum(needed.values()))],
    ]
    weights = [[name, _mb(one["bytes"]), one["sha256"]] for name, one in sizes["weights"].items()]
    return [
        Table("Installed (MB)", ("package", "MB"), rows),
        Table("Model files in the package (MB)", ("file", "MB", "SHA-256"), weights),
    ]


def _scores(title: str, head: str, scores: Mapping[str, Score]) -> Table:
    return Table(title, (head, *_HEADS), [[name, *_row(one)] for name, one in scores.items()])


def _row(score: Score) -> list[str]:
    shares = [figure(score, strict=strict) for strict in (False, True) for figure in (precision, recall, f1)]
    return [*(f"{100 * one:.1f}" for one in shares), *(f"{score[key]:,}" for key in ("expected", "found", "right"))]


def _mb(size: int) -> str:
    return f"{size / 1e6:.2f}"
