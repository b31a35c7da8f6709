"""The store on PostgreSQL: the same rows as in a file, for many processes on many machines.

A read is one snapshot (repeatable read). A write holds the line of its space, so that writers of one space take turns
and those of different spaces do not meet; it runs the decision again when the connection is lost, and finds out first
whether the lost transaction was committed after all. Replicas serve reads of spaces of which they have seen what this
process wrote.

A server cannot overwrite a deleted row in place, as the file store does: its sealed bytes stay in the table's files
until it is vacuumed, and in the write-ahead log, replicas and backups. `scrub` says so.
"""

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

import psycopg

from satchel.errors import StoreMismatch, StoreUnavailable
from satchel.patience import patiently
from satchel.postgres import Connection, Pool, Values
from satchel.store.naming import id_bytes, id_text, pseudonym_uuid, scope_uuids
from satchel.store.plans import Plan, plan_of
from satchel.store.port import Changes, Decision, Due, Phase, Row, RowKind, Scope, State, next_state
from satchel.store.replicas import Replicas
from satchel.store.statements import migrations, statements

_SQL = {name: statement.encode() for name, statement in statements("postgres").items()}
_WHOLE = {name: statement.encode() for name, statement in statements("postgres_whole").items()}
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
_REMAINS = (
    "sealed bytes of what was removed, in the server's files until it vacuums them, in its write-ahead log, replicas "
    "and backups"
)
_IN_DOUBT = (
    "It is not known whether this was stored: repeat it, with the same ids or idempotency key, which are recognised"
)
_SAMPLE: Values = {
    "tenant": UUID(int=0), "space": UUID(int=0), "kind": RowKind.FEATURES.value, "id": b"", "ids": [b""], "mark": b"",
    "marks": [b""], "since": 0, "version": 1, "number": 0, "at": 0, "body": b"", "key_id": "", "phase": "active",
    "created_at": 0,
}  # fmt: skip
"""Values to explain the statements with."""

_TABLES = ("satchel.rows", "satchel.marks", "satchel.spaces")


