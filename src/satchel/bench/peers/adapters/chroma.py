"""A plain Chroma collection for each conversation, on disk, with the distance that fits unit vectors."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.bench.peers.port import Said
from satchel.models.embedding import Embedder


def start(directory: Path, embedder: Embedder) -> "Collections":
    """Open a new database; vectors are handed over with the texts."""
    chroma = import_module("chromadb")
    client = chroma.PersistentClient(str(directory), settings=chroma.Settings(anonymized_telemetry=False))
    return Collections(client, embedder)


class Collections:
    """One database with collections."""

    def __init__(self, client: Any, embedder: Embedder) -> None:
        self._client = client
        self._embedder = embedder
        self._opened: dict[str, Any] = {}

    def add(self, tenant: str, turn: Said) -> None:
        """Add one turn with its vector."""
        vectors = self._embedder.embed([turn.line])
        self._collection(tenant).add(ids=[turn.id], documents=[turn.line], embeddings=vectors)

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the ids nearest to the query's vector."""
        vectors = self._embedder.embed([query])
        return self._collection(tenant).query(query_embeddings=vectors, n_results=limit)["ids"][0]

    def close(self) -> None:
        """Close the database."""
        self._client.close()

    def _collection(self, tenant: str) -> Any:
        if tenant not in self._opened:
            self._opened[tenant] = self._client.create_collection(
                tenant, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        return self._opened[tenant]
