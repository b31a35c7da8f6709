"""Satchel: a space for each conversation, through its public API, encrypted and durable as a user has it."""

from collections.abc import Sequence
from pathlib import Path

import satchel
from satchel.bench.peers.port import Said
from satchel.bench.quoting import cited, quoted
from satchel.memory import Memory
from satchel.models.embedding import Embedder


def start(directory: Path, embedder: Embedder) -> "Spaces":
    """Open a new store."""
    return Spaces(satchel.open(directory, embedder=embedder))


class Spaces:
    """One memory; what its ids mean is kept by tenant."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._turns: dict[str, str] = {}
        self._words: dict[str, str] = {}

    def add(self, tenant: str, turn: Said) -> None:
        """Remember one turn."""
        message = {"role": "user", "name": turn.speaker, "content": turn.text, "id": turn.id}
        added = self._memory.space(tenant).add(message, session=turn.session, at=turn.at)
        self._turns[added.message_ids[0]] = turn.id
        self._words[added.message_ids[0]] = turn.text

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the turns that the hits cite, best first."""
        hits = self._memory.space(tenant).search(query, limit=limit)
        return list(dict.fromkeys(self._turns[one] for hit in hits for one in sorted(cited(hit))))

    def context(self, tenant: str, query: str, budget: int) -> Sequence[str]:
        """Return the turns whose words are in Satchel's own context."""
        context = self._memory.space(tenant).context(query, budget=budget)
        return sorted(self._turns[one] for one in quoted(context, self._words).messages)

    def close(self) -> None:
        """Close the memory."""
        self._memory.close()
