"""Wrapped data keys and the store's settings, in a small database of their own, apart from the data.

`KeyStore` is the port; here is the one in a file, and in `postgres_keys` the one in a schema of a PostgreSQL database.
It is apart so that destroying a space's key makes every copy and backup of its rows unreadable. A rollback
journal and not a write-ahead log: after each commit no other file holds an old page. A destroyed key is gone from
the file's free space too, since the file (some 200 bytes a space) is rewritten.
"""

import sqlite3
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

from satchel.errors import StoreUnavailable

_BUSY_MS = 60_000


class KeyStore(Protocol):
    """Rows of (tenant, space) → (key id, wrapped data key), and named settings. Safe to use from several threads."""

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the key store for writing; all of it happens or nothing does. One inside another is part of it."""
        ...

    def setting(self, name: str) -> bytes | None:
        """Return the setting of this name."""
        ...

    def set(self, name: str, value: bytes) -> None:
        """Keep a setting."""
        ...

    def key(self, tenant: str, space: str) -> tuple[str, bytes] | None:
        """Return the key id and the wrapped key of a space."""
        ...

    def wrapped_keys(self) -> list[tuple[str, str, str, bytes]]:
        """Return every (tenant, space, key id, wrapped key)."""
        ...

    def put(self, tenant: str, space: str, key_id: str, wrapped: bytes) -> None:
        """Keep a space's wrapped key in the place of any other."""
        ...

    def destroy(self, tenant: str, space: str, key_id: str) -> bool:
        """Delete a key, also from free space; return whether it was there."""
        ...

    def rewrite(self) -> None:
        """Leave nothing deleted in free space."""
        ...

    def remains(self) -> tuple[str, ...]:
        """Return what stays of a destroyed key, in words."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class FileKeyStore:
    """The key store in a file of its own, or in memory when there is no path."""

    def __init__(self, path: Path | None) -> None:
        self._name = str(path) if path else ":memory:"
        self._lock = RLock()
        if path:
            path.touch(mode=0o600)
        with self._translated():
            self._connection = sqlite3.connect(self._name, isolation_level=None, check_same_thread=False)
            self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute("PRAGMA synchronous = EXTRA")
            self._connection.executescript(files("satchel.vault").joinpath("keystore.sql").read_text())

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Hold the key store for writing; all of it happens or nothing does. One inside another is part of it."""
        with self._lock, self._translated():
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def setting(self, name: str) -> bytes | None:
        """Return the setting of this name."""
        rows = self._run("SELECT value FROM settings WHERE name = ?", name)
        return bytes(rows[0][0]) if rows else None

    def set(self, name: str, value: bytes) -> None:
        """Keep a setting."""
        self._run("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)

    def key(self, tenant: str, space: str) -> tuple[str, bytes] | None:
        """Return the key id and the wrapped key of a space."""
        rows = self._run("SELECT key_id, wrapped FROM keys WHERE tenant = ? AND space = ?", tenant, space)
        return (rows[0][0], bytes(rows[0][1])) if rows else None

    def wrapped_keys(self) -> list[tuple[str, str, str, bytes]]:
        """Return every (tenant, space, key id, wrapped key)."""
        return [(a, b, c, bytes(d)) for a, b, c, d in self._run("SELECT tenant, space, key_id, wrapped FROM keys")]

    def put(self, tenant: str, space: str, key_id: str, wrapped: bytes) -> None:
        """Keep a space's wrapped key in the place of any other."""
        self._run("INSERT OR REPLACE INTO keys VALUES (?, ?, ?, ?)", tenant, space, key_id, wrapped)

    def destroy(self, tenant: str, space: str, key_id: str) -> bool:
        """Delete a key and rewrite the file; return whether it was there."""
        statement = "DELETE FROM keys WHERE tenant = ? AND space = ? AND key_id = ? RETURNING 1"
        found = bool(self._run(statement, tenant, space, key_id))
        if found:
            self.rewrite()
        return found

    def rewrite(self) -> None:
        """Rewrite the file, so that nothing deleted is left in its free space."""
        self._run("VACUUM")

    def remains(self) -> tuple[str, ...]:
        """Return nothing: the file is rewritten."""
        return ()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, self._translated():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreUnavailable(
                f"the key store {self._name} cannot be used ({error}); "
                "check that the folder is writable and the file is the store's own"
            ) from error
