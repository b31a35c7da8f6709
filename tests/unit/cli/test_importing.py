"""An import can be interrupted, run again, and says which line is wrong."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from satchel import Space
from satchel.cli.importing import BATCH

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


def test_an_import_that_was_killed_goes_on_and_stores_each_message_once(call: Call, source: Path, tmp_path: Path):
    lines = 8 * BATCH
    file = write(source, [said(f"Message {i}.") for i in range(lines)])
    command = [sys.executable, "-m", "satchel.cli.main", "--store", str(tmp_path / "store"), "import", file]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as importing:
        wait_for_messages(call, tmp_path)
        importing.kill()
    assert importing.returncode == -signal.SIGKILL
    resumed = read(call("import", file, "--json"))
    assert resumed["duplicates"] % BATCH == 0 < resumed["duplicates"] < lines
    assert resumed["added"] + resumed["duplicates"] == lines
    kept = [one["content"] for one in read(call("messages", "--limit", "9999", "--json"))]
    assert sorted(kept) == sorted(f"Message {i}." for i in range(lines))


def wait_for_messages(call: Call, tmp_path: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if (tmp_path / "store" / "satchel.db").exists() and call("messages").exit_code == 0:
            return
        time.sleep(0.05)
    raise AssertionError("the import stored nothing within 30 s")


BAD = ["{not json", "[1]", '{"content": "no role"}', '{"role": "user", "content": ""}', f'{{"role": {"9" * 5000}}}']


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_named_and_nothing_of_its_batch_is_stored(call: Call, source: Path, bad: str):
    file = write(source, [said("One."), said("Two."), bad, said("Four.")])
    result = call("import", file)
    assert result.exit_code == 2
    assert "line 3: " in result.stderr
    assert result.stderr.count("\n") == 1
    assert call("messages").exit_code == 1


def test_the_batches_before_a_bad_line_stay(call: Call, source: Path):
    file = write(source, [*(said(f"Message {i}.") for i in range(BATCH + 2)), '{"role": "robot", "content": "x"}'])
    assert f"line {BATCH + 3}: " in call("import", file).stderr
    assert len(read(call("messages", "--limit", "999", "--json"))) == BATCH


def test_what_was_done_with_less_is_told_by_its_line(call: Call, source: Path):
    broken = '{"role": "user", "content": "broken \\ud800 here"}'
    file = write(source, [said("One."), "", broken])
    notes = read(call("import", file, "--json"))["degraded"]
    assert [note.split(":")[0] for note in notes] == ["line 3"]


def test_skip_bad_counts_and_goes_on(call: Call, source: Path):
    file = write(source, [said("One."), "{not json", '{"role": "robot", "content": "x"}', said("Four.")])
    summary = read(call("import", file, "--skip-bad", "--json"))
    assert (summary["added"], summary["skipped"]) == (2, 2)
    assert [reason.split(":")[0] for reason in summary["skipped_lines"]] == ["line 2", "line 3"]


def test_import_reads_stdin(call: Call):
    assert "1 added" in call("import", "-", typed=json.dumps(said("One."))).stdout
