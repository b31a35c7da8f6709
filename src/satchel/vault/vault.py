"""The vault: opens a store's key store with its master key, and hands out the cipher of each space.

Names of tenants and spaces are content too, so rows carry pseudonyms of them: HMAC-SHA-256 under a lookup key
that is wrapped like the data keys are. The lookup key also proves the master key: if it does not open, the key is
wrong.
"""

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from satchel.errors import InvalidInput, StoreDamaged, StoreMismatch, WrongKey
from satchel.patience import patiently
from satchel.vault.cipher import KEY_BYTES, Cipher, Place, Plain, Sealing
from satchel.vault.keystore import KeyStore
from satchel.vault.master import ENVIRONMENT_VARIABLE, EnvironmentKey, KeyFile, MasterKey, Passphrase, RawKey

Key = str | bytes | MasterKey | None
"""What `satchel.open(key=…)` takes: a passphrase, 32 bytes, a source, or None for the store's own."""

KeyFilePath = Callable[[str], Path | None]
"""Where the file with the master key of a store is, by the store's id."""

_LOOKUP = Place("", "", "lookup", "key")
_UNENCRYPTED = "none"
_UNLOCK_ATTEMPTS = 3
_UNLOCK_PAUSE = 0.05
"""Seconds: another process may be between changing the wrapped keys and putting its key file in place."""


@dataclass(frozen=True, slots=True)
class SpaceKey:
    """The cipher of one space, and the id of the data key that it works with."""

    key_id: str
    cipher: Cipher


@dataclass(slots=True)
class _Rotating:
    """The master key that a rotation leads to, and the lookup key under it."""

    source: MasterKey
    master: bytes = b""
    wrapped_lookup: bytes = b""


