"""A system's process, played by a script that does what a worker does."""

import sys
from pathlib import Path

import pytest

import satchel
from satchel.bench.peers import exchange
from satchel.bench.peers.exchange import Answer
from satchel.bench.peers.running import run, variables
from satchel.bench.peers.systems import PEERS, SATCHEL
from satchel.errors import InvalidInput, StoreUnavailable

from .made import request, response, talk

CHROMA = next(one for one in PEERS if one.name == "chroma")


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!{sys.executable}\nimport json, os, shutil, sys\n{body}\n")
    path.chmod(0o755)
    return path


def test_what_the_process_writes_is_the_response(tmp_path: Path) -> None:
    answered = response([Answer(["D1:1"], [], None)])
    exchange.write(tmp_path / "canned.json", answered)
    body = f"""
assert sys.argv[1:3] == ["-m", "satchel.bench.peers.worker"]
assert json.load(open(sys.argv[3]))["adapter"] == "chroma"
assert os.listdir(os.environ["PYTHONPATH"]) == ["satchel"]
assert os.path.samefile(os.environ["PYTHONPATH"] + "/satchel", {satchel.__path__[0]!r})
shutil.copy({str(tmp_path / "canned.json")!r}, sys.argv[4])
"""
    python = script(tmp_path / "python", body)
    assert run(CHROMA, python, request(talk(), adapter="chroma")) == answered


def test_a_process_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    python = script(tmp_path / "python", "sys.exit('the palace burned down')")
    with pytest.raises(StoreUnavailable, match="Chroma collection failed: the palace burned down"):
        run(CHROMA, python, request(talk()))
    with pytest.raises(StoreUnavailable, match="failed"):
        run(CHROMA, tmp_path / "nowhere", request(talk()))


def test_a_process_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        run(CHROMA, script(tmp_path / "python", ""), request(talk()))


def test_it_knows_nothing_of_the_user_and_tells_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    given = variables(tmp_path, source=tmp_path / "source")
    assert "OPENAI_API_KEY" not in given
    assert given["HOME"] == str(tmp_path / "home")
    assert given["PYTHONPATH"] == str(tmp_path / "source")
    assert (given["MEM0_TELEMETRY"], given["ANONYMIZED_TELEMETRY"]) == ("False", "False")
    assert "PYTHONPATH" not in variables(tmp_path, source=None)


@pytest.mark.slow
def test_satchel_itself_goes_through_the_same_process() -> None:
    done = run(SATCHEL, Path(sys.executable), request(talk("conv-1", "Who has a parrot?")))
    (answer,) = done.answers["conv-1"]
    assert answer.hits[0] == "D1:1"
    assert answer.composed is not None
    assert len(done.times.own_add) == 3
    assert done.warnings == []
