"""The store in dictionaries passes the suite that every store passes."""

import pytest

from satchel.testing import MemoryStore, StoreConformance


class TestMemory(StoreConformance):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
