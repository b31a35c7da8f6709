"""The benchmarks of extraction from the command line, each on tiny files."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from satchel.cli.main import app

SAID = {"id": "m1", "role": "user", "name": None, "content": "I live in Lisbon.", "at": "2025-03-02T10:00:00Z"}
WORDS = ("I live in Lisbon.", "Is the kettle on the stove?", "The SECRET is safe.")


def call(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, args)])


def kept(result: Result, out: Path) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(out.read_text())


def lines(path: Path, *values: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in values))
    return path


def claim(attribute: str, value: str) -> dict[str, object]:
    said = {"subject": "user", "attribute": attribute, "value": value}
    return said | {"polarity": "holds", "modality": "asserted"}


def labelled(folder: Path) -> Path:
    """Three messages, the last of which is in the fifth that was set aside."""
    claims = (claim("lives_in", "Lisbon"), claim("owns", "kettle"), claim("owns", "SECRET"))
    told = {"role": "user", "speaker": None, "at": "2025-03-02T10:00:00Z", "context": None}
    messages = zip(("z-1", "z-2", "z-30"), WORDS, claims, strict=True)
    lines(folder / "z.jsonl", *({"id": name, "text": text, "claims": [one], **told} for name, text, one in messages))
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results" / "result.json"


def test_truth_prints_failures_and_shares_by_tag(tmp_path: Path, out: Path):
    home = {"subject": "user", "attribute": "lives_in"}
    checks = [{**home, "expect": [{"value": one, "from": None, "to": None}]} for one in ("Lisbon", "Oslo")]
    path = lines(tmp_path / "dev.jsonl", {"id": "d1", "tags": ["plain"], "messages": [SAID], "checks": checks})
    result = call("truth", path, "--out", out)
    assert kept(result, out)["passed"] == 1
    assert "expected: Oslo (missing)" in result.stdout
    assert "| all   |      1 |      2 |    50.0 |" in result.stdout
    quiet = call("truth", path, "--quiet", "--shuffle", "3")
    assert quiet.exit_code == 0
    assert "missing" not in quiet.stdout
    assert "seed 3" in quiet.stdout


def test_claims_never_show_what_was_set_aside(tmp_path: Path, out: Path):
    folder = labelled(tmp_path / "claims")
    result = call("claims", folder, "--out", out)
    assert kept(result, out)["data"]["messages"] == 1
    every = call("claims", folder, "--all", "--errors", "--out", out)
    assert kept(every, out)["data"]["messages"] == 3
    assert "missed user owns 'kettle' holds" in every.stdout
    refused = call("claims", folder, "--errors")
    assert refused.exit_code != 0
    for one in (result.stdout, every.stdout, out.read_text(), refused.stdout):
        assert "SECRET" not in one


def test_facts_print_each_failure_and_a_table(tmp_path: Path, out: Path):
    sessions = [{"text": "Jay: I live in Boston.", "timestamp": 1729280000.0}]
    asked = {"query": "Where does Jay live?", "correct_answer": "Lisbon", "stale_answer": "Boston"}
    path = lines(tmp_path / "facts" / "contradiction.jsonl", {"id": "A-0", "sessions": sessions, **asked})
    result = call("facts", path.parent, "--out", out)
    assert kept(result, out)["contradiction"][0]["id"] == "A-0"
    assert "expected Lisbon, not Boston: value not extracted, not superseded, not retrieved" in result.stdout
    assert "Dialogues in which a value changes" in result.stdout


def test_time_prints_a_table(tmp_path: Path, out: Path):
    resolved = {"date": "2016-11-08"}
    found = {"Text": "tomorrow", "Type": "date", "Start": 5, "Length": 8, "Value": {"FutureResolution": resolved}}
    case = {"Input": "back tomorrow", "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"}, "Results": [found]}
    (tmp_path / "DateParser.json").write_text(json.dumps([case]))
    result = call("time", tmp_path, "--out", out)
    assert kept(result, out)["rows"][0]["both"] == 1
    assert "Time expressions read right" in result.stdout
