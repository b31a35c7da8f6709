"""The result of a truth suite: what is written to its file, its tables, and its failures in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench.machine import Provenance, provenance
from satchel.bench.results import FORMAT, sha256
from satchel.bench.tables import Table
from satchel.bench.truth import Failure, TruthResult
from satchel.bench.truth_suite import Expected, Scenario
from satchel.model import Fact


class TruthData(TypedDict):
    """The suite that was run."""

    file: str
    sha256: str
    scenarios: int
    messages: int
    checks: int


class Tag(TypedDict):
    """The checks of the scenarios with one tag."""

    tag: str
    passed: int
    checks: int


class Values(TypedDict):
    """The values that the checks speak of: expected ones, those found; rejected ones, those that were there anyway."""

    expected: int
    found: int
    rejected: int
    slipped: int
    precision: float
    recall: float


class Truth(TypedDict):
    """The result of a truth suite."""

    format: int
    benchmark: str
    provenance: Provenance
    data: TruthData
    shuffle: int | None
    """The seed of the order of arrival; None for the order of the file."""
    passed: int
    tags: Sequence[Tag]
    values: Values
    degraded: Mapping[str, int]
    failures: Sequence[str]
    """Each failure in words, of several lines."""


def truth_result(path: Path, scenarios: Sequence[Scenario], result: TruthResult, *, shuffle: int | None) -> Truth:
    """Return what a run gave, with where it was made."""
    return Truth(
        format=FORMAT,
        benchmark="truth",
        provenance=provenance(),
        data=TruthData(
            file=path.name,
            sha256=sha256(path),
            scenarios=len(scenarios),
            messages=sum(len(one.messages) for one in scenarios),
            checks=result.checks,
        ),
        shuffle=shuffle,
        passed=result.checks - len(result.failures),
        tags=[Tag(tag=tag, passed=passed, checks=every) for tag, (passed, every) in sorted(result.by_tag.items())],
        values=Values(
            expected=result.expected,
            found=result.found,
            rejected=result.rejected,
            slipped=result.slipped,
            precision=round(result.precision, 4),
            recall=round(result.recall, 4),
        ),
        degraded=result.degraded,
        failures=[explained(one) for one in result.failures],
    )


def read_truth(path: Path) -> Truth:
    """Read a result file of a truth suite."""
    return cast(Truth, json.loads(path.read_text(encoding="utf-8")))


def suite_line(result: Truth) -> str:
    """Return what was measured with, in one line."""
    data = result["data"]
    order = "the file's order" if result["shuffle"] is None else f"an order of arrival from seed {result['shuffle']}"
    return (
        f"{data['file']} (SHA-256 {data['sha256']}): {data['scenarios']:,} scenarios, {data['messages']:,} messages, "
        f"{data['checks']:,} checks, in {order}"
    )


def truth_tables(result: Truth) -> list[Table]:
    """Return the tables of a result: checks by tag, and values."""
    values = result["values"]
    rows = [_row(one["tag"], one["passed"], one["checks"]) for one in result["tags"]]
    rows.append(_row("all", result["passed"], result["data"]["checks"]))
    counts = ("expected", "found", "rejected", "slipped")
    shares = [f"{100 * values[name]:.1f}" for name in ("precision", "recall")]
    heads = ("values", "expected", "of them found", "rejected", "there all the same", "precision %", "recall %")
    tables = [
        Table("Checks passed, by the scenario's tag", ("tag", "passed", "checks", "share %"), rows),
        Table("Values", heads, [["all", *(f"{values[name]:,}" for name in counts), *shares]]),
    ]
    notes = [[note, f"{count:,}"] for note, count in result["degraded"].items()]
    return [*tables, Table("Degraded", ("what", "times"), notes)] if notes else tables


def explained(failure: Failure) -> str:
    """Return a failure in words: what was said, what was asked, and what should have come and did."""
    return "\n".join(_lines(failure))


def _row(name: str, passed: int, every: int) -> list[str]:
    return [name, f"{passed:,}", f"{every:,}", f"{100 * passed / max(every, 1):.1f}"]


def _lines(failure: Failure) -> Iterator[str]:
    scenario, check = failure.scenario, failure.check
    yield f"{scenario.id} [{', '.join(scenario.tags)}]"
    for one in scenario.messages:
        forgotten = " (forgotten)" if one["id"] in check.forget else ""
        yield f"  {one['id']} {one['at'][:16]} {one['name'] or one['role']}{forgotten}: {one['content']}"
    slot = check.attribute if check.qualifier is None else f"{check.attribute}/{check.qualifier}"
    times = [f" as of {check.as_of}" if check.as_of else "", f" known at {check.known_at}" if check.known_at else ""]
    yield f"  asked: {check.subject} {slot}{''.join(times)}"
    if check.expect:
        yield "  expected: " + "; ".join(f"{_wanted(one)}{_missing(one, failure)}" for one in check.expect)
    if check.reject:
        yield "  rejected: " + "; ".join(f"{one}{' (there)' * (one in failure.wrong)}" for one in check.reject)
    if not check.expect and not check.reject:
        yield "  expected: nothing"
    yield "  found: " + ("; ".join(map(_shown, failure.found)) or "nothing")


def _wanted(one: Expected) -> str:
    return f"{one.value}{_bounds(one.begins, one.ends)}"


def _missing(one: Expected, failure: Failure) -> str:
    return " (missing)" if one in failure.missing else ""


def _shown(fact: Fact) -> str:
    qualifier = "" if fact.qualifier is None else f" /{fact.qualifier}"
    return f"{fact.value}{qualifier} {fact.status}{_bounds(_day(fact.valid_from), _day(fact.valid_to))}"


def _day(time: datetime | None) -> str | None:
    return None if time is None else time.date().isoformat()


def _bounds(begins: str | None, ends: str | None) -> str:
    if begins is None and ends is None:
        return ""
    return f" [{begins or '…'} to {ends or '…'}]"
