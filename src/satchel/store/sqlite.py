"""The store on one SQLite file: write-ahead log, full synchronisation, one writer, many readers and processes.

A deleted row's content is overwritten with zeros in its place, and `scrub` empties the write-ahead log; see
`migrations/sqlite` for why rows are never moved. `compact` rewrites the file once a third of it is waste.
"""

import sqlite3
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from satchel.errors import StoreMismatch
from satchel.store.connections import Connections
from satchel.store.naming import id_bytes, id_text, pseudonym_uuid, scope_uuids
from satchel.store.port import Changes, Decision, Due, Phase, Row, RowKind, Scope, State, next_state
from satchel.store.statements import migrations, statements

_SQL = statements("sqlite")
_REWRITE = "rewrite"
_SMALLEST_WASTE = 4 << 20
_SCRUB_MS = 1_000
_BUSY = "old pages in the write-ahead log, held by another process's read: the next deletion or opening removes them"
_RETIRED = (
    "the row id, kind and time of each overwritten row, without any of their content, until the file is rewritten"
)


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
    def view(self, scope: Scope, *, elsewhere: bool = False) -> Generator["SqliteView"]:  # noqa: ARG002
        """Open a snapshot of a space for reading; there are no replicas."""
        with self._connections.read() as connection:
            yield SqliteView(connection, scope)

    def update(self, scope: Scope, decide: Decision) -> int:
        """Run `decide` in a write transaction and apply its changes; return the version after it."""
        with self._connections.write() as connection:
            view = SqliteView(connection, scope)
            changes = decide(view)
            return _Writing(connection, view.scope, view.state).apply(changes)

    def scopes(self, tenant: str | None = None) -> Sequence[tuple[Scope, State]]:
        """Return every space that was ever written, the oldest first."""
        chosen = None if tenant is None else pseudonym_uuid(tenant).bytes
        with self._connections.read() as connection:
            found = connection.execute(_SQL["scopes"], (chosen,)).fetchall()
        return [(Scope(t.hex(), s.hex()), State(v, k, Phase(p), c)) for t, s, v, k, p, c in found]

    def due(self, *, by: int, tasks: Collection[str] | None = None, limit: int | None = None) -> Sequence[Due]:
        """Return the jobs of active spaces whose time comes by `by`, the earliest first."""
        with self._connections.read() as connection:
            found = (
                Due(Scope(t.hex(), s.hex()), id_text(i), at) for t, s, i, at in connection.execute(_SQL["due"], (by,))
            )
            return list(islice((one for one in found if tasks is None or one.task in tasks), limit))

    def scrub(self) -> Sequence[str]:
        """Write the log back into the file and cut it to nothing."""
        with self._connections.maintain(patience_ms=_SCRUB_MS) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return (_BUSY,) if busy else ()

    def remains(self) -> Sequence[str]:
        """Return what stays in the file until it is rewritten."""
        return (_RETIRED,)

    def compact(self, *, most: int | None = None) -> bool:
        """Rewrite the file without the overwritten rows, when they are more than a third of it."""
        with self._connections.maintain() as connection:
            wasted = connection.execute(_SQL["wasted"]).fetchone()[0]
            pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if wasted < max(_SMALLEST_WASTE, pages * size // 3):
            return False
        if most is not None and pages * size > most:
            return True
        self.vacuum()
        return False

    def vacuum(self) -> None:
        """Rewrite the file without the overwritten rows."""
        with self._connections.maintain() as connection:
            with self._connections.write():
                connection.execute(_SQL["begin_task"], (_REWRITE,))
                connection.execute(_SQL["drop_overwritten"])
            self._rewrite(connection)

    def nbytes(self) -> int:
        """Return the bytes of the file's pages."""
        with self._connections.maintain() as connection:
            pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
            return pages * size

    def tally(self) -> Mapping[RowKind, tuple[int, int]]:
        """Return how many live rows of each kind there are, and the bytes of their bodies."""
        with self._connections.read() as connection:
            found = connection.execute(_SQL["tally"]).fetchall()
        return {RowKind(kind): (count, size) for kind, count, size in found}

    def problems(self) -> Sequence[str]:
        """Run SQLite's own integrity check, and look for rows that belong to no space."""
        with self._connections.maintain() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            orphans = connection.execute(_SQL["orphans"]).fetchone()[0] if found == ["ok"] else 0
        return [*(one for one in found if one != "ok"), *([f"{orphans} rows belong to no space"] if orphans else [])]

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
            connection.create_function("id_bytes", 1, id_bytes, deterministic=True)
            connection.create_function("pseudonym_bytes", 1, _pseudonym_bytes, deterministic=True)
            for number, script in enumerate(scripts[present:], start=present + 1):
                connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
            if connection.execute(_SQL["unfinished"], (_REWRITE,)).fetchone():
                self._rewrite(connection)


class SqliteView:
    """One snapshot of one space."""

    def __init__(self, connection: sqlite3.Connection, scope: Scope) -> None:
        self._connection = connection
        self.scope = _scope_bytes(scope)
        found = connection.execute(_SQL["state"], self.scope).fetchone()
        self._space: int | None = found[0] if found else None
        self.state = State(found[1], found[2], Phase(found[3]), found[4]) if found else None

    def rows(self, kind: RowKind, *, since: int = 0) -> Sequence[Row]:
        """Return the live rows of a kind that a later version than `since` wrote."""
        return [_row(found) for found in self._run("messages" if kind is RowKind.MESSAGE else "rows", kind, since)]

    def ids(self, kind: RowKind) -> Sequence[str]:
        """Return the ids of the live rows of a kind."""
        return [id_text(found[0]) for found in self._run("message_ids" if kind is RowKind.MESSAGE else "ids", kind)]

    def get(self, kind: RowKind, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the live rows with these ids."""
        return {row_id: _row(found) for row_id in ids for found in self._run("get", kind, id_bytes(row_id))}

    def marked(self, marks: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return the row id behind each of these marks."""
        return {mark: id_text(found[0]) for mark in marks for found in self._run("marked", mark)}

    def marks(self) -> Mapping[bytes, str]:
        """Return every mark of the space."""
        return {mark: id_text(row_id) for mark, row_id in self._run("marks")}

    def count(self, kind: RowKind) -> int:
        """Return how many live rows of a kind there are."""
        return next(found[0] for found in self._run("count", kind))

    def _run(self, statement: str, *values: object) -> Iterator[Any]:
        return self._connection.execute(_SQL[statement], (self._space, *values))


@dataclass(frozen=True, slots=True)
class _Writing:
    """The application of changes to one space, inside a transaction."""

    connection: sqlite3.Connection
    scope: tuple[bytes, bytes]
    state: State | None

    def apply(self, changes: Changes) -> int:
        if changes.empty:
            return self.state.version if self.state else 0
        state = next_state(self.state, changes)
        kept = (state.version, state.key_id, state.phase, state.created_at)
        space: int = self.connection.execute(_SQL["keep_state"], (*self.scope, *kept)).fetchall()[0][0]
        if changes.everything:
            self._overwrite(self._run("numbers", space).fetchall())
            self._run("unmark_all", space)
        for kind, row_id in changes.remove:
            self._overwrite(self._run("number", space, kind, id_bytes(row_id)).fetchall())
        for row in changes.put:
            self._run("put", space, row.kind, id_bytes(row.id), state.version, row.at, row.body)
        if changes.remove:
            self._unmark(space, [row_id for _, row_id in changes.remove])
        for mark, row_id in changes.marks.items():
            self._run("mark", space, mark, id_bytes(row_id))
        return state.version

    def _overwrite(self, rows: Sequence[tuple[int, int]]) -> None:
        for number, length in rows:
            with self.connection.blobopen("rows", "body", number) as content:
                content.write(bytes(length))
            self._run("retire", number)

    def _unmark(self, space: int, ids: Sequence[str]) -> None:
        self._run("gone")
        self.connection.executemany(_SQL["add_gone"], [(id_bytes(one),) for one in ids])
        self._run("unmark", space)
        self._run("clear_gone")

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self.connection.execute(_SQL[statement], values)


def _scope_bytes(scope: Scope) -> tuple[bytes, bytes]:
    tenant, space = scope_uuids(scope)
    return tenant.bytes, space.bytes


def _pseudonym_bytes(pseudonym: str) -> bytes:
    return pseudonym_uuid(pseudonym).bytes


def _row(found: tuple[str, bytes, int, bytes, int]) -> Row:
    kind, row_id, at, body, version = found
    return Row(RowKind(kind), id_text(row_id), at, body, version)
