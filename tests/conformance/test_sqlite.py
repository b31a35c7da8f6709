"""The SQLite store passes the suite that every store passes, in a file and in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from satchel.store.sqlite import SqliteStore
from satchel.testing import StoreConformance


class TestSqliteFile(StoreConformance):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[SqliteStore]:
        store = SqliteStore(tmp_path / "satchel.db")
        yield store
        store.close()


class TestSqliteInMemory(StoreConformance):
    @pytest.fixture
    def store(self) -> Iterator[SqliteStore]:
        store = SqliteStore(None)
        yield store
        store.close()

    def test_a_view_is_one_snapshot(self) -> None:  # type: ignore[override]
        """Does not apply: a database in memory has one connection, so a writer waits until the view is closed."""
