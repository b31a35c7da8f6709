"""The comparison, from the responses to the tables and the page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from satchel.bench import commands, report, results
from satchel.bench.dataset import Dataset
from satchel.bench.peers import comparison, systems, tables
from satchel.bench.peers.comparison import Comparison
from satchel.bench.peers.environment import Say
from satchel.bench.peers.exchange import Answer, Request, Response
from satchel.bench.peers.systems import SATCHEL, System
from satchel.bench.sources import Sources
from satchel.errors import InvalidInput, StoreUnavailable

from .made import dataset, response

Keep = Callable[[Comparison], None]


def measured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Comparison, list[str]]:
    def run(system: System, python: Path, request: Request) -> Response:
        assert [len(one.turns) for one in request.talks] == [10]
        if system.name == "mem0":
            raise StoreUnavailable("Mem0 failed: out of breath")
        own = [] if system.installed else None
        answers = [Answer(["D1:1"], ["D1:1"], own)] * 3
        return response(answers, milliseconds=2.0 if system.installed else 5.0, size=0 if own is None else 1000)

    said: list[str] = []
    monkeypatch.setattr(comparison, "run", run)
    monkeypatch.setattr(comparison, "prepare", lambda system, directory, say: Path("python"))
    chosen = systems.chosen(["langgraph", "mem0"])
    kept: list[Comparison] = []
    result = comparison.measure(dataset(folder), chosen, directory=folder, say=said.append, keep=kept.append)
    assert [len(one["rows"]) for one in kept] == [1, 2, 2, 3]
    assert kept[-1]["rows"] == result["rows"]
    return result, said


def test_figures_times_and_failures_are_in_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, said = measured(tmp_path, monkeypatch)
    evidence, times, rest, notes = tables.tables(result)
    assert [row[0] for row in evidence.rows] == ["Satchel", "Satchel, own encoder", "LangGraph InMemoryStore"]
    assert evidence.rows[0][1:] == ["33.3", "33.3", "33.3", "33.3", "33.3", "0.0"]
    assert evidence.rows[2][-1] == "-"
    assert times.rows[2][1:3] == ["5.00", "2.50"]
    assert times.rows[2][5:7] == ["1.00", "1.00"]
    assert [row[1] for row in rest.rows] == ["100", "100", "-"]
    assert ["Mem0", "failed: Mem0 failed: out of breath"] in notes.rows
    assert ["Satchel", "said: chromadb: something"] in notes.rows
    assert "Mem0 failed: out of breath" in said
    assert "embedder all-MiniLM" in tables.lines(result)[0]


def test_satchels_own_failure_ends_the_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(system: System, python: Path, request: Request) -> Response:
        raise StoreUnavailable("no room")

    monkeypatch.setattr(comparison, "run", run)
    with pytest.raises(StoreUnavailable, match="no room"):
        comparison.measure(dataset(tmp_path), [SATCHEL], directory=tmp_path, say=print, keep=print)


def test_the_page_shows_the_last_result_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, _ = measured(tmp_path, monkeypatch)
    assert "Beside other memory systems" not in report.page(tmp_path / "bench", measured=Sources(None, None))
    results.write(tmp_path / "bench" / "peers.json", result)
    assert comparison.read(tmp_path / "bench" / "peers.json") == result
    page = report.page(tmp_path / "bench", measured=Sources(None, None))
    assert "## Beside other memory systems" in page
    assert "| LangGraph InMemoryStore | 33.3 |" in page


def test_a_ratio_to_nothing_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, _ = measured(tmp_path, monkeypatch)
    first, second, *_ = result["rows"]
    nothing = {name: {**one, "median_ms": 0.0} for name, one in first["timings"].items()}
    rows = [{**first, "timings": nothing}, second]
    assert tables.tables({**result, "rows": rows})[1].rows[1][2] == "-"  # type: ignore[typeddict-item]


def test_satchel_is_always_there_and_a_peer_must_be_known() -> None:
    assert [one.name for one in systems.chosen(["chroma"])] == ["satchel", "satchel-own", "chroma"]
    assert len(systems.chosen(())) == 2 + len(systems.PEERS)
    with pytest.raises(InvalidInput, match="no peer is called 'zep'; there are mem0, "):
        systems.chosen(["zep"])


def test_a_turn_without_a_speaker_is_said_by_its_role(tmp_path: Path) -> None:
    given = dataset(tmp_path)
    turn = replace(given.conversations[0].turns[0], speaker=None)
    other = replace(given, conversations=[replace(given.conversations[0], turns=[turn])])
    assert comparison.request(SATCHEL, other).talks[0].turns[0].line.startswith("user: ")


def test_the_command_writes_what_is_done_and_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result, _ = measured(tmp_path, monkeypatch)

    def measure(data: Dataset, chosen: Sequence[System], *, directory: Path, say: Say, keep: Keep) -> Comparison:
        assert [one.name for one in chosen] == ["satchel", "satchel-own", "mem0"]
        assert directory == tmp_path / "here"
        say("Mem0: running")
        keep(result)
        return result

    monkeypatch.setattr(comparison, "measure", measure)
    out = tmp_path / "peers.json"
    commands.peers(dataset(tmp_path).path, out=out, environment=tmp_path / "here", only=["mem0"], conversation=None)
    assert comparison.read(out) == result
    shown = capsys.readouterr()
    assert "Evidence found, by system (%)" in shown.out
    assert shown.err == "Mem0: running\n"
