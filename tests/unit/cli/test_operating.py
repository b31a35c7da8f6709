"""`satchel store …` on a directory and on a PostgreSQL server."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satchel.cli.main import app
from satchel.store.plans import plan_of

from .conftest import Call, read


def test_stats_and_check_say_what_is_there(call: Call) -> None:
    call("add", "I like olives.")
    found = read(call("store", "stats", "--json"))
    assert (found["spaces"], found["keys"], found["rows"]["message"]) == (1, 1, 1)
    assert "1 spaces" in call("store", "stats").stdout
    assert call("store", "check").exit_code == 0
    assert "bytes before" in call("store", "compact").stdout


def test_a_backup_is_restored(call: Call, tmp_path: Path) -> None:
    call("add", "I like olives.")
    file, there = str(tmp_path / "monday"), str(tmp_path / "there")
    written = read(call("store", "backup", file, "--json"))
    assert call("store", "backup", file).exit_code == 2
    restored = read(call("store", "restore", file, "--to", there, "--json"))
    assert restored["digest"] == written["digest"]
    found = CliRunner().invoke(app, ["--store", there, "search", "olives", "--json"])
    assert "I like olives." in found.stdout
    call("erase", "--yes")
    again = call("store", "restore", file, "--to", str(tmp_path / "later"))
    assert "1 left out" in again.stdout


def test_a_copy_goes_to_a_server_and_back(call: Call, postgres_url: str, tmp_path: Path) -> None:
    call("add", "I like olives.")
    key = str(tmp_path / "server.key")
    out = read(call("store", "copy", "--to", postgres_url, "--to-key-file", key, "--json"))
    assert [one["messages"] for one in out] == [1]
    server = ["--store", postgres_url, "--key-file", key]
    assert "I like olives." in CliRunner().invoke(app, [*server, "search", "olives"]).stdout
    back = ["store", "copy", "--all", "--to", str(tmp_path / "back"), "--json"]
    returned = json.loads(CliRunner().invoke(app, [*server, *back]).stdout)
    assert returned[0]["digest"] == out[0]["digest"]


def test_explain_shows_that_every_statement_finds_its_rows_by_an_index(postgres_url: str, tmp_path: Path) -> None:
    server = ["--store", postgres_url, "--key-file", str(tmp_path / "server.key")]
    assert CliRunner().invoke(app, [*server, "add", "I like olives."]).exit_code == 0
    explained = CliRunner().invoke(app, [*server, "store", "explain", "--json"])
    assert explained.exit_code == 0, explained.stdout
    plans = json.loads(explained.stdout)
    assert {"state", "hold", "rows", "get", "marked", "put", "remove", "unmark"} <= {one["statement"] for one in plans}
    assert all(one["tasks"] is None for one in plans)
    assert "one server" in CliRunner().invoke(app, [*server, "store", "explain"]).stdout
    refused = CliRunner().invoke(app, [*server, "store", "distribute"])
    assert refused.exit_code == 5
    assert "no Citus cluster" in refused.stderr


def test_the_cluster_commands_need_a_server(call: Call) -> None:
    call("add", "I like olives.")
    for command in ("distribute", "explain"):
        assert "not on PostgreSQL" in call("store", command).stderr


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--store", "postgresql://me:secret@127.0.0.1:1/x", "store", "stats"])
    assert result.exit_code == 5
    assert "secret" not in result.stderr + result.stdout


# As Citus 13 explains a statement that its router sends to one shard, and one that it sends to all.
ROUTED = [{"Plan": {"Node Type": "Custom Scan", "Distributed Query": {"Job": {"Task Count": 1, "Tasks": [
    {"Node": "host=worker", "Remote Plan": [[{"Plan": {"Node Type": "Index Scan", "Relation Name": "rows_102010",
                                                       "Index Name": "rows_pkey_102010"}}]]}]}}}}]  # fmt: skip


@pytest.mark.parametrize(("tasks", "routed"), [(1, True), (32, False)])
def test_a_clusters_plan_tells_how_many_shards_it_runs_on(*, tasks: int, routed: bool) -> None:
    explained = json.loads(json.dumps(ROUTED).replace('"Task Count": 1', f'"Task Count": {tasks}'))
    plan = plan_of("get", explained)
    assert (plan.tasks, plan.routed) == (tasks, routed)
    assert plan.access == ("Index Scan on rows_102010 by rows_pkey_102010",)


def test_a_whole_table_that_is_read_is_not_routed() -> None:
    assert not plan_of("rows", [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "rows"}}]).routed
