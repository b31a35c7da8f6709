"""Values as compact bytes: MessagePack lists, typed at one place."""

from importlib import import_module
from typing import Any

_msgpack: Any = import_module("msgpack")


def pack(*values: object) -> bytes:
    """Return the values as bytes."""
    return _msgpack.packb(values)


def unpack(data: bytes) -> list[Any]:
    """Return the values that `pack` was given; tuples come back as lists."""
    return _msgpack.unpackb(data)
