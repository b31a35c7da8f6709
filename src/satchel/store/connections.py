"""SQLite connections: one for writing, as many as there are concurrent reads for reading.

Every setting that durability and erasure rest on is made here, once for each connection. A store in memory has a
single connection for both, since a second one would see another database.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from satchel.errors import StoreDamaged, StoreUnavailable

_BUSY_MS = 120_000
_PATIENCE = "PRAGMA busy_timeout = {}"
_SETTINGS = (
    _PATIENCE.format(_BUSY_MS),
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -16000",
)


class Connections:
    """The connections to one SQLite file, or to a database in memory."""

    def __init__(self, path: Path | None) -> None:
        self.name = str(path) if path else ":memory:"
        self._shared = path is None
        self._lock = RLock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        if path:
            path.touch(mode=0o600)
        self._writer = self._connect()

    @contextmanager
    def write(self) -> Generator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction that holds the database's write lock."""
        with self._lock, self.translated():
            self._check_open()
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                yield self._writer

    @contextmanager
    def maintain(self, *, patience_ms: int = _BUSY_MS) -> Generator[sqlite3.Connection]:
        """Lend the writing connection outside any transaction, to wait so long at most for other processes."""
        with self._lock, self.translated():
            self._check_open()
            self._writer.execute(_PATIENCE.format(patience_ms))
            try:
                yield self._writer
            finally:
                self._writer.execute(_PATIENCE.format(_BUSY_MS))

    @contextmanager
    def read(self) -> Generator[sqlite3.Connection]:
        """Lend a connection inside a transaction that sees one snapshot."""
        if self._shared:
            with self.maintain() as connection:
                yield connection
            return
        with self.translated():
            connection = self._borrow()
            try:
                with _transaction(connection, "BEGIN"):
                    yield connection
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Close all connections; those that are lent out close when they come back."""
        with self._lock:
            self._closed = True
            for connection in (*self._idle, self._writer):
                connection.close()
            self._idle.clear()

    @contextmanager
    def translated(self) -> Generator[None]:
        """Turn SQLite's errors into Satchel's."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise StoreDamaged(f"{self.name} is damaged ({error}); restore it from a backup") from error
            raise StoreUnavailable(
                f"{self.name} cannot be used now ({error}); check the disk's room and rights, then try again"
            ) from error

    def _connect(self) -> sqlite3.Connection:
        with self.translated():
            connection = sqlite3.connect(self.name, isolation_level=None, check_same_thread=False)
            for setting in _SETTINGS:
                connection.execute(setting)
            return connection

    def _borrow(self) -> sqlite3.Connection:
        with self._lock:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailable("the memory was closed; open it again with satchel.open(…)")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Generator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
