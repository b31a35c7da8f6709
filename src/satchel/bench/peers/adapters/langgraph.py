"""LangGraph's store in memory, with an index over the text: a namespace for each conversation."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.bench.peers.port import Said
from satchel.models.embedding import Embedder


def start(directory: Path, embedder: Embedder) -> "Namespaces":  # noqa: ARG001  (nothing is kept on disk)
    """Make a new store."""

    def embed(texts: list[str]) -> list[list[float]]:
        return embedder.embed(texts).tolist()

    index = {"dims": embedder.dimensions, "embed": embed, "fields": ["text"]}
    return Namespaces(import_module("langgraph.store.memory").InMemoryStore(index=index))


class Namespaces:
    """One store with namespaces."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def add(self, tenant: str, turn: Said) -> None:
        """Put one turn."""
        self._store.put(("memories", tenant), turn.id, {"text": turn.line})

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the keys of the items found."""
        return [one.key for one in self._store.search(("memories", tenant), query=query, limit=limit)]

    def close(self) -> None:
        """Nothing is open."""
