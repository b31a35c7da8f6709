"""A whole run on a conversation of ten turns, from the file to the tables."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satchel.bench import locomo, longmemeval, quality, results, tables
from satchel.bench.commands import app
from satchel.bench.retrieval import BUDGETS, history
from satchel.bench.scores import OVERALL
from satchel.errors import InvalidInput
from satchel.testing import HashEmbedder

from .examples import haystacks, locomo_sample, write


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> results.Quality:
    path = write(tmp_path_factory.mktemp("locomo") / "locomo10.json", [locomo_sample()])
    return quality.measure(locomo.load(path), embedder=HashEmbedder())


def test_everything_of_ten_turns_is_found_and_fits(result: results.Quality) -> None:
    overall = result["rows"][-1]
    assert (overall["category"], overall["questions"]) == (OVERALL, 3)
    for name in ("recall@10", "all@50", "session recall@10", "inside 500", "inside 4000", "whole inside 2000"):
        assert overall["figures"][name] == 1.0, name
    assert 0 < overall["figures"]["ndcg@10"] <= 1
    assert overall["figures"]["unsupported"] == 0
    assert not result["degraded"]


def test_there_is_a_row_for_each_category_and_each_call_is_timed(result: results.Quality) -> None:
    assert [row["category"] for row in result["rows"]] == ["multi-hop", "single-hop", "temporal", OVERALL]
    assert [one["calls"] for one in result["timings"].values()] == [10, 3, 3 * len(BUDGETS)]
    assert all(one["median_ms"] > 0 for one in result["timings"].values())


def test_the_result_says_what_was_measured_where(result: results.Quality) -> None:
    assert (result["data"]["turns"], result["data"]["questions"], len(result["data"]["sha256"])) == (10, 3, 64)
    assert result["provenance"]["machine"]["logical_cores"] >= 1
    assert "numpy" in result["provenance"]["versions"]


def test_figures_are_the_same_each_time(result: results.Quality, tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    again = quality.measure(locomo.load(path), embedder=HashEmbedder())
    assert again["rows"] == result["rows"]
    assert again["data"] == result["data"]


def test_a_result_file_holds_all_that_the_tables_show(result: results.Quality, tmp_path: Path) -> None:
    results.write(tmp_path / "new" / "out.json", result)
    read = results.read_quality(tmp_path / "new" / "out.json")
    shown = [tables.markdown(table) for table in tables.quality_tables(read)]
    assert shown == [tables.markdown(table) for table in tables.quality_tables(result)]
    assert any("| multi-hop | 1 | 100.0" in text for text in shown)
    with pytest.raises(InvalidInput, match="cannot be written"):
        results.write(tmp_path, result)


def test_questions_without_evidence_turns_count_for_sessions_only(tmp_path: Path) -> None:
    entry = haystacks()[0]
    entry["haystack_sessions"] = [
        [{"role": "user", "content": "How do I prune roses?"}],
        [{"role": "user", "content": "The spare key is under the fern."}],
    ]
    path = write(tmp_path / "oracle.json", [*haystacks(), entry | {"question_id": "h3"}])
    overall = quality.measure(longmemeval.load(path), embedder=HashEmbedder())["rows"][-1]
    assert (overall["questions"], overall["with_evidence_turns"]) == (2, 1)
    assert overall["figures"]["recall@5"] == 1.0
    assert overall["figures"]["session all@5"] == 1.0


def test_the_history_has_a_line_a_turn_and_the_date_before_each_session(tmp_path: Path) -> None:
    (conversation,) = locomo.load(write(tmp_path / "l.json", [locomo_sample()])).conversations
    lines = history(conversation.turns).split("\n")
    assert len(lines) == 12
    assert lines[:2] == ["[2023-05-08 13:56]", "Ada: I adopted a grey parrot called Quill yesterday."]
    assert lines[6] == "[2023-09-13 00:09]"


def test_the_command_prints_tables_and_writes_the_result(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    out = tmp_path / "out.json"
    done = CliRunner().invoke(app, ["locomo", str(path), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Evidence inside a context of n tokens (%)" in done.output
    assert "\x1b" not in done.output
    assert json.loads(out.read_text())["benchmark"] == "locomo"


def test_the_command_refuses_a_foreign_file(tmp_path: Path) -> None:
    path = write(tmp_path / "foreign.json", {"a": 1})
    done = CliRunner().invoke(app, ["longmemeval", str(path)])
    assert isinstance(done.exception, InvalidInput)