class PostgresStore:
    """Rows of spaces in a PostgreSQL database."""

    def __init__(self, url: str, *, replicas: Sequence[str] = ()) -> None:
        self._pool = Pool(url)
        self._replicas = Replicas(())
        try:
            patiently(self._migrate)
            self._replicas = Replicas(replicas)
        except BaseException:
            self._pool.close()
            raise

    @contextmanager
    def view(self, scope: Scope, *, elsewhere: bool = False) -> Generator["PostgresView"]:
        """Open a snapshot of a space for reading, if wanted on a replica that has what this process wrote."""
        with ExitStack() as stack:
            found = self._recent(scope, stack) if elsewhere else None
            yield found or stack.enter_context(_snapshot(self._pool, scope))

    def update(self, scope: Scope, decide: Decision) -> int:
        """Run `decide` in a transaction that holds the space, and apply its changes; return the version after it.

        `decide` runs again when the transaction was interrupted, as often as that happens.
        """
        updating = _Updating(self._pool, scope, decide)
        version = patiently(updating.run)
        self._replicas.wrote(scope, version)
        return version

    def scopes(self, tenant: str | None = None) -> Sequence[tuple[Scope, State]]:
        """Return every space that was ever written, the oldest first."""
        chosen = None if tenant is None else pseudonym_uuid(tenant)

        def listed() -> list[tuple[Any, ...]]:
            with self._pool.lend() as connection:
                return connection.execute(_WHOLE["scopes"], {"tenant": chosen}).fetchall()

        return [
            (Scope(tenant.hex, space.hex), State(version, key_id, Phase(phase), created_at))
            for tenant, space, version, key_id, phase, created_at in patiently(listed)
        ]

    def due(self, *, by: int, tasks: Collection[str] | None = None, limit: int | None = None) -> Sequence[Due]:
        """Return the jobs of active spaces whose time comes by `by`, the earliest first.

        On a cluster this asks every shard; nothing but workers does so, and only between jobs.
        """
        values = {"by": by, "ids": None if tasks is None else [*map(id_bytes, tasks)], "limit": limit}

        def found() -> list[tuple[Any, ...]]:
            with self._pool.lend() as connection:
                return connection.execute(_WHOLE["due"], values).fetchall()

        return [Due(Scope(tenant.hex, space.hex), id_text(one), at) for tenant, space, one, at in patiently(found)]

    def scrub(self) -> Sequence[str]:
        """Return what the server keeps of removed rows; only its own maintenance removes that."""
        return (_REMAINS,)

    def remains(self) -> Sequence[str]:
        """Return nothing besides what `scrub` says."""
        return ()

    def compact(self, *, most: int | None = None) -> bool:  # noqa: ARG002
        """Do nothing: the server's autovacuum gives room back in good time. `vacuum` does it now."""
        return False

    def vacuum(self) -> None:
        """Give the room of removed rows back and bring the planner's statistics up to date."""
        for table in _TABLES:
            patiently(partial(self._vacuum, table))

    def problems(self) -> Sequence[str]:
        """Look for rows that belong to no space, and for indexes that cannot be trusted."""

        def counted() -> tuple[int, list[str]]:
            with self._pool.transaction(_READ, patience_ms=0) as connection:
                invalid = [name for (name,) in connection.execute(_WHOLE["invalid_indexes"])]
                return _one(connection, "orphans"), invalid

        orphans, invalid = patiently(counted)
        found = [f"{orphans} rows belong to no space"] if orphans else []
        return [*found, *(f"the index {name} is invalid; run REINDEX" for name in invalid)]

    def tally(self) -> Mapping[RowKind, tuple[int, int]]:
        """Return how many rows of each kind there are, and the bytes of their bodies."""
        with self._pool.transaction(_READ, patience_ms=0) as connection:
            found = connection.execute(_WHOLE["tally"]).fetchall()
        return {RowKind(kind): (count, size) for kind, count, size in found}

    def distribute(self) -> bool:
        """Spread the tables over a Citus cluster by space; return whether there was anything to do.

        Raises:
            StoreMismatch: the server is not a Citus cluster.
        """
        with self._pool.transaction(_WRITE, patience_ms=0) as connection:
            if not _one(connection, "is_cluster"):
                raise StoreMismatch(
                    f"{self._pool.name} is no Citus cluster; run CREATE EXTENSION citus there first. Other distributed "
                    "PostgreSQL systems need nothing: every key begins with tenant and space"
                )
            if _one(connection, "is_distributed"):
                return False
            for table in ("spaces", "rows", "marks"):
                connection.execute(_WHOLE[f"distribute_{table}"])
        return True

    def explain(self) -> Sequence[Plan]:
        """Return how the server would run each statement of the hot path."""
        with self._pool.transaction(_WRITE, patience_ms=0) as connection:
            connection.execute("SET LOCAL enable_seqscan = off")  # small tables would be read whole; large ones are not
            return [plan_of(name, _explained(connection, statement)) for name, statement in _SQL.items()]

    def nbytes(self) -> int:
        """Return the bytes of the tables with their indexes."""

        def summed() -> int:
            with self._pool.lend() as connection:
                return _one(connection, "sizes") or 0

        return patiently(summed)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
        self._replicas.close()

    def _recent(self, scope: Scope, stack: ExitStack) -> "PostgresView | None":
        """Return a snapshot of the replica whose turn it is, unless that is gone or not up to date."""
        replica = self._replicas.next()
        if replica is None:
            return None
        with ExitStack() as tried:
            try:
                view = tried.enter_context(_snapshot(replica.pool(), scope))
            except StoreUnavailable:
                replica.rest()
                return None
            if not replica.has_caught_up(scope, view.state):
                return None
            stack.push(tried.pop_all())
            return view

    def _vacuum(self, table: str) -> None:
        with self._pool.unhurried() as connection:
            connection.execute(f"VACUUM (ANALYZE) {table}".encode())

    def _migrate(self) -> None:
        scripts = migrations("postgres")
        with self._pool.lend() as connection:
            if _one(connection, "schema_exists") and self._present(connection, len(scripts)) == len(scripts):
                return
        with self._pool.transaction(_WRITE, patience_ms=0) as connection:
            for step in ("lock_schema", "begin_schema", "begin_versions"):
                connection.execute(_WHOLE[step])
            present = self._present(connection, len(scripts))
            for number, script in enumerate(scripts[present:], start=present + 1):
                connection.execute(script.encode())
                connection.execute(_WHOLE["keep_version"], {"version": number})

    def _present(self, connection: Connection, newest: int) -> int:
        present = _one(connection, "schema_version")
        if present > newest:
            raise StoreMismatch(
                f"{self._pool.name} has schema {present}, this version of satchel knows {newest}; upgrade satchel"
            )
        return present


