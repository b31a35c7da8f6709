"""The one place where the benchmarks look behind the public API: at the store, the indexes in memory, the tagger."""

from dataclasses import replace

from satchel.memory import Memory
from satchel.readings import Reader
from satchel.retrieve.index import SpaceIndex
from satchel.space import Space
from satchel.store.port import Store


def index_bytes(memory: Memory) -> int:
    """Return the bytes in memory of all space indexes that a memory holds."""
    return memory._engine.indexes.nbytes  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def store_of(memory: Memory) -> Store:
    """Return the rows of a memory."""
    return memory._engine.store  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def index_of(space: Space) -> SpaceIndex:
    """Return the index of a space."""
    engine, place = space._engine, space._place  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return engine.read(place.scope, engine.indexes.current) or SpaceIndex()


def without_tagger(memory: Memory) -> Memory:
    """Return the same memory with an engine that finds no claims by the model; close this one only."""
    engine = replace(memory._engine, reader=Reader(None))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return Memory(engine, location=memory.location)
