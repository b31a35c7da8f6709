"""Satchel as it is installed: with its own search encoder in place of the embedding model that all are given."""

from pathlib import Path

import satchel
from satchel.bench.peers.adapters.satchel import Spaces
from satchel.models.embedding import Embedder


def start(directory: Path, _: Embedder) -> Spaces:
    """Open a new store."""
    return Spaces(satchel.open(directory))