class PostgresView:
    """One snapshot of one space."""

    def __init__(self, connection: Connection, scope: Scope, found: tuple[Any, ...] | None) -> None:
        self._connection = connection
        self._scope = _scope_values(scope)
        began = found is not None and found[0] > 0
        self.state = State(found[0], found[1], Phase(found[2]), found[3]) if found is not None and began else None

    def rows(self, kind: RowKind, *, since: int = 0) -> Sequence[Row]:
        """Return the live rows of a kind that a later version than `since` wrote."""
        statement = "messages" if kind is RowKind.MESSAGE else "rows"
        return [_row(found) for found in self._run(statement, kind=kind.value, since=since)]

    def ids(self, kind: RowKind) -> Sequence[str]:
        """Return the ids of the live rows of a kind."""
        statement = "message_ids" if kind is RowKind.MESSAGE else "ids"
        return [id_text(found[0]) for found in self._run(statement, kind=kind.value)]

    def get(self, kind: RowKind, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the live rows with these ids."""
        if not ids:
            return {}
        found = map(_row, self._run("get", kind=kind.value, ids=[*map(id_bytes, ids)]))
        by_id = {row.id: row for row in found}
        return {one: by_id[one] for one in ids if one in by_id}

    def marked(self, marks: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return the row id behind each of these marks."""
        if not marks:
            return {}
        found = {mark: id_text(row_id) for mark, row_id in self._run("marked", marks=list(marks))}
        return {mark: found[mark] for mark in marks if mark in found}

    def marks(self) -> Mapping[bytes, str]:
        """Return every mark of the space."""
        return {mark: id_text(row_id) for mark, row_id in self._run("marks")}

    def count(self, kind: RowKind) -> int:
        """Return how many live rows of a kind there are."""
        return next(found[0] for found in self._run("count", kind=kind.value))

    def _run(self, statement: str, **values: object) -> psycopg.Cursor[tuple[Any, ...]]:
        return self._connection.execute(_SQL[statement], {**self._scope, **values}, binary=True)


@dataclass(slots=True)
class _Updating:
    """One update, which may have to be tried more than once."""

    pool: Pool
    scope: Scope
    decide: Decision
    sent: "_Sent | None" = None
    """What a transaction did that was sent to be committed and of which nothing was heard."""

    def run(self) -> int:
        try:
            with _holding(self.pool, self.scope) as (connection, view):
                return self._written(connection, view)
        except _NothingToDoError as nothing:
            return nothing.version
        except StoreUnavailable as error:
            raise type(error)(f"{error}. {_IN_DOUBT}") if self.sent else error from None

    def _written(self, connection: Connection, view: PostgresView) -> int:
        if self.sent is not None and self.sent.is_done(view):
            raise _NothingToDoError(self.sent.version)
        self.sent = None
        changes = self.decide(view)
        if changes.empty:
            raise _NothingToDoError(view.state.version if view.state else 0)
        state = next_state(view.state, changes)
        _Writing(connection, _scope_values(self.scope)).apply(changes, state)
        self.sent = _Sent.of(changes, state.version)
        return state.version


@dataclass(frozen=True, slots=True)
class _Sent:
    """What tells whether a transaction was committed: one row that it wrote, or else the rows that it removed."""

    version: int
    written: Row | None
    removed: Sequence[tuple[RowKind, str]]

    @classmethod
    def of(cls, changes: Changes, version: int) -> "_Sent | None":
        """Return what tells it of these changes, or None when they may simply be made again.

        A message is the best of rows: it has an id of its own.
        """
        written = next((row for row in changes.put if row.kind is RowKind.MESSAGE), next(iter(changes.put), None))
        if written is None and not changes.remove:
            return None
        return cls(version, replace(written, version=version) if written else None, changes.remove)

    def is_done(self, view: PostgresView) -> bool:
        """Whether the row is there as it was written, or what was removed is gone.

        Another transaction may have written its own row of the same id and version, such as the names of a space that
        two begin at once; but then with other bytes, since sealing takes a new nonce each time.
        """
        if self.written is not None:
            return view.get(self.written.kind, [self.written.id]).get(self.written.id) == self.written
        return not any(view.get(kind, [row_id]) for kind, row_id in self.removed)


class _NothingToDoError(Exception):
    """The transaction need not be committed; the version of the space is this."""

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


@dataclass(frozen=True, slots=True)
class _Writing:
    """The application of changes to one space, inside a transaction."""

    connection: Connection
    scope: Mapping[str, UUID]

    def apply(self, changes: Changes, state: State) -> None:
        with self.connection.pipeline():
            if changes.everything:
                self._run("remove_all")
                self._run("unmark_all")
            for kind in dict.fromkeys(kind for kind, _ in changes.remove):
                self._run("remove", kind=kind.value, ids=[id_bytes(one) for of, one in changes.remove if of is kind])
            self._each(
                "put",
                (
                    {
                        "kind": row.kind.value,
                        "id": id_bytes(row.id),
                        "version": state.version,
                        "number": number,
                        "at": row.at,
                        "body": row.body,
                    }
                    for number, row in enumerate(changes.put)
                ),
            )
            if changes.remove:
                self._run("unmark", ids=[id_bytes(one) for one in dict.fromkeys(one for _, one in changes.remove)])
            self._each("mark", ({"mark": mark, "id": id_bytes(row_id)} for mark, row_id in changes.marks.items()))
            self._run(
                "keep_state",
                version=state.version,
                key_id=state.key_id,
                phase=state.phase.value,
                created_at=state.created_at,
            )

    def _run(self, statement: str, **values: object) -> None:
        self.connection.execute(_SQL[statement], {**self.scope, **values})

    def _each(self, statement: str, values: Iterator[Mapping[str, object]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(_SQL[statement], [{**self.scope, **one} for one in values])


@contextmanager
def _snapshot(pool: Pool, scope: Scope) -> Generator[PostgresView]:
    with pool.begun(_READ, _SQL["state"], _scope_values(scope)) as (connection, state):
        yield PostgresView(connection, scope, state.fetchone())


@contextmanager
def _holding(pool: Pool, scope: Scope) -> Generator[tuple[Connection, PostgresView]]:
    """Begin a transaction that holds the space until its end."""
    values = _scope_values(scope)
    with pool.begun(_WRITE, _SQL["hold"], values) as (connection, held):
        found = held.fetchone()
        if found is None:
            connection.execute(_SQL["begin_space"], values)
            found = connection.execute(_SQL["hold"], values, binary=True).fetchone()
        yield connection, PostgresView(connection, scope, found)


def _explained(connection: Connection, statement: bytes) -> Any:
    found = connection.execute(b"EXPLAIN (FORMAT JSON) " + statement, _SAMPLE).fetchone()
    return found[0] if found else None


def _scope_values(scope: Scope) -> dict[str, UUID]:
    tenant, space = scope_uuids(scope)
    return {"tenant": tenant, "space": space}


def _row(found: tuple[str, bytes, int, bytes, int]) -> Row:
    kind, row_id, at, body, version = found
    return Row(RowKind(kind), id_text(row_id), at, body, version)


def _one(connection: Connection, statement: str) -> Any:
    found = connection.execute(_WHOLE[statement]).fetchone()
    return found[0] if found else None
