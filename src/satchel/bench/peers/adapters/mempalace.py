"""MemPalace: a wing for each conversation, a room for each session, a drawer for each turn, in its default backend.

Turns are filed by the function that MemPalace calls the canonical write path for live conversations, and found by the
search that its MCP server uses.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.bench.peers.port import Said
from satchel.models.embedding import Embedder

_STRATEGY = "vector"


def start(directory: Path, embedder: Embedder) -> "Palace":
    """Open a new palace whose embedding function is the embedder."""
    embedding: Any = import_module("mempalace.embedding")
    function = _function(embedder)

    def functions(**_: object) -> Any:
        return function

    embedding.get_embedding_function = functions
    return Palace(str(directory))


class Palace:
    """One palace."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = import_module("mempalace.convo_miner").file_conversation_exchange
        self._search = import_module("mempalace.searcher").search_memories
        self._drawers = import_module("mempalace.palace").get_collection(path, create=True)
        self._turns: dict[str, str] = {}

    def add(self, tenant: str, turn: Said) -> None:
        """File one turn in a drawer."""
        drawer = self._file(
            self._drawers,
            wing=tenant,
            room=turn.session,
            text=turn.line,
            source_file=f"{tenant}/{turn.session}",
            agent=turn.speaker,
            authored_at=turn.at.isoformat(),
        )
        self._turns[drawer] = turn.id

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the turns in the drawers found."""
        found = self._search(query, self._path, wing=tenant, n_results=limit, candidate_strategy=_STRATEGY)
        return [self._turns[one["drawer_id"]] for one in found["results"]]

    def close(self) -> None:
        """Let go of this palace; the backend serves others too."""
        import_module("mempalace.palace").get_backend_for_palace(self._path).close_palace(self._path)


def _function(embedder: Embedder) -> Any:
    """Return the embedder as an embedding function of Chroma, under the name that a palace expects."""

    def initialise(_: object) -> None:
        """Chroma warns of a function that has no initialiser of its own."""

    def call(_: object, input: Sequence[str]) -> Any:  # noqa: A002  (Chroma's signature)
        return list(embedder.embed(list(input)))

    members = {"__init__": initialise, "__call__": call, "name": staticmethod(_name)}
    return type("Embedded", (import_module("chromadb").EmbeddingFunction,), members)()


def _name() -> str:
    return "default"
