"""PostgreSQL connections for the store and the key store: a pool for each URL, and the server's errors in our words."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import conninfo
from psycopg_pool import ConnectionPool, PoolClosed

from satchel.errors import InvalidInput, SatchelError, StoreDamaged, StoreUnavailable
from satchel.patience import Interrupted

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]
Values = Mapping[str, object]

_MOST_CONNECTIONS = 8
_CONNECT_SECONDS = 5
_WAITING_SECONDS = 2
"""How long to wait for a connection, and how long the pool tries by itself to make one before it is asked again. Short,
because the pool's pauses double: a server that was away for minutes would be tried again minutes later."""
_STATEMENT_SECONDS = 60
_LOCK_SECONDS = 30
_IDLE_SECONDS = 120
_SETTINGS = (
    f"SET statement_timeout = '{_STATEMENT_SECONDS}s'",
    f"SET lock_timeout = '{_LOCK_SECONDS}s'",
    f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'",
    "SET client_min_messages = warning",
)
_LOST = ("08", "57P01", "57P02", "57P03", "57P05", "53300", "25P03", "25P04", "40001", "40P01")
"""SQLSTATEs of what may be tried again: the connection is gone, the server (re)starts, two transactions collide."""
_UNREADABLE = (
    "the PostgreSQL URL cannot be read; use postgresql://user:password@host/name, "
    "where what is not a letter or digit is percent-encoded in the user and the password"
)
_KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 15_000,
}  # fmt: skip
"""So that a server that vanished from the network is noticed within fifteen seconds."""

_DENIED = ("28", "3D000", "42501")
_SLOW = ("57014", "55P03")
_FULL = ("53",)
_DAMAGED = ("XX001", "XX002")


class Pool:
    """The connections to one database. Safe to use from several threads."""

    def __init__(self, url: str) -> None:
        self.name = _shown(url)
        _try(url, self.name)
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=_WAITING_SECONDS,
            reconnect_timeout=_WAITING_SECONDS,
            kwargs={"autocommit": True, "connect_timeout": _CONNECT_SECONDS, **_KEEPALIVE},
            configure=_configure,
            name="satchel",
            open=True,
        )

    @contextmanager
    def lend(self) -> Generator[Connection]:
        """Lend a connection that is in no transaction."""
        with self._translated(), self._pool.connection() as connection:
            yield connection

    @contextmanager
    def transaction(self, begin: str, *, patience_ms: int | None = None) -> Generator[Connection]:
        """Lend a connection inside a transaction that is rolled back when anything raises.

        Args:
            begin: the statement that begins it.
            patience_ms: how long a statement may take, where that is not the usual time; 0 for as long as it needs.
        """
        with self.lend() as connection, _ended(connection):
            connection.execute(begin.encode())
            if patience_ms is not None:
                connection.execute(f"SET LOCAL statement_timeout = {patience_ms:d}".encode())
                connection.execute(f"SET LOCAL lock_timeout = {patience_ms:d}".encode())
            yield connection

    @contextmanager
    def begun(self, begin: str, first: bytes, values: Values) -> Generator[tuple[Connection, Cursor]]:
        """Lend a connection inside a transaction, and the answer to its first statement.

        Both are sent at once, so that they cost one round trip to the server.
        """
        with self.lend() as connection, _ended(connection):
            with connection.pipeline():
                connection.execute(begin.encode())
                answer = connection.execute(first, values, binary=True)
            yield connection, answer

    @contextmanager
    def unhurried(self) -> Generator[Connection]:
        """Lend a connection that is in no transaction and whose statements may take as long as they need."""
        with self.lend() as connection:
            connection.execute("SET statement_timeout = 0")
            try:
                yield connection
            finally:
                with suppress(psycopg.Error):
                    _configure(connection)

    def close(self) -> None:
        """Close every connection; those that are lent out close when they come back."""
        self._pool.close()

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            yield
        except PoolClosed as error:
            raise StoreUnavailable(f"{self.name} was closed here; open it again") from error
        except psycopg.Error as error:
            found = _translated(self.name, error)
            if isinstance(found, Interrupted) and not self._pool.closed:
                self._pool.check()  # one lost connection means that others are lost too
            raise found from error


@contextmanager
def _ended(connection: Connection) -> Generator[None]:
    """Commit a transaction at the end, or roll it back when anything raises."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _configure(connection: Connection) -> None:
    for setting in _SETTINGS:
        connection.execute(setting.encode())


def _try(url: str, name: str) -> None:
    """Connect once, so that what is wrong with a URL is known when a store is opened.

    The driver does not say what kind of error it is when a connection was never made.
    """
    try:
        psycopg.connect(url, connect_timeout=_CONNECT_SECONDS).close()
    except psycopg.Error as error:
        raise StoreUnavailable(
            f"{name} cannot be opened ({_reason(error)}); "
            "check that the server runs, and the host, the database, the user and the password in the URL"
        ) from error


def _shown(url: str) -> str:
    """Return the host and database of a URL, without a password."""
    try:
        parts = conninfo.conninfo_to_dict(url)
    except psycopg.Error:  # what it says may hold the password
        raise InvalidInput(_UNREADABLE) from None
    host, name = parts.get("host") or "localhost", parts.get("dbname") or ""
    if "@" in f"{host}{name}":
        raise InvalidInput(_UNREADABLE)
    return f"postgresql://{host}/{name}"


def _translated(name: str, error: psycopg.Error) -> SatchelError:
    state, reason = error.sqlstate or "", _reason(error)
    if state.startswith(_DENIED):
        return StoreUnavailable(f"{name} refuses ({reason}); check the user, the password, the database and its rights")
    if state.startswith(_LOST) or (not state and isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))):
        return Interrupted(
            f"{name} cannot be reached now ({reason}); nothing was half written: "
            "check that the server runs, then try again"
        )
    if state.startswith(_SLOW):
        return StoreUnavailable(f"{name} took too long ({reason}); nothing was changed: try again when it is less busy")
    if state.startswith(_FULL):
        return StoreUnavailable(f"{name} has no room left ({reason}); nothing was changed: free some, then try again")
    if state.startswith(_DAMAGED):
        return StoreDamaged(f"{name} is damaged ({reason}); restore it from a backup")
    return StoreUnavailable(f"{name} cannot do this now ({reason})")


def _reason(error: psycopg.Error) -> str:
    return " ".join(str(error).split()) or type(error).__name__
