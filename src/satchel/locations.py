"""Where a store is: a directory, memory, or a PostgreSQL database; and its two halves there, rows and keys."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from os import PathLike
from pathlib import Path

from filelock import FileLock

from satchel.errors import InvalidInput, StoreUnavailable, WrongKey
from satchel.store.port import Store
from satchel.store.sqlite import SqliteStore
from satchel.vault.keystore import FileKeyStore, KeyStore
from satchel.vault.vault import Key, Vault, made_unencrypted

IN_MEMORY = ":memory:"
HOME = Path("~/.satchel")
"""Where the key files of stores on servers are."""

_DATA = "satchel.db"
_KEYS = "keys"
_WRAPPED = "keys.db"
_KEY_FILE = "master.key"
_URL = re.compile(r"[a-z][a-z0-9+]+://")
_POSTGRES = re.compile(r"postgres(ql)?://")
_OPENING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Location:
    """A place for a store: a directory, a URL, or, with neither, memory."""

    directory: Path | None = None
    url: str | None = None

    @property
    def on_postgres(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return self.url is not None

    @property
    def name(self) -> str:
        """What to call it; never with a password."""
        return without_password(self.url) if self.url else str(self.directory or IN_MEMORY)

    @contextmanager
    def opening(self) -> Generator[None]:
        """Let one process at a time open a store in a directory; a server sees to that by itself."""
        if self.directory is None:
            yield
            return
        try:
            self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self.directory / "opening.lock", timeout=_OPENING_SECONDS, mode=0o600):
                yield
        except OSError as error:
            raise StoreUnavailable(
                f"{self.directory} cannot be used as a store ({error}); choose a directory that you may write to"
            ) from error


def location_of(location: str | PathLike[str]) -> Location:
    """Return the place that a path, a URL or `:memory:` names.

    Raises:
        InvalidInput: it names none.
    """
    if not isinstance(location, (str, Path)):
        raise InvalidInput(f"location must be a directory's path as text or Path, not {type(location).__name__}")
    if isinstance(location, str):
        if location == IN_MEMORY:
            return Location()
        if _POSTGRES.match(location):
            return Location(url=location)
        if _URL.match(location):
            raise InvalidInput(f"{without_password(location)}: give a directory, {IN_MEMORY!r} or a postgresql:// URL")
        if not location.strip():
            raise InvalidInput("location is empty; give a directory, such as ~/.satchel")
    directory = Path(location).expanduser()
    if directory.exists() and not directory.is_dir():
        raise InvalidInput(f"{directory} is a file; give a directory for the store")
    return Location(directory=directory)


def open_store(place: Location, replicas: Sequence[str] = ()) -> Store:
    """Open or make the rows of a store."""
    if place.url is not None:
        _need_psycopg()
        from satchel.store.postgres import PostgresStore

        return PostgresStore(place.url, replicas=replicas)
    return SqliteStore(place.directory / _DATA if place.directory else None)


def open_vault(
    place: Location,
    *,
    key: Key = None,
    keys: str | PathLike[str] | None = None,
    encrypt: bool = True,
    adopt: bytes | None = None,
) -> Vault:
    """Open or make the keys of a store.

    Args:
        place: where the store is.
        key: what wraps the data keys.
        keys: where the wrapped keys are kept, when not beside the store: a directory or a PostgreSQL URL.
        encrypt: whether content is sealed.
        adopt: the lookup key that a new store takes over from another.
    """
    held = _beside(place) if keys is None else location_of(keys)
    return Vault(
        _key_store(held),
        key_file=partial(_key_file, held),
        key=key,
        encrypt=encrypt,
        adopt=adopt,
        may_begin=partial(_refuse_new_keys, place),
    )


def _refuse_new_keys(place: Location) -> None:
    """Raise when a store has rows, which keys that are made now cannot open."""
    if place.url is None and (place.directory is None or not (place.directory / _DATA).exists()):
        return
    store = open_store(place)
    try:
        if store.scopes():
            raise WrongKey(f"{place.name} has data, and these keys are new: give the keys=… that it was made with")
    finally:
        store.close()


def without_password(url: str) -> str:
    """Return a URL without its password, also where that should have been percent-encoded."""
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1…", re.sub(r"//([^/@:]*):.*@", r"//\1@", url))


def _key_file(held: Location, store_id: str) -> Path | None:
    if held.directory is not None:
        return held.directory / _KEY_FILE
    return HOME.expanduser() / _KEYS / f"{store_id}.key" if held.on_postgres else None


def open_keys(place: Location, *, key: Key = None) -> Vault:
    """Open the keys of a store that was made before, whether its rows are still there or not.

    Args:
        place: where the store is or was, or the folder of its keys.
        key: what wraps the data keys.

    Raises:
        WrongKey: there are none.
    """
    held = place
    if place.directory is not None:
        found = [one for one in (place.directory / _KEYS, place.directory) if (one / _WRAPPED).exists()]
        if not found:
            raise WrongKey(f"there are no keys in {place.directory}; name the store's directory or its keys folder")
        held = Location(directory=found[0])
    store = _key_store(held)
    if store.setting("lookup") is None:
        store.close()
        raise WrongKey(f"there are no keys of a store in {place.name}; name the store, or a backup of its keys")
    return Vault(store, key_file=partial(_key_file, held), key=key, encrypt=not made_unencrypted(store))


def _beside(place: Location) -> Location:
    """Return where the keys of a store are when nothing else is said: a folder in its directory, or its database."""
    if place.directory is None:
        return place
    folder = place.directory / _KEYS
    if (place.directory / _DATA).exists() and not (folder / _WRAPPED).exists():
        raise WrongKey(f"{place.directory} has data but no {_KEYS} folder: put it back from where its backup is kept")
    return Location(directory=folder)


def _key_store(held: Location) -> KeyStore:
    if held.url is not None:
        _need_psycopg()
        from satchel.vault.postgres_keys import PostgresKeyStore

        return PostgresKeyStore(held.url)
    if held.directory is None:
        return FileKeyStore(None)
    held.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileKeyStore(held.directory / _WRAPPED)


def _need_psycopg() -> None:
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise StoreUnavailable("a store on PostgreSQL needs psycopg: pip install 'satchel[postgres]'")
