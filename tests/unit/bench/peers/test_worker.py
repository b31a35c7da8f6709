"""The worker: two passes over the same calls, the second without the model."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from satchel.bench.peers import worker
from satchel.bench.peers.port import Said
from satchel.bench.peers.vectors import Keeping
from satchel.models.embedding import Embedder, Vectors
from satchel.testing import HashEmbedder

from .made import request, talk


class Counting(HashEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


class Shelf:
    """A system that finds by vectors, writes a file, and has something to say."""

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        self._file = directory / "shelf"
        self._embedder = embedder
        self._turns: list[tuple[str, str, Vectors]] = []
        logging.getLogger("shelf").warning("creaks")

    def add(self, tenant: str, turn: Said) -> None:
        self._turns.append((tenant, turn.id, self._embedder.embed([turn.line])[0]))
        self._file.write_text("x" * 10 * len(self._turns))

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        vector = self._embedder.embed([query])[0]
        own = sorted((-float(vector @ one), turn) for name, turn, one in self._turns if name == tenant)
        return [turn for _, turn in own[:limit]]

    def close(self) -> None: ...


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> str:
    module = ModuleType("shelf")
    module.start = Shelf  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "satchel.bench.peers.adapters.shelf", module)
    return "shelf"


def test_every_call_is_timed_twice_and_embedded_once(shelf: str) -> None:
    model = Counting()
    done = worker.answer(request(talk("a", "grey parrot", "ankle"), talk("b", "parrot"), adapter=shelf), model)
    assert done.answers["a"][0].hits == ["D1:1", "D1:2"] or done.answers["a"][0].hits[0] == "D1:1"
    assert [len(one) for one in (done.answers["a"][0].hits, done.answers["a"][0].deep)] == [2, 3]
    assert done.answers["a"][0].composed is None
    assert [len(one) for one in (done.times.add, done.times.own_add)] == [6, 6]
    assert [len(one) for one in (done.times.search, done.times.own_search)] == [3, 3]
    assert len(model.texts) == 1 + 6 + 2 * 3
    assert done.bytes == 60
    assert done.warnings == ["shelf: creaks"]
    assert "satchel" in done.versions


def test_texts_that_were_not_embedded_before_are_counted() -> None:
    model = Counting()
    keeping = Keeping(model)
    first = keeping.embed(["a", "b"])
    keeping.replay()
    again = keeping.embed(["b", "c", "a"])
    assert np.array_equal(again[[2, 0]], first)
    assert (keeping.unknown, model.texts) == (1, ["a", "b", "c"])
    assert list(keeping.tokens("two words")) == list(model.tokens("two words"))


def test_no_other_machine_is_called() -> None:
    with pytest.raises(PermissionError, match="no network"):
        worker._stay_offline("socket.getaddrinfo", ("huggingface.co", 443, 0, 0, 0))
    with pytest.raises(PermissionError, match="no network"):
        worker._stay_offline("socket.connect", (None, ("192.0.2.1", 443)))
    worker._stay_offline("socket.connect", (None, "/run/some.socket"))
    worker._stay_offline("open", ("file",))
