"""The store on one SQLite file: write-ahead log, full synchronisation, one writer, many readers and processes.

A deleted row's content is overwritten with zeros in its place, and `scrub` empties the write-ahead log; see
`migrations/sqlite/0001_rows.sql` for why rows are never moved. `compact` rewrites the file once a third of it is waste.
"""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from satchel.errors import StoreMismatch, StoreUnavailable
from satchel.store.connections import Connections
from satchel.store.port import Changes, Decision, Phase, Row, RowKind, Scope, State
from satchel.store.statements import migrations, statements

_SQL = statements("sqlite")
_REWRITE = "rewrite"
_SMALLEST_WASTE = 4 << 20
_SCRUB_MS = 1_000


class SqliteStore:
    """Rows of spaces in one SQLite file, or in memory when there is no path."""

    def __init__(self, path: Path | None) -> None:
        self._connections = Connections(path)
        try:
            self._migrate()
            self.scrub()
        except BaseException:
            self._connections.close()
            raise

    @contextmanager
    def view(self, scope: Scope) -> Generator["SqliteView"]:
        """Open a snapshot of a space for reading."""
        with self._connections.read() as connection:
            yield SqliteView(connection, scope)

    def update(self, scope: Scope, decide: Decision) -> int:
        """Run `decide` in a write transaction and apply its changes; return the version after it."""
        with self._connections.write() as connection:
            view = SqliteView(connection, scope)
            changes = decide(view)
            return _Writing(connection, scope, view.state).apply(changes)

    def scopes(self, tenant: str | None = None) -> Sequence[tuple[Scope, State]]:
        """Return every space that was ever written, the oldest first."""
        with self._connections.read() as connection:
            found = connection.execute(_SQL["scopes"], (tenant,)).fetchall()
        return [(Scope(t, s), State(v, k, Phase(p), c)) for t, s, v, k, p, c in found]

    def scrub(self) -> bool:
        """Write the log back into the file and cut it to nothing."""
        with self._connections.maintain(patience_ms=_SCRUB_MS) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def compact(self) -> None:
        """Rewrite the file without the overwritten rows, when they are more than a third of it."""
        with self._connections.maintain() as connection:
            wasted = connection.execute(_SQL["wasted"]).fetchone()[0]
            pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
            if wasted >= max(_SMALLEST_WASTE, pages * size // 3):
                with self._connections.write():
                    connection.execute(_SQL["begin_task"], (_REWRITE,))
                    connection.execute(_SQL["drop_overwritten"])
                self._rewrite(connection)

    def problems(self) -> Sequence[str]:
        """Run SQLite's own integrity check."""
        with self._connections.maintain() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def _rewrite(self, connection: sqlite3.Connection) -> None:
        connection.execute("VACUUM")
        connection.execute(_SQL["end_task"], (_REWRITE,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _migrate(self) -> None:
        scripts = migrations("sqlite")
        with self._connections.maintain() as connection:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
                connection.execute("PRAGMA journal_mode = WAL")
            present = connection.execute("PRAGMA user_version").fetchone()[0]
            if present > len(scripts):
                raise StoreMismatch(
                    f"{self._connections.name} has schema {present}, this version of satchel knows {len(scripts)}; "
                    "upgrade satchel"
                )
            for number, script in enumerate(scripts[present:], start=present + 1):
                connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
            if connection.execute(_SQL["unfinished"], (_REWRITE,)).fetchone():
                self._rewrite(connection)


class SqliteView:
    """One snapshot of one space."""

    def __init__(self, connection: sqlite3.Connection, scope: Scope) -> None:
        self._connection = connection
        self._scope = (scope.tenant, scope.space)
        found = connection.execute(_SQL["state"], self._scope).fetchone()
        self.state = State(found[0], found[1], Phase(found[2]), found[3]) if found else None

    def rows(self, kind: RowKind, *, since: int = 0) -> Sequence[Row]:
        """Return the live rows of a kind that a later version than `since` wrote."""
        return [_row(found) for found in self._run("rows", kind, since)]

    def ids(self, kind: RowKind) -> Sequence[str]:
        """Return the ids of the live rows of a kind."""
        return [found[0] for found in self._run("ids", kind)]

    def get(self, kind: RowKind, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the live rows with these ids."""
        return {row_id: _row(found) for row_id in ids for found in self._run("get", kind, row_id)}

    def marked(self, marks: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return the row id behind each of these marks."""
        return {mark: found[0] for mark in marks for found in self._run("marked", mark)}

    def count(self, kind: RowKind) -> int:
        """Return how many live rows of a kind there are."""
        return next(found[0] for found in self._run("count", kind))

    def _run(self, statement: str, *values: object) -> Iterator[Any]:
        return self._connection.execute(_SQL[statement], (*self._scope, *values))


@dataclass(frozen=True, slots=True)
class _Writing:
    """The application of changes to one space, inside a transaction."""

    connection: sqlite3.Connection
    scope: Scope
    state: State | None

    def apply(self, changes: Changes) -> int:
        if changes.empty:
            return self.state.version if self.state else 0
        state = self._next_state(changes)
        if changes.everything:
            self._overwrite(self._run("numbers").fetchall())
            self._run("unmark_all")
        for kind, row_id in changes.remove:
            self._overwrite(self._run("number", kind, row_id).fetchall())
        for row in changes.put:
            self._run("put", row.kind, row.id, state.version, row.at, row.body)
        for _, row_id in changes.remove:
            self._run("unmark", row_id)
        for mark, row_id in changes.marks.items():
            self._run("mark", mark, row_id)
        self._run("keep_state", state.version, state.key_id, state.phase, state.created_at)
        return state.version

    def _next_state(self, changes: Changes) -> State:
        if self.state is not None and (changes.key_id is None or changes.key_id == self.state.key_id):
            return replace(self.state, version=self.state.version + 1, phase=changes.phase or self.state.phase)
        if changes.key_id is None:
            raise StoreUnavailable("a space that was never written has no key; write to it first")
        version = self.state.version + 1 if self.state else 1
        first = next((row.at for row in changes.put if row.kind is RowKind.SPACE), 0)
        return State(version, changes.key_id, changes.phase or Phase.ACTIVE, created_at=first)

    def _overwrite(self, rows: Sequence[tuple[int, int]]) -> None:
        for number, length in rows:
            with self.connection.blobopen("rows", "body", number) as content:
                content.write(bytes(length))
            self.connection.execute(_SQL["retire"], (number,))

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self.connection.execute(_SQL[statement], (self.scope.tenant, self.scope.space, *values))


def _row(found: tuple[str, str, int, bytes, int]) -> Row:
    kind, row_id, at, body, version = found
    return Row(RowKind(kind), row_id, at, body, version)
