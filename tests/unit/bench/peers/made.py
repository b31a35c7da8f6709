"""Small requests and responses, and fakes of the peers' packages: what their adapters call, and no more."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from satchel.bench import locomo
from satchel.bench.dataset import Dataset
from satchel.bench.peers.exchange import Answer, Request, Response, Talk, Times
from satchel.bench.peers.port import Said

from ..examples import locomo_sample, write

AT = datetime(2023, 5, 8, 13, 56, tzinfo=UTC)


def said(number: int, text: str, speaker: str = "Ada") -> Said:
    return Said(f"D1:{number}", text, speaker, "session_1", AT)


def request(*talks: Talk, adapter: str = "satchel") -> Request:
    return Request(adapter=adapter, packages=["satchel"], limit=2, deep=3, budget=2000, talks=talks)


def talk(name: str = "conv-1", *questions: str) -> Talk:
    turns = [
        said(1, "I adopted a grey parrot."),
        said(2, "I sprained my ankle.", "Ben"),
        said(3, "Look at the harbour."),
    ]
    return Talk(name, turns, questions or ("Who has a parrot?",))


def dataset(folder: Path) -> Dataset:
    return locomo.load(write(folder / "locomo10.json", [locomo_sample()]))


def response(answers: Sequence[Answer], *, milliseconds: float = 2.0, size: int = 1000) -> Response:
    return Response(
        answers={"conv-1": answers},
        times=Times(add=[milliseconds], search=[2 * milliseconds], own_add=[1.0], own_search=[milliseconds]),
        bytes=size,
        versions={"chromadb": "1.5.9"},
        warnings=["chromadb: something"],
    )


class Kept:
    """Records by tenant; those that share most words with a question come first."""

    def __init__(self) -> None:
        self.records: list[tuple[str, str, object]] = []

    def keep(self, tenant: str, text: str, record: object) -> None:
        self.records.append((tenant, text, record))

    def found(self, tenant: str, query: str, limit: int) -> list[object]:
        own = [(text, record) for name, text, record in self.records if name == tenant]
        own.sort(key=lambda one: -len({*one[0].lower().split()} & {*query.lower().split()}))
        return [record for _, record in own[:limit]]


class Packages:
    """Puts fake packages where an adapter imports them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def put(self, name: str, **members: object) -> ModuleType:
        module = ModuleType(name)
        module.__dict__.update(members)
        self._monkeypatch.setitem(sys.modules, name, module)
        return module

    def langgraph(self) -> None:
        class InMemoryStore(Kept):
            def __init__(self, *, index: Mapping[str, object]) -> None:
                super().__init__()
                assert index["fields"] == ["text"]

            def put(self, namespace: Sequence[str], key: str, value: Mapping[str, str]) -> None:
                self.keep(namespace[-1], value["text"], SimpleNamespace(key=key))

            def search(self, namespace: Sequence[str], *, query: str, limit: int) -> list[object]:
                return self.found(namespace[-1], query, limit)

        self.put("langgraph.store.memory", InMemoryStore=InMemoryStore)

    def chromadb(self) -> None:
        class Collection(Kept):
            def add(
                self, *, ids: Sequence[str], documents: Sequence[str], embeddings: Sequence[Sequence[float]]
            ) -> None:
                assert len(embeddings[0]) == 64
                self.keep("", documents[0], (ids[0], embeddings[0]))

            def query(self, *, query_embeddings: Sequence[Sequence[float]], n_results: int) -> dict[str, object]:
                near = sorted(self.records, key=lambda one: -float(one[2][1] @ query_embeddings[0]))  # type: ignore[index]
                return {"ids": [[one[2][0] for one in near[:n_results]]]}  # type: ignore[index]

        client = SimpleNamespace(create_collection=lambda *_, **__: Collection(), close=lambda: None)
        self.put(
            "chromadb",
            PersistentClient=lambda path, settings: client,
            Settings=lambda **given: given,
            EmbeddingFunction=type("EmbeddingFunction", (), {}),
        )

    def agentrecall(self) -> None:
        class Memory(Kept):
            def __init__(self, path: Path, *, embeddings: bool, embedder: object) -> None:
                super().__init__()
                assert path.parent.is_dir()

            def add(self, content: str, *, namespace: str, metadata: Mapping[str, str]) -> None:
                self.keep(namespace, content, SimpleNamespace(record=SimpleNamespace(metadata=metadata)))

            def search(self, query: str, *, k: int, namespace: str) -> list[object]:
                return self.found(namespace, query, k)

            def close(self) -> None: ...

        self.put("agentrecall", Memory=Memory)

    def mem0(self) -> None:
        class Memory(Kept):
            vector_store = SimpleNamespace(client=SimpleNamespace(close=lambda: None))
            embedding_model: object = None

            @classmethod
            def from_config(cls, settings: Mapping[str, object]) -> "Memory":
                assert {"vector_store", "embedder", "llm", "history_db_path"} == {*settings}
                return cls()

            def add(
                self, messages: Sequence[Mapping[str, str]], *, user_id: str, metadata: Mapping[str, str], infer: bool
            ) -> None:
                assert not infer
                self.embedding_model.embed(messages[0]["content"], "add")  # type: ignore[union-attr]
                self.keep(user_id, messages[0]["content"], {"metadata": metadata})

            def search(
                self, query: str, *, top_k: int, filters: Mapping[str, str], threshold: float
            ) -> dict[str, list[object]]:
                assert threshold == 0
                return {"results": self.found(filters["user_id"], query, top_k)}

            def close(self) -> None: ...

        self.put("mem0", Memory=Memory)

    def mempalace(self) -> None:
        kept, self.embedding = Kept(), self.put("mempalace.embedding")
        self.chromadb()

        def file(collection: object, *, wing: str, text: str, **_: str) -> str:
            drawer = f"drawer {len(kept.records)}"
            kept.keep(wing, text, {"drawer_id": drawer})
            return drawer

        def search(query: str, path: str, *, wing: str, n_results: int, candidate_strategy: str) -> dict[str, object]:
            assert candidate_strategy == "vector"
            return {"results": kept.found(wing, query, n_results)}

        self.put("mempalace.convo_miner", file_conversation_exchange=file)
        self.put("mempalace.searcher", search_memories=search)
        backend = SimpleNamespace(close_palace=lambda path: None)
        self.put(
            "mempalace.palace",
            get_collection=lambda path, *, create: object(),
            get_backend_for_palace=lambda path: backend,
        )


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Packages]:
    yield Packages(monkeypatch)
