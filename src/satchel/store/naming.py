"""How pseudonyms and ids are kept: as the 16 bytes that they stand for."""

import re
from uuid import UUID

from satchel.errors import InvalidInput
from satchel.ids import uuid_text
from satchel.store.port import Scope

_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UUID_BYTES = 16


def scope_uuids(scope: Scope) -> tuple[UUID, UUID]:
    """Return the pseudonyms of a tenant and a space as UUIDs."""
    return pseudonym_uuid(scope.tenant), pseudonym_uuid(scope.space)


def pseudonym_uuid(pseudonym: str) -> UUID:
    """Return a pseudonym as a UUID.

    Raises:
        InvalidInput: it has not the form of one.
    """
    if not _PSEUDONYM.fullmatch(pseudonym):
        raise InvalidInput(f"{pseudonym!r} is no pseudonym: those have 32 hexadecimal digits")
    return UUID(pseudonym)


def id_bytes(row_id: str) -> bytes:
    """Return an id as bytes: the 16 of a UUID; of another text its UTF-8 after one zero, or two where that made 16."""
    if _UUID.fullmatch(row_id):
        return bytes.fromhex(row_id.replace("-", ""))
    text = b"\0" + row_id.encode()
    return b"\0" + text if len(text) == _UUID_BYTES else text


def id_text(kept: bytes) -> str:
    """Return the id that `id_bytes` was given."""
    return uuid_text(kept.hex()) if len(kept) == _UUID_BYTES else kept.lstrip(b"\0").decode()
