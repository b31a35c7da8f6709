"""The PostgreSQL store passes the suite that every store passes."""

from collections.abc import Iterator

import pytest

from satchel.testing import StoreConformance


class TestPostgres(StoreConformance):
    @pytest.fixture
    def store(self, postgres_url: str) -> Iterator[object]:
        from satchel.store.postgres import PostgresStore

        store = PostgresStore(postgres_url)
        yield store
        store.close()
