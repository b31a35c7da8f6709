"""Sealing of content columns under a space's data key.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the associated data binds tenant, space, row and
column, so that a sealed value moved to another place does not open. An unencrypted store uses `Plain`, which
has the same shape, seals nothing, and still notices what was changed.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from satchel.errors import StoreDamaged

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs."""

    tenant: str
    space: str
    row: str
    column: str

    def associated_data(self) -> bytes:
        """Return the place as unambiguous bytes: each part with its length before it."""
        parts = [part.encode() for part in (self.tenant, self.space, self.row, self.column)]
        return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


class Cipher(Protocol):
    """Seals and opens the content of one space, and fingerprints what must be recognised again."""

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return what may be written to disk at `place`."""
        ...

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Return what was sealed at `place`; raises `StoreDamaged` when it was not."""
        ...

    def mark(self, material: bytes) -> bytes:
        """Return 16 bytes that are the same for the same material, and tell nothing about it."""
        ...


class Sealing:
    """AES-256-GCM under one data key."""

    def __init__(self, data_key: bytes) -> None:
        self._aead = AESGCM(data_key)
        self._mark_key = _mark_key(data_key)

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return nonce, ciphertext and tag: 28 bytes longer than `plain`."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plain, place.associated_data())

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Return what was sealed at `place`."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.associated_data())
        except (InvalidTag, ValueError):
            raise _damaged(place) from None

    def mark(self, material: bytes) -> bytes:
        """Return the first 16 bytes of HMAC-SHA-256 under a key of its own."""
        return _mark(self._mark_key, material)


class Plain:
    """No encryption, by the caller's wish; a keyed digest still shows what was changed or moved."""

    def __init__(self, data_key: bytes) -> None:
        self._mark_key = _mark_key(data_key)

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return `plain` after a digest of it and its place."""
        return self._digest(plain, place) + plain

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Return what was sealed.

        Raises:
            StoreDamaged: it was changed, or is not from this place.
        """
        digest, plain = sealed[:_MARK_BYTES], sealed[_MARK_BYTES:]
        if not hmac.compare_digest(digest, self._digest(plain, place)):
            raise _damaged(place)
        return plain

    def _digest(self, plain: bytes, place: Place) -> bytes:
        return _mark(self._mark_key, place.associated_data() + plain)

    def mark(self, material: bytes) -> bytes:
        """Return the first 16 bytes of HMAC-SHA-256 under a key of its own."""
        return _mark(self._mark_key, material)


def _damaged(place: Place) -> StoreDamaged:
    return StoreDamaged(
        f"row {place.row}, column {place.column}: the bytes are not what was written here; "
        "run `satchel check`, and restore the store from a backup"
    )


def _mark_key(data_key: bytes) -> bytes:
    return hmac.digest(data_key, b"satchel/marks/1", hashlib.sha256)


def _mark(key: bytes, material: bytes) -> bytes:
    return hmac.digest(key, material, hashlib.sha256)[:_MARK_BYTES]
