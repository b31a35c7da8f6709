"""A command line to call, and the store that it uses."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from satchel.cli.main import app

Call = Callable[..., Result]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("seeded") / "store"
    maya = ("--name", "Maya", "--session")
    first = invoke(store, "add", "I moved from Boston to Lisbon.", *maya, "s1", "--at", "2026-03-01T12:00:00Z")
    second = invoke(store, "add", "Biscuit the beagle fears thunder.", *maya, "s2")
    assert (first.exit_code, second.exit_code) == (0, 0)
    return store


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    for name in ("SATCHEL_STORE", "SATCHEL_SPACE", "SATCHEL_KEY"):
        monkeypatch.delenv(name, raising=False)
    yield lambda *args, **rest: invoke(tmp_path / "store", *args, **rest)


def invoke(store: Path, *args: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--store", str(store), *args], input=typed)


def read(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)
