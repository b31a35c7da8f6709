"""The demonstration runs as a user runs it, and what it measures holds."""

import json
import subprocess
import sys
from pathlib import Path


def run_demo(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "satchel.cli.main", "demo", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_demo_forgets_what_it_found():
    result = run_demo("--json")
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["stored"]["messages"] == 107
    assert [one["supported"] for one in told["answers"]][-1] is False
    assert told["injected"]["tokens"] <= told["injected"]["budget"] < told["injected"]["history_tokens"]
    assert told["undone"]["again"] == told["undone"]["before"] != told["undone"]["after"]
    assert told["belief"]["then"] == [one for one in told["belief"]["then"] if "Boston" in one] != []
    assert told["belief"]["now"] == [one for one in told["belief"]["now"] if "Lisbon" in one] != []
    assert any("Boston" in one for one in told["undone"]["after"])
    assert told["forgotten"]["found_before"] and not told["forgotten"]["found_after"]
    assert told["forgotten"]["clear_before"]["files_with_word"] > 0
    assert told["forgotten"]["clear_after"]["files_with_word"] == 0
    assert told["forgotten"]["encrypted_after"]["files_with_word"] == 0
    assert told["forgotten"]["encrypted_after"]["files"] > 0
    assert told["erased"]["spaces_left"] == 0


def test_the_demo_reads_well_without_a_terminal_and_can_be_kept(tmp_path: Path):
    result = run_demo("--keep", str(tmp_path / "kept"))
    assert result.returncode == 0, result.stderr
    assert "nothing supports this" in result.stdout
    assert "\x1b" not in result.stdout
    told = [line for line in result.stdout.splitlines() if str(tmp_path) not in line]
    assert len(told) <= 70
    assert max(map(len, told)) <= 80
    assert (tmp_path / "kept" / "satchel.db").exists()
    assert run_demo("--keep", str(tmp_path / "kept")).returncode == 2
