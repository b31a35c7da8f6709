"""Where the master key comes from: a key file, a passphrase, an environment variable, a keychain, or the caller.

A source is asked to `unlock` with the store's salt and says whether it had to make a new key. Rotation asks a
source for its `next` key, re-wraps the data keys with it, and only then lets the source `settle` on it, so that a
crash at any point leaves one key that opens the store.
"""

import os
import re
import secrets
import stat
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from satchel.errors import InvalidInput, ModelUnavailable, WrongKey
from satchel.vault.cipher import KEY_BYTES

ENVIRONMENT_VARIABLE = "SATCHEL_KEY"
_HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")
_SHORTEST_PASSPHRASE = 8


@runtime_checkable
class MasterKey(Protocol):
    """A source of the 32 bytes that wrap a store's data keys."""

    @property
    def source(self) -> str:
        """The kind of source: kept beside the wrapped keys, to say what is needed to open them."""
        ...

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:
        """Return the key, or the few that may be it; a `fresh` store lets the source make one.

        Raises:
            WrongKey: there is no key to be had.
        """
        ...

    def next(self, salt: bytes) -> bytes:
        """Return the key to rotate to; what the source holds stays as it is until `settle`."""
        ...

    def settle(self, key: bytes) -> None:
        """Keep `key` alone from now on, if it is the one that `next` made."""
        ...


class RawKey:
    """32 bytes that the caller keeps."""

    source = "raw"

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise InvalidInput(f"a master key has {KEY_BYTES} bytes, not {len(key)}; or pass a passphrase as text")
        self._key = key

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Return the caller's key."""
        return (self._key,)

    def next(self, salt: bytes) -> bytes:  # noqa: ARG002
        """Return the caller's key."""
        return self._key

    def settle(self, key: bytes) -> None:
        """Do nothing: the caller keeps the key."""


class Passphrase:
    """A key derived from words by Argon2id (RFC 9106, its second recommended setting: 3 passes over 64 MiB)."""

    source = "passphrase"

    def __init__(self, words: str) -> None:
        if len(words) < _SHORTEST_PASSPHRASE:
            raise InvalidInput(f"a passphrase needs at least {_SHORTEST_PASSPHRASE} characters")
        self._words = words

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Derive the key: about 0.1 s and 64 MiB."""
        return (self.next(salt),)

    def next(self, salt: bytes) -> bytes:
        """Derive the key: about 0.1 s and 64 MiB."""
        derivation = Argon2id(salt=salt, length=KEY_BYTES, iterations=3, lanes=4, memory_cost=64 * 1024)
        return derivation.derive(self._words.encode())

    def settle(self, key: bytes) -> None:
        """Do nothing: the words are the key."""


class EnvironmentKey:
    """An environment variable that holds 64 hexadecimal digits (the key) or anything else (a passphrase)."""

    source = "environment"

    def __init__(self, variable: str = ENVIRONMENT_VARIABLE) -> None:
        self._variable = variable

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Read the variable."""
        return (self.next(salt),)

    def next(self, salt: bytes) -> bytes:
        """Read the variable."""
        value = os.environ.get(self._variable, "")
        if not value:
            raise WrongKey(f"the environment variable {self._variable} is not set; set it to the store's key")
        return bytes.fromhex(value) if _HEX_KEY.fullmatch(value) else Passphrase(value).next(salt)

    def settle(self, key: bytes) -> None:
        """Do nothing: the environment is the caller's."""


class KeyFile:
    """A file of 64 hexadecimal digits that only its owner may read (mode 0600), made when the store is."""

    source = "file"

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser()
        self._staged = self._path.with_name(self._path.name + ".next")

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Read the file, and the one that an interrupted rotation left; make it for a fresh store."""
        if fresh and not self._path.exists():
            _write_private(self._path, secrets.token_bytes(KEY_BYTES))
        staged = self._staged_key()
        if self._path.exists():
            return (_read_private(self._path), *staged)
        if not staged:
            raise WrongKey(f"the key file {self._path} is missing; put it back, or pass the key it held")
        return staged

    def next(self, salt: bytes) -> bytes:  # noqa: ARG002
        """Write a new key beside the present one."""
        key = secrets.token_bytes(KEY_BYTES)
        _write_private(self._staged, key)
        return key

    def settle(self, key: bytes) -> None:
        """Put the new key in the place of the old one."""
        if key in self._staged_key():
            self._staged.replace(self._path)

    def _staged_key(self) -> tuple[bytes, ...]:
        """Return the key that a rotation wrote beside the present one; a half-written one was never used."""
        try:
            return (_read_private(self._staged),)
        except (OSError, WrongKey):
            return ()


class Keychain:
    """The operating system's keychain, through `keyring` (extra `keychain`)."""

    source = "keychain"

    def __init__(self, service: str = "satchel", user: str = "master") -> None:
        self._service = service
        self._user = user

    def unlock(self, salt: bytes, *, fresh: bool) -> tuple[bytes, ...]:  # noqa: ARG002
        """Ask the keychain; store a new key there for a fresh store."""
        held = self._held(self._user)
        if held is None and fresh:
            held = secrets.token_bytes(KEY_BYTES)
            self._keyring().set_password(self._service, self._user, held.hex())
        keys = [key for key in (held, self._held(self._staged)) if key is not None]
        if not keys:
            raise WrongKey(f"the keychain has no entry {self._service!r} for {self._user!r}; unlock or restore it")
        return tuple(keys)

    def next(self, salt: bytes) -> bytes:  # noqa: ARG002
        """Store a new key beside the present one."""
        key = secrets.token_bytes(KEY_BYTES)
        self._keyring().set_password(self._service, self._staged, key.hex())
        return key

    def settle(self, key: bytes) -> None:
        """Put the new key in the place of the old one."""
        if self._held(self._staged) == key:
            self._keyring().set_password(self._service, self._user, key.hex())
            self._keyring().delete_password(self._service, self._staged)

    @property
    def _staged(self) -> str:
        return self._user + ".next"

    def _held(self, user: str) -> bytes | None:
        value = self._keyring().get_password(self._service, user)
        return bytes.fromhex(value) if value and _HEX_KEY.fullmatch(value) else None

    @staticmethod
    def _keyring() -> Any:
        try:
            return import_module("keyring")
        except ImportError as error:
            raise ModelUnavailable("the keychain needs keyring: pip install 'satchel[keychain]'") from error


def _write_private(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read_private(path: Path) -> bytes:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongKey(f"others may read the key file {path}; run: chmod 600 {path}")
    text = path.read_text().strip()
    if not _HEX_KEY.fullmatch(text):
        raise WrongKey(f"the key file {path} does not hold 64 hexadecimal digits; restore it from a backup")
    return bytes.fromhex(text)
