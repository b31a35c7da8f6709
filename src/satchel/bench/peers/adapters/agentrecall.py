"""AgentRecall: one SQLite file, a namespace for each conversation, keywords and vectors fused.

Vectors need a Python whose SQLite takes extensions; without one it runs on keywords alone, and says so.
"""

import logging
import sqlite3
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.bench.peers.port import Said
from satchel.models.embedding import Embedder


def start(directory: Path, embedder: Embedder) -> "Namespaces":
    """Open a new file."""
    vectors = hasattr(sqlite3.Connection, "enable_load_extension")
    if not vectors:
        logging.getLogger(__name__).warning("this Python's SQLite takes no extensions: keywords only, no vectors")
    memory = import_module("agentrecall").Memory
    return Namespaces(memory(directory / "agent.db", embeddings=vectors, embedder=_Vectors(embedder)))


class Namespaces:
    """One file with namespaces."""

    def __init__(self, memory: Any) -> None:
        self._memory = memory

    def add(self, tenant: str, turn: Said) -> None:
        """Add one turn."""
        self._memory.add(turn.line, namespace=tenant, metadata={"turn": turn.id})

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the turns found."""
        return [one.record.metadata["turn"] for one in self._memory.search(query, k=limit, namespace=tenant)]

    def close(self) -> None:
        """Close the file."""
        self._memory.close()


class _Vectors:
    """The embedder in the shape of AgentRecall's."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dim = embedder.dimensions

    def embed(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed(texts).tolist()
