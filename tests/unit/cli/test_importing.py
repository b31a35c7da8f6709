"""An import can be interrupted, run again, and says which line is wrong."""

import json
from pathlib import Path

import pytest

from satchel import Space

from .conftest import Call, read


def write(path: Path, lines: list[object]) -> str:
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines))
    return str(path)


def said(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "lines.jsonl"


def test_importing_again_adds_nothing_although_lines_have_no_ids(call: Call, source: Path):
    file = write(source, [said("One."), said("One."), "", {**said("Two."), "at": "2026-01-01T00:00:00Z"}])
    first = read(call("import", file, "--json"))
    again = read(call("import", file, "--json"))
    assert (first["added"], first["duplicates"]) == (3, 0)
    assert (again["added"], again["duplicates"]) == (0, 3)


def test_an_interrupted_import_goes_on_where_it_was(call: Call, source: Path, monkeypatch: pytest.MonkeyPatch):
    file = write(source, [said(f"Message {i}.") for i in range(130)])
    add, calls = Space.add, iter(range(9))

    def add_once(space: Space, *args: object, **rest: object) -> object:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return add(space, *args, **rest)

    with monkeypatch.context() as patched:
        patched.setattr(Space, "add", add_once)
        assert call("import", file).exit_code == 130
    assert len(read(call("messages", "--limit", "999", "--json"))) == 64
    resumed = read(call("import", file, "--json"))
    assert (resumed["added"], resumed["duplicates"]) == (66, 64)


@pytest.mark.parametrize("bad", ["{not json", "[1]", '{"content": "no role"}', '{"role": "user", "content": ""}'])
def test_a_bad_line_is_named_and_earlier_lines_stay(call: Call, source: Path, bad: str):
    file = write(source, [said("One."), said("Two."), bad, said("Four.")])
    result = call("import", file)
    assert result.exit_code == 2
    assert "line 3" in result.stderr
    assert len(read(call("messages", "--json"))) == 2


def test_skip_bad_counts_and_goes_on(call: Call, source: Path):
    file = write(source, [said("One."), "{not json", '{"role": "robot", "content": "x"}', said("Four.")])
    summary = read(call("import", file, "--skip-bad", "--json"))
    assert (summary["added"], summary["skipped"]) == (2, 2)
    assert [reason.split(":")[0] for reason in summary["skipped_lines"]] == ["line 2", "line 3"]


def test_import_reads_stdin(call: Call):
    assert "1 added" in call("import", "-", typed=json.dumps(said("One."))).stdout