class Vault:
    """The keys of one store. Safe to use from several threads, and beside other processes."""

    def __init__(
        self,
        store: KeyStore,
        *,
        key_file: KeyFilePath,
        key: Key = None,
        encrypt: bool = True,
        adopt: bytes | None = None,
        may_begin: Callable[[], None] = lambda: None,
    ) -> None:
        """Open or make the keys of a store.

        Args:
            store: where wrapped keys are kept; it is closed with the vault.
            key_file: gives the path of the master key's file, by the id of the store; None for one in memory.
            key: what wraps the data keys.
            encrypt: whether content is sealed.
            adopt: the lookup key that a new store takes over, so that the pseudonyms of another hold in it.
            may_begin: raises when keys must not be made anew.
        """
        if key is not None and not encrypt:
            raise InvalidInput("key is given with encrypt=False; leave one of them out")
        self._lock = RLock()
        self._held: dict[tuple[str, str], SpaceKey] = {}
        self._store = store
        self._encrypted = encrypt
        try:
            patiently(lambda: self._open(key, key_file, adopt, may_begin))
        except BaseException:
            store.close()
            raise

    @property
    def source(self) -> str:
        """The kind of master key in use: file, passphrase, environment, keychain, raw; or none."""
        return self._source.source if self._source else _UNENCRYPTED

    @property
    def encrypted(self) -> bool:
        """Whether content is sealed."""
        return self._encrypted

    def pseudonym(self, tenant: str, space: str) -> tuple[str, str]:
        """Return what stands for a tenant's and a space's name in rows: 32 hexadecimal digits each."""
        own = hmac.digest(self._lookup, f"tenant\0{tenant}".encode(), hashlib.sha256)
        whole = hmac.digest(self._lookup, f"space\0{tenant}\0{space}".encode(), hashlib.sha256)
        return own.hex()[:32], whole.hex()[:32]

    def key(self, tenant: str, space: str) -> SpaceKey | None:
        """Return the key of the space with these pseudonyms, or None when there is none."""
        with self._lock:
            if (tenant, space) not in self._held:
                found = self._store.key(tenant, space)
                if found is None:
                    return None
                self._held[tenant, space] = self._opened(tenant, space, *found)
            return self._held[tenant, space]

    def create(self, tenant: str, space: str) -> SpaceKey:
        """Return the key of the space, made now unless another process was first."""
        with self._lock:
            try:
                return patiently(lambda: self._created(tenant, space))
            except BaseException:
                self.drop(tenant, space)  # it may not have been kept: nothing must be sealed with it
                raise

    @property
    def lookup(self) -> bytes:
        """The key that makes pseudonyms of names: another store that adopts it has the same ones."""
        return self._lookup

    @property
    def holders(self) -> tuple[tuple[str, str], ...]:
        """The pseudonyms of every tenant and space that has a key."""
        return tuple((tenant, space) for tenant, space, _, _ in self._store.wrapped_keys())

    def data_key(self, tenant: str, space: str) -> tuple[str, bytes] | None:
        """Return the id and the bytes of a space's data key, for another vault to adopt."""
        with self._lock:
            found = self._store.key(tenant, space)
            if found is None:
                return None
            self._refresh_master()
            key_id, wrapped = found
            return key_id, self._unwrap(wrapped, Place(tenant, space, key_id, "key"))

    def adopt(self, tenant: str, space: str, key_id: str, data_key: bytes) -> None:
        """Keep the data key of a space that comes from another store, in the place of any other."""
        with self._lock, self._store.transaction():
            self._held.pop((tenant, space), None)
            self._refresh_master()
            self._store.put(tenant, space, key_id, self._wrap(data_key, Place(tenant, space, key_id, "key")))

    def cipher(self, data_key: bytes) -> Cipher:
        """Return the cipher that this store seals with under a data key."""
        return Sealing(data_key) if self._encrypted else Plain(data_key)

    @property
    def fingerprint(self) -> str:
        """What tells whether pseudonyms of two stores are the same, and nothing else."""
        return hmac.digest(self._lookup, b"satchel/fingerprint/1", hashlib.sha256).hex()[:32]

    def drop(self, tenant: str, space: str) -> None:
        """Forget a key that is held in memory; the next use reads it again."""
        with self._lock:
            self._held.pop((tenant, space), None)

    def destroy(self, tenant: str, space: str, key_id: str) -> bool:
        """Destroy a space's key: no copy of its rows can be read again. Return whether it was there."""
        with self._lock:
            self._held.pop((tenant, space), None)
            return self._store.destroy(tenant, space, key_id)

    def rotate(self, key: Key) -> None:
        """Wrap every data key with another master key; content stays as it is.

        None makes a new key in the present key file or keychain.
        """
        if self._source is None:
            raise StoreMismatch("this store is not encrypted; there is no key to rotate")
        with self._lock:
            rotating = _Rotating(self._source if key is None else _as_source(key))
            patiently(lambda: self._rotated(rotating))
            self._source, self._master, self._wrapped_lookup = rotating.source, rotating.master, rotating.wrapped_lookup
            patiently(self._settle)
            self._store.rewrite()

    def remains(self) -> tuple[str, ...]:
        """Return what stays of a key that was destroyed, in words."""
        return self._store.remains()

    def close(self) -> None:
        """Forget the keys and close the key store."""
        with self._lock:
            self._held.clear()
            self._store.close()

    def _open(self, key: Key, key_file: KeyFilePath, adopt: bytes | None, may_begin: Callable[[], None]) -> None:
        with self._store.transaction() if self._store.setting("lookup") is None else nullcontext():
            if self._store.setting("lookup") is None:
                may_begin()
            self._check_setting(encrypt=self._encrypted)
            self._id = self._own_id()
            self._source = self._pick_source(key, key_file) if self._encrypted else None
            self._unlock(fresh=self._store.setting("lookup") is None, adopt=adopt)

    def _created(self, tenant: str, space: str) -> SpaceKey:
        self._held.pop((tenant, space), None)
        with self._store.transaction():
            if self._store.key(tenant, space) is None:
                self._refresh_master()
                key_id = secrets.token_hex(8)
                place = Place(tenant, space, key_id, "key")
                self._store.put(tenant, space, key_id, self._wrap(secrets.token_bytes(KEY_BYTES), place))
            created = self.key(tenant, space)
        if created is None:
            raise WrongKey("the space's key was destroyed while it was made; try again")
        return created

    def _rotated(self, rotating: "_Rotating") -> None:
        """Wrap every key anew in one transaction, unless an earlier attempt was committed without an answer."""
        with self._store.transaction():
            if rotating.wrapped_lookup and self._store.setting("lookup") == rotating.wrapped_lookup:
                return
            self._unlock(fresh=False)  # and settle what another rotation left, before its key file is written over
            salt = os.urandom(16)
            master = rotating.source.next(salt)
            for tenant, space, key_id, wrapped in self._store.wrapped_keys():
                place = Place(tenant, space, key_id, "key")
                data_key = self._unwrap(wrapped, place)
                self._store.put(tenant, space, key_id, Sealing(master).seal(data_key, place))
            rotating.master, rotating.wrapped_lookup = master, Sealing(master).seal(self._lookup, _LOOKUP)
            self._write_settings(salt, rotating.wrapped_lookup, rotating.source.source)

    def _check_setting(self, *, encrypt: bool) -> None:
        source = self._store.setting("source")
        if source is None:
            return
        was_encrypted = source.decode() != _UNENCRYPTED
        if was_encrypted and not encrypt:
            raise StoreMismatch("this store is encrypted; open it without encrypt=False")
        if encrypt and not was_encrypted:
            raise StoreMismatch("this store was made with encrypt=False; open it with encrypt=False")

    def _own_id(self) -> str:
        """Return the id of the store, made now for a new one."""
        kept = self._store.setting("id")
        if kept is None:
            kept = secrets.token_hex(8).encode()
            self._store.set("id", kept)
        return kept.decode()

    def _pick_source(self, key: Key, key_file: KeyFilePath) -> MasterKey:
        if key is not None:
            return _as_source(key)
        path = key_file(self._id)
        if path is None:
            return RawKey(secrets.token_bytes(KEY_BYTES))
        made_with = (self._store.setting("source") or b"").decode()
        if made_with in ("passphrase", "raw", "keychain", "kms"):
            raise WrongKey(f"this store is locked with a key of kind {made_with!r}; pass it as key=…")
        if made_with == "environment" or (not made_with and os.environ.get(ENVIRONMENT_VARIABLE)):
            return EnvironmentKey()
        return KeyFile(path)

    def _unlock(self, *, fresh: bool, adopt: bytes | None = None) -> None:
        if fresh:
            salt = os.urandom(16)
            self._master = self._source.unlock(salt, fresh=True)[0] if self._source else b""
            self._lookup = adopt or secrets.token_bytes(KEY_BYTES)
            self._wrapped_lookup = self._wrap(self._lookup, _LOOKUP)
            self._write_settings(salt, self._wrapped_lookup, self.source)
            return
        if self._source is None:
            self._lookup = self._store.setting("lookup") or b""
            return
        for attempt in range(_UNLOCK_ATTEMPTS):
            if attempt:
                time.sleep(_UNLOCK_PAUSE)
            wrapped_lookup = self._store.setting("lookup") or b""
            for candidate in self._source.unlock(self._store.setting("salt") or b"", fresh=False):
                if (lookup := _opened_with(candidate, wrapped_lookup)) is not None:
                    self._master, self._lookup, self._wrapped_lookup = candidate, lookup, wrapped_lookup
                    self._settle()
                    return
        raise WrongKey(
            "the master key does not open this store: it was made, or last rotated, with another key. "
            "Pass the right key=…, or restore the key file"
        )

    def _settle(self) -> None:
        """Let the source keep the key in use, unless another process has rotated it since.

        In a transaction, because another rotation may be writing its own new key beside it.
        """
        if self._source:
            with self._store.transaction():
                if self._store.setting("lookup") == self._wrapped_lookup:
                    self._source.settle(self._master)

    def _refresh_master(self) -> None:
        """Unlock again when another process has rotated the master key since."""
        if self._source and self._store.setting("lookup") != self._wrapped_lookup:
            self._unlock(fresh=False)

    def _write_settings(self, salt: bytes, wrapped_lookup: bytes, source: str) -> None:
        self._store.set("salt", salt)
        self._store.set("lookup", wrapped_lookup)
        self._store.set("source", source.encode())

    def _opened(self, tenant: str, space: str, key_id: str, wrapped: bytes) -> SpaceKey:
        self._refresh_master()
        data_key = self._unwrap(wrapped, Place(tenant, space, key_id, "key"))
        return SpaceKey(key_id, self.cipher(data_key))

    def _wrap(self, data_key: bytes, place: Place) -> bytes:
        return Sealing(self._master).seal(data_key, place) if self._encrypted else data_key

    def _unwrap(self, wrapped: bytes, place: Place) -> bytes:
        return Sealing(self._master).open(wrapped, place) if self._encrypted else wrapped


def made_unencrypted(store: KeyStore) -> bool:
    """Whether these are the keys of a store that was made with encrypt=False."""
    return store.setting("source") == _UNENCRYPTED.encode()


def _opened_with(master: bytes, wrapped_lookup: bytes) -> bytes | None:
    """Return the lookup key, or None when this is not the master key that wraps it."""
    try:
        return Sealing(master).open(wrapped_lookup, _LOOKUP)
    except StoreDamaged:
        return None


def _as_source(key: str | bytes | MasterKey) -> MasterKey:
    if isinstance(key, str):
        return Passphrase(key)
    if isinstance(key, bytes):
        return RawKey(key)
    if not isinstance(key, MasterKey):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(f"key: expected a passphrase, {KEY_BYTES} bytes or a source, not {type(key).__name__}")
    return key
