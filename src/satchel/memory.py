"""A memory: one store with its keys and models, and the spaces in it."""

import re
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

from satchel import checking, erasure
from satchel.engine import Clock, Engine
from satchel.errors import InvalidInput, StoreUnavailable, WrongKey
from satchel.extract.instants import from_micros, read_instant
from satchel.indexes import Indexes
from satchel.knowing import Minds
from satchel.model import DEFAULT_TENANT, Check, SpaceInfo
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder
from satchel.models.multilingual import MultilingualE5
from satchel.models.tagger import ClaimTagger
from satchel.readings import Reader
from satchel.records import Records
from satchel.space import Space
from satchel.store.port import Phase, RowKind, View
from satchel.store.sqlite import SqliteStore
from satchel.vault.vault import Key, Vault

IN_MEMORY = ":memory:"
_DATA = "satchel.db"
_KEYS = "keys"
_OTHER_STORE = re.compile(r"[a-z][a-z0-9+]+://")
_LONGEST_NAME = 512
_OPENING_SECONDS = 60


class Memory:
    """One store and the spaces in it; a context manager. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, location: str) -> None:
        self._engine = engine
        self.location = location
        erasure.finish_interrupted(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Memory({self.location!r})"

    def space(self, name: str, *, tenant: str = DEFAULT_TENANT) -> Space:
        """Return the space of this name; its first write creates it."""
        return Space(self._engine, self._engine.place(_name(tenant, "tenant"), _name(name, "name")))

    def spaces(self, tenant: str | None = None) -> tuple[SpaceInfo, ...]:
        """Return every space that holds something, of one tenant or of all, the oldest first."""
        pseudonym = None if tenant is None else self._engine.place(_name(tenant, "tenant"), "").scope.tenant
        active = [scope for scope, state in self._engine.store.scopes(pseudonym) if state.phase is Phase.ACTIVE]
        found = (self._engine.read(scope, _info) for scope in active)
        return tuple(info for info in found if info is not None)

    def check(self) -> Check:
        """Return what works here and what is missing: the store, the keys, the models."""
        return checking.check(self._engine)

    def rotate_key(self, key: Key = None) -> None:
        """Change the master key; content stays as it is.

        Args:
            key: the new passphrase, 32 bytes, or source. None makes a new key in the present key file or keychain.
        """
        self._engine.vault.rotate(key)

    def close(self) -> None:
        """Close the store and forget the keys and indexes; spaces cannot be used after it."""
        self._engine.store.close()
        self._engine.vault.close()
        self._engine.indexes.clear()


def open_memory(
    location: str | PathLike[str], *, key: Key, encrypt: bool, embedder: Embedder | None, clock: Clock | None
) -> Memory:
    """Open or make the store at a location: a directory, or `:memory:`."""
    directory = _directory(location)
    if directory is None:
        return _assembled(None, key=key, encrypt=encrypt, embedder=embedder, clock=clock)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(directory / "opening.lock", timeout=_OPENING_SECONDS, mode=0o600):
            return _assembled(directory, key=key, encrypt=encrypt, embedder=embedder, clock=clock)
    except OSError as error:
        raise StoreUnavailable(
            f"{directory} cannot be used as a store ({error}); choose a directory that you may write to"
        ) from error


def _assembled(
    directory: Path | None, *, key: Key, encrypt: bool, embedder: Embedder | None, clock: Clock | None
) -> Memory:
    if directory and (directory / _DATA).exists() and not (directory / _KEYS / "keys.db").exists():
        raise WrongKey(f"{directory} has data but no {_KEYS} folder: put it back from where its backup is kept")
    vault = Vault(directory / _KEYS if directory else None, key=key, encrypt=encrypt)
    try:
        store = SqliteStore(directory / _DATA if directory else None)
    except BaseException:
        vault.close()
        raise
    engine = Engine(
        store=store,
        vault=vault,
        embedder=embedder or SearchEncoder(),
        clock=_checked(clock) if clock else _now,
        indexes=Indexes(),
        reader=Reader(ClaimTagger()),
        minds=Minds(),
        others={"multilingual": MultilingualE5()},
    )
    return Memory(engine, location=str(directory or IN_MEMORY))


def _directory(location: str | PathLike[str]) -> Path | None:
    if not isinstance(location, (str, Path)):
        raise InvalidInput(f"location must be a directory's path as text or Path, not {type(location).__name__}")
    if isinstance(location, str):
        if location == IN_MEMORY:
            return None
        if _OTHER_STORE.match(location):
            raise InvalidInput(f"{location}: this version opens a directory or {IN_MEMORY!r}")
        if not location.strip():
            raise InvalidInput("location is empty; give a directory, such as ~/.satchel")
    directory = Path(location).expanduser()
    if directory.exists() and not directory.is_dir():
        raise InvalidInput(f"{directory} is a file; give a directory for the store")
    return directory


def _name(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"{what} must be a non-empty string")
    if len(value) > _LONGEST_NAME:
        raise InvalidInput(f"{what} has {len(value)} characters; the limit is {_LONGEST_NAME}")
    if not value.isprintable():
        raise InvalidInput(f"{what} has characters that cannot be printed; use plain text")
    return value


def _info(view: View, records: Records) -> SpaceInfo | None:
    row = next(iter(view.rows(RowKind.SPACE)), None)
    if row is None or view.state is None:
        return None
    tenant, name = records.names(row)
    return SpaceInfo(
        name=name,
        tenant=tenant,
        messages=view.count(RowKind.MESSAGE),
        version=view.state.version,
        created_at=from_micros(view.state.created_at),
    )


def _checked(clock: Clock) -> Clock:
    """Return a clock that refuses to tell a time without a zone."""
    return lambda: read_instant(clock(), name="clock")


def _now() -> datetime:
    return datetime.now(UTC)
