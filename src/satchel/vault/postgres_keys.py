"""The key store in a PostgreSQL schema of its own, `satchel_keys`: in the database of the data, or better in another.

Give it a URL with a role of its own, and the role of the data no rights on the schema. A server cannot overwrite in
place: a destroyed key leaves the table's file at once, and the write-ahead log and backups when those are recycled.
What is left there is still wrapped by the master key; after `rotate_key` no key opens it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from satchel.patience import patiently
from satchel.postgres import Connection, Pool

_LOCK = "SELECT pg_advisory_xact_lock(7310576250013520)"
_EXISTS = "SELECT to_regclass('satchel_keys.keys') IS NOT NULL"
_SCHEMA = (
    "CREATE SCHEMA IF NOT EXISTS satchel_keys",
    "CREATE TABLE IF NOT EXISTS satchel_keys.settings (name text PRIMARY KEY, value bytea NOT NULL)",
    "CREATE TABLE IF NOT EXISTS satchel_keys.keys (tenant text NOT NULL, space text NOT NULL, key_id text NOT NULL, "
    "wrapped bytea NOT NULL, PRIMARY KEY (tenant, space))",
)
_SMALL_BYTES = 8 << 20
"""A table of so many bytes (some 30,000 keys) is rewritten whole when a key is destroyed; of a larger one only the
pages that held it are cleaned."""


class PostgresKeyStore:
    """Wrapped keys and settings in the schema `satchel_keys`."""

    def __init__(self, url: str) -> None:
        self._pool = Pool(url)
        self._lock = RLock()
        self._held: Connection | None = None
        try:
            patiently(self._prepare)
        except BaseException:
            self._pool.close()
            raise

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Hold the key store for writing; all of it happens or nothing does. One inside another is part of it."""
        with self._lock:
            if self._held is not None:
                yield
                return
            with self._pool.transaction("BEGIN") as connection:
                connection.execute(_LOCK)
                self._held = connection
                try:
                    yield
                finally:
                    self._held = None

    def setting(self, name: str) -> bytes | None:
        """Return the setting of this name."""
        rows = self._run("SELECT value FROM satchel_keys.settings WHERE name = %s", name)
        return bytes(rows[0][0]) if rows else None

    def set(self, name: str, value: bytes) -> None:
        """Keep a setting."""
        statement = "INSERT INTO satchel_keys.settings VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = "
        self._run(statement + "excluded.value RETURNING 1", name, value)

    def key(self, tenant: str, space: str) -> tuple[str, bytes] | None:
        """Return the key id and the wrapped key of a space."""
        rows = self._run(
            "SELECT key_id, wrapped FROM satchel_keys.keys WHERE tenant = %s AND space = %s", tenant, space
        )
        return (rows[0][0], bytes(rows[0][1])) if rows else None

    def wrapped_keys(self) -> list[tuple[str, str, str, bytes]]:
        """Return every (tenant, space, key id, wrapped key)."""
        found = self._run("SELECT tenant, space, key_id, wrapped FROM satchel_keys.keys")
        return [(tenant, space, key_id, bytes(wrapped)) for tenant, space, key_id, wrapped in found]

    def put(self, tenant: str, space: str, key_id: str, wrapped: bytes) -> None:
        """Keep a space's wrapped key in the place of any other."""
        self._run(
            "INSERT INTO satchel_keys.keys VALUES (%s, %s, %s, %s) ON CONFLICT (tenant, space) "
            "DO UPDATE SET key_id = excluded.key_id, wrapped = excluded.wrapped RETURNING 1",
            tenant,
            space,
            key_id,
            wrapped,
        )

    def destroy(self, tenant: str, space: str, key_id: str) -> bool:
        """Delete a key and clean the table's file; return whether it was there.

        The file is cleaned in any case: whoever deleted the key may have been interrupted before that.
        """
        statement = "DELETE FROM satchel_keys.keys WHERE tenant = %s AND space = %s AND key_id = %s RETURNING 1"
        found = bool(self._run(statement, tenant, space, key_id))
        self.rewrite()
        return found

    def rewrite(self) -> None:
        """Rewrite the table's file without what was deleted."""
        size = self._run("SELECT pg_total_relation_size('satchel_keys.keys')")[0][0]
        statement = "VACUUM (FULL) satchel_keys.keys" if size <= _SMALL_BYTES else "VACUUM satchel_keys.keys"

        def cleaned() -> None:
            with self._pool.unhurried() as connection:
                connection.execute(statement.encode())

        patiently(cleaned)

    def remains(self) -> tuple[str, ...]:
        """Return what a server cannot overwrite."""
        return (
            "destroyed keys, wrapped by the master key, in the key server's write-ahead log and backups, and in its "
            "file while an older snapshot is open: rotate_key makes them useless",
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def _prepare(self) -> None:
        with self._pool.lend() as connection:
            found = connection.execute(_EXISTS).fetchone()
        if found and found[0]:
            return
        with self._pool.transaction("BEGIN") as connection:
            for statement in (_LOCK, *_SCHEMA):
                connection.execute(statement.encode())

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            if self._held is not None:
                return self._held.execute(statement.encode(), values).fetchall()

        def run() -> list[tuple[Any, ...]]:
            with self._pool.lend() as connection:
                return connection.execute(statement.encode(), values).fetchall()

        return patiently(run)
