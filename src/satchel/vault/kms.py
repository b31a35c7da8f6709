"""A master key that a key management service makes: what makes it never leaves the service, which can refuse and log.

The service has the shape of AWS KMS: an HMAC key makes the store's master key from the store's salt. A client of
boto3, `boto3.client("kms")`, fits as it is (key spec HMAC_256; the permission is kms:GenerateMac). `LocalKms` is the
same over a folder, for tests and for those who mount their keys.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from satchel.errors import InvalidInput, SatchelError, StoreUnavailable, WrongKey
from satchel.vault.cipher import KEY_BYTES

_ALGORITHM = "HMAC_SHA_256"
_PURPOSE = b"satchel/master/1\0"


class Kms(Protocol):
    """What is asked of a key management service: the operation GenerateMac of AWS KMS."""

    def generate_mac(self, *, KeyId: str, Message: bytes, MacAlgorithm: str) -> Mapping[str, Any]:  # noqa: N803
        """Return a mapping whose "Mac" is the message's HMAC under the key."""
        ...


class KmsKey:
    """The master key of a store, made by a service from one of its HMAC keys."""

    source = "kms"

    def __init__(self, client: Kms, key_id: str) -> None:
        if not key_id:
            raise InvalidInput("key_id is empty; give the id or ARN of an HMAC key of the service")
        self._client = client
        self._key_id = key_id

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Ask the service for the key."""
        return (self.next(salt),)

    def next(self, salt: bytes) -> bytes:
        """Ask the service for the key.

        Raises:
            StoreUnavailable: it refuses or cannot be reached.
        """
        try:
            answer = self._client.generate_mac(KeyId=self._key_id, Message=_PURPOSE + salt, MacAlgorithm=_ALGORITHM)
        except SatchelError:
            raise
        except Exception as error:
            raise StoreUnavailable(
                f"the key management service did not make the master key with {self._key_id} ({error}); "
                "check that it can be reached and that the caller may use kms:GenerateMac"
            ) from error
        key = bytes(answer["Mac"])
        if len(key) != KEY_BYTES:
            raise InvalidInput(f"{self._key_id} makes MACs of {len(key)} bytes; use a key of the spec HMAC_256")
        return key

    def settle(self, key: bytes) -> None:
        """Do nothing: the service keeps what makes the key."""


class LocalKms:
    """HMAC keys in a folder that only its owner may read, a file for each key id."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder).expanduser()

    def create_key(self, key_id: str) -> str:
        """Make a key, and return its id."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        return key_id

    def generate_mac(self, *, KeyId: str, Message: bytes, MacAlgorithm: str) -> Mapping[str, Any]:  # noqa: N803
        """Return the HMAC of a message under a key, as AWS KMS does."""
        if MacAlgorithm != _ALGORITHM:
            raise InvalidInput(f"MacAlgorithm={MacAlgorithm!r}: this service has {_ALGORITHM}")
        try:
            key = self._path(KeyId).read_bytes()
        except FileNotFoundError:
            raise WrongKey(f"the key {KeyId!r} is not in {self._folder}; put it back, or name another") from None
        return {"KeyId": KeyId, "MacAlgorithm": MacAlgorithm, "Mac": hmac.digest(key, Message, hashlib.sha256)}

    def _path(self, key_id: str) -> Path:
        if not key_id.replace("-", "").replace("_", "").isalnum():
            raise InvalidInput(f"key id {key_id!r}: use letters, digits, - and _")
        return self._folder / f"{key_id}.hmac"
