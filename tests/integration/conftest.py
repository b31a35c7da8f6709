"""A memory in a fresh directory, with a quick embedder and a clock that steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import satchel
from satchel.testing import HashEmbedder, SteppingClock


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def memory(directory: Path, clock: SteppingClock) -> Iterator[satchel.Memory]:
    with satchel.open(directory, embedder=HashEmbedder(), clock=clock) as memory:
        yield memory


@pytest.fixture
def alice(memory: satchel.Memory) -> satchel.Space:
    return memory.space("alice")
