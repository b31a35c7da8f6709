"""What every kind of test may ask for."""

from collections.abc import Iterator

import pytest

from postgres import database


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty database on a real PostgreSQL server."""
    with database() as url:
        yield url
