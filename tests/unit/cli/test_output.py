"""Words from a memory cannot command the terminal."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from satchel.cli.output import instant, one_line, plain, safe

from .conftest import Call

UNSAFE = (
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link\x1b]8;;\x07 [bold]not markup[/bold] \u202egnp.exe \x9b2Jend\x07"
)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("\u202eabc", "abc"),
        ("line\r\nnext\tcolumn", "line\nnext\tcolumn"),
        ("over\rwritten", "overwritten"),
        ("[red]stays[/red]", "[red]stays[/red]"),
        ("\x1b", ""),
    ],
)
def test_what_a_terminal_would_obey_is_removed(given: str, shown: str):
    assert safe(given) == shown


def test_one_line_has_no_breaks():
    assert one_line("a\nb\r\n c") == "a b c"


@pytest.mark.parametrize("command", [("messages",), ("search", "markup"), ("context", "markup")])
def test_no_command_shows_control_characters_or_reads_markup(call: Call, command: tuple[str, ...]):
    assert call("add", UNSAFE, "--name", "Mallory\x1b[31m").exit_code == 0
    shown = call(*command).stdout
    assert "[bold]not markup[/bold]" in shown
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_json_keeps_the_words_exactly_but_escaped(call: Call):
    call("add", UNSAFE)
    shown = call("messages", "--json").stdout
    assert json.loads(shown)[0]["content"] == UNSAFE
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_a_terminal_that_is_not_utf_8_gets_what_it_can_show_and_json_in_ascii(tmp_path: Path):
    def run(*args: str) -> str:
        command = [sys.executable, "-m", "satchel.cli.main", "--store", str(tmp_path / "store"), *args]
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        return subprocess.run(command, capture_output=True, check=True, env=environment).stdout.decode("ascii")

    run("add", "Maré ☕")
    assert "Mar\\xe9 \\u2615" in run("messages")
    assert json.loads(run("messages", "--json"))[0]["content"] == "Maré ☕"


def test_times_are_utc():
    assert instant(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == "2026-01-01T00:00:00Z"
    assert plain({"at": datetime(2026, 1, 1, tzinfo=UTC)}) == {"at": "2026-01-01T00:00:00Z"}
