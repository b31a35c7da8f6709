"""Each command does its verb, and says it in words or in JSON."""

from datetime import datetime
from pathlib import Path

import pytest

from satchel.cli.main import app

from .conftest import Call, invoke, read


def test_add_prints_the_id_and_messages_shows_the_words(call: Call):
    added = read(call("add", "I play the cello.", "--name", "Maya", "--at", "2026-02-10T17:28:00Z", "--json"))
    shown = read(call("messages", "--json"))
    assert [one["id"] for one in shown] == added["message_ids"]
    assert shown[0]["content"] == "I play the cello."
    assert shown[0]["said_at"] == "2026-02-10T17:28:00Z"
    assert shown[0]["trust"] == "person"


def test_add_reads_stdin_for_a_dash(call: Call):
    assert call("add", "-", typed="Olá from stdin\n").exit_code == 0
    assert "Olá from stdin" in call("messages").stdout


def test_adding_the_same_id_again_says_that_it_was_there(call: Call):
    call("add", "Hello there.", "--id", "one")
    assert "was there before" in call("add", "Hello there.", "--id", "one").stdout


def test_search_finds_and_explains(call: Call):
    call("add", "I am allergic to peanuts.", "--name", "Maya")
    found = read(call("search", "peanuts", "--explain", "--json"))
    assert found["items"][0]["text"] == "I am allergic to peanuts."
    assert found["items"][0]["signals"]
    assert "bm25" in call("search", "peanuts", "--explain").stdout


def test_filters_reach_the_engine(seeded: Path):
    found = read(invoke(seeded, "search", "thunder", "--session", "s2", "--json"))["items"]
    assert [one["session"] for one in found if one["kind"] == "message"] == ["s2"]
    assert invoke(seeded, "messages", "--speaker", "Nobody").exit_code == 1
    assert len(read(invoke(seeded, "messages", "--until", "2026-03-02", "--json"))) == 1


def test_context_prints_just_the_block(seeded: Path):
    result = invoke(seeded, "context", "Who moved to Lisbon?", "--budget", "300")
    block = read(invoke(seeded, "context", "Who moved to Lisbon?", "--budget", "300", "--json"))
    assert result.stdout == block["text"] + "\n"
    assert block["tokens"] <= 300


def test_forget_gives_a_receipt_and_the_message_is_gone(call: Call):
    added = read(call("add", "My password is hunter2.", "--json"))
    receipt = read(call("forget", *added["message_ids"], "--json"))
    assert receipt["message_ids"] == added["message_ids"]
    assert receipt["complete"] is True
    assert datetime.fromisoformat(receipt["at"]).utcoffset() is not None
    assert call("messages").exit_code == 1


def test_forget_by_session_prints_a_receipt(call: Call):
    call("add", "One.", "--session", "s1")
    assert "destroyed: 1 messages" in call("forget", "--session", "s1").stdout
    assert call("forget", "--session", "s1").exit_code == 1


def test_erase_needs_yes_where_nobody_can_be_asked(call: Call):
    call("add", "One.")
    assert call("erase").exit_code == 2
    assert read(call("erase", "--yes", "--json"))["destroyed"]["data keys"] == 1
    assert call("spaces").exit_code == 1


def test_spaces_lists_those_of_a_tenant(call: Call):
    call("--space", "alice", "add", "One.")
    call("--space", "bob", "--tenant", "acme", "add", "Two.")
    assert {one["name"] for one in read(call("spaces", "--json"))} == {"alice", "bob"}
    assert [one["name"] for one in read(call("spaces", "--tenant", "acme", "--json"))] == ["bob"]
    assert "alice" in call("spaces").stdout


def test_check_says_what_works(seeded: Path):
    found = read(invoke(seeded, "check", "--json"))
    assert found["ok"] is True
    assert "encryption" in invoke(seeded, "check").stdout


def test_check_exits_with_1_when_something_is_broken(call: Call, monkeypatch: pytest.MonkeyPatch):
    from satchel import Check, Finding, Memory

    broken = Check((Finding("store", "error", "page 3 is damaged"),))
    monkeypatch.setattr(Memory, "check", lambda _: broken)
    result = call("check")
    assert result.exit_code == 1
    assert "page 3 is damaged" in result.stdout


def test_rotate_key_to_a_new_key_file(call: Call, tmp_path: Path):
    call("add", "One.")
    assert read(call("rotate-key", "--new-key-file", str(tmp_path / "new.key"), "--json"))["rotated"] is True
    assert call("messages").exit_code == 4
    assert call("--key-file", str(tmp_path / "new.key"), "messages").exit_code == 0
    assert call("rotate-key", "--new-key-file", str(tmp_path / "new.key")).exit_code in {2, 4}


def test_rotate_key_to_a_passphrase_that_is_asked_for(call: Call):
    call("add", "One.")
    words = "correct horse battery\n"
    assert call("rotate-key", "--new-passphrase", typed=words * 2).exit_code == 0
    assert call("--ask-passphrase", "messages", typed=words).exit_code == 0
    assert call("--ask-passphrase", "messages", typed="something else\n").exit_code == 4


def test_the_passphrase_comes_from_the_environment(call: Call, monkeypatch: pytest.MonkeyPatch):
    call("add", "One.")
    words = "correct horse battery"
    assert call("rotate-key", "--new-passphrase", typed=f"{words}\n" * 2).exit_code == 0
    assert "SATCHEL_KEY" in call("messages").stderr
    monkeypatch.setenv("SATCHEL_KEY", words)
    assert call("messages").exit_code == 0
    monkeypatch.setenv("SATCHEL_KEY", "something else")
    assert call("messages").exit_code == 4


def test_the_store_and_space_come_from_the_environment(tmp_path: Path):
    from typer.testing import CliRunner

    runner = CliRunner(env={"SATCHEL_STORE": str(tmp_path / "env"), "SATCHEL_SPACE": "carol"})
    assert runner.invoke(app, ["add", "One."]).exit_code == 0
    assert "carol" in runner.invoke(app, ["spaces"]).stdout


@pytest.mark.parametrize("command", [one.name for one in app.registered_commands if one.name != "bench"])
def test_each_command_has_help_with_an_example_and_json(call: Call, command: str):
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Example: satchel" in result.stdout
    assert "--json" in result.stdout
