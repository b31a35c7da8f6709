"""The one place where the benchmarks look behind the public API: for the size of the indexes in memory."""

from satchel.memory import Memory


def index_bytes(memory: Memory) -> int:
    """Return the bytes in memory of all space indexes that a memory holds."""
    return memory._engine.indexes.nbytes  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
