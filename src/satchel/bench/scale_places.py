"""The stores that are filled with a million messages: a file in a temporary directory, a database on a server."""

import secrets
import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import satchel
from satchel.bench import servers
from satchel.bench.inside import store_of, without_tagger
from satchel.bench.large_space import disk_bytes
from satchel.memory import Memory
from satchel.models.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Place:
    """A store that can be opened again and again, with no tagger."""

    name: str
    location: str
    key: bytes
    nbytes: Callable[[Memory], int]
    """How many bytes it takes on disk, keys left out."""
    tended: bool
    """Whether its server vacuums it in good time, so that it is to be vacuumed whenever it is looked at."""

    def opened(self, embedder: Embedder) -> Memory:
        """Open it with a fresh memory object."""
        return without_tagger(satchel.open(self.location, key=self.key, embedder=embedder))


Lent = Callable[[], AbstractContextManager[Place]]
"""Lends a store that is new, and that is gone afterwards."""


def places(url: str | None) -> tuple[list[Lent], list[str]]:
    """Return the stores that can be measured here, and the packages that are missing for one on PostgreSQL.

    Args:
        url: of a PostgreSQL server; without one it is one that is started here.
    """
    lacking = [] if url else servers.missing()
    return [sqlite_file, *([] if lacking else [partial(postgres_database, url)])], lacking


@contextmanager
def sqlite_file() -> Generator[Place]:
    """Lend a store in a temporary directory."""
    with TemporaryDirectory(prefix="satchel-bench-") as directory:
        path = Path(directory) / "store"
        yield Place(
            name=f"SQLite {sqlite3.sqlite_version}",
            location=str(path),
            key=secrets.token_bytes(32),
            nbytes=lambda _: disk_bytes(path)[0],
            tended=False,
        )


@contextmanager
def postgres_database(url: str | None) -> Generator[Place]:
    """Lend a store in a database of its own, on the server at a URL or on one that is started here."""
    with ExitStack() as stack:
        at = url or stack.enter_context(servers.server())
        yield Place(
            name=f"PostgreSQL {servers.version_of(at)}",
            location=stack.enter_context(servers.database(at)),
            key=secrets.token_bytes(32),
            nbytes=lambda memory: store_of(memory).nbytes(),
            tended=True,
        )
