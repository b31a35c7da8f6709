"""Ids of records: UUIDv7 for what happened once, and UUIDv8 for what follows from it (RFC 9562)."""

import hashlib
from uuid import UUID

import uuid_utils

_CUSTOM = 0x8 << 76
_VARIANT = 0x2 << 62
_FREE = ~((0xF << 76) | (0x3 << 62))


def new_id() -> str:
    """Return a new id, later than those made before in this process."""
    return str(uuid_utils.uuid7())


def named_id(*parts: str) -> str:
    """Return the id of something derived, made of what it is: the same wherever it is derived."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()
    return str(UUID(int=int.from_bytes(digest, "big") & _FREE | _CUSTOM | _VARIANT))
