"""A memory: one store with its keys and models, and the spaces in it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from satchel import checking, erasure
from satchel.archives import check_archive, restore_archive, write_archive
from satchel.arguments import Instant, count_of
from satchel.checking import stats
from satchel.copying import copy_space, copy_store
from satchel.engine import Clock, Engine
from satchel.errors import InvalidInput, StoreMismatch
from satchel.extract.instants import from_micros, read_bound, read_instant, to_micros
from satchel.indexes import Indexes
from satchel.knowing import Minds
from satchel.learn import listing
from satchel.learn.background import Background
from satchel.learn.tasks import TASKS, Tasks, usable, wanted_of
from satchel.learn.working import Worker
from satchel.limits import ModelLimits
from satchel.locations import location_of, open_keys, open_store, open_vault
from satchel.model import DEFAULT_TENANT, Archive, Check, Copied, Job, SpaceInfo, Stats, Worked
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder
from satchel.models.language_model import LanguageModel
from satchel.models.metering import Meter
from satchel.models.multilingual import MultilingualE5
from satchel.models.tagger import ClaimTagger
from satchel.readings import Reader
from satchel.records import Records
from satchel.space import Space
from satchel.store.port import Phase, RowKind, Store, View
from satchel.vault.vault import Key, Vault

_LONGEST_NAME = 512


class Memory:
    """One store and the spaces in it; a context manager. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, location: str, tasks: Tasks = TASKS, work: bool = False) -> None:
        self._engine = engine
        self.location = location
        erasure.finish_interrupted(engine)
        self._worker = Worker(engine, tasks)
        self._background = Background(engine, Worker(engine, tasks)) if work else None

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

    def stats(self) -> Stats:
        """Return what the store holds and takes, in numbers."""
        return stats(self._engine)

    def backup(self, path: str | PathLike[str]) -> Archive:
        """Write every space into a new file, without any key, while writing goes on; see `satchel.restore`.

        Keys are backed up apart: without them a backup cannot be read, and a space that is erased stays unreadable
        in every backup of it.

        Raises:
            InvalidInput: the file exists already.
        """
        return write_archive(self._engine, Path(path).expanduser())

    def copy_to(self, other: "Memory", *, space: str | None = None, tenant: str | None = None) -> tuple[Copied, ...]:
        """Copy one space, every one of a tenant, or every one, to another memory of whatever kind; compare digests.

        What was interrupted is taken up where it stopped; a copy that is there and the same is left as it is. Nobody
        sees a space there before it is whole. The copy has the same data key: erasing the one leaves the other.

        Raises:
            NotFound: the space holds nothing.
            StoreMismatch: the other memory has another space of that name, or one that has changed since it was copied.
        """
        there = other._engine  # noqa: SLF001  (of the same class)
        if space is None:
            chosen = None if tenant is None else self._engine.place(_name(tenant, "tenant"), "").scope.tenant
            return tuple(copy_store(self._engine, there, chosen))
        scope = self._engine.place(_name(tenant or DEFAULT_TENANT, "tenant"), _name(space, "space")).scope
        return (copy_space(self._engine, there, scope),)

    def limit_model(self, limits: ModelLimits) -> None:
        """Let new limits of the language model hold from the next call on; `ModelLimits(off=True)` stops it."""
        self._engine.meter.limits = limits

    def compact(self) -> None:
        """Give the room of what was removed back to the disk now, however long that takes."""
        self._engine.store.vacuum()

    def work(self, *, by: Instant | None = None, most: int | None = None) -> Worked:
        """Do the slow work that is due here and now, in every space, until nothing is.

        For a loop of your own, or the end of an import. A thread of the process and other processes may do the same.

        Args:
            by: do what is due by this time too, without waiting for it.
            most: end after so many batches.

        Raises:
            StoreUnavailable: the store could not be used; what was being done is tried again later.
        """
        limit = None if by is None else to_micros(read_bound(by, name="by", end="last"))
        return self._worker.work(by=limit, most=None if most is None else count_of(most, "most", 10_000_000))

    def jobs(self) -> tuple[Job, ...]:
        """Return the slow work that waits, is being done or was given up, in every space; what is due first, first."""
        return listing.jobs(self._engine)

    def retry(self, *, space: str | None = None, tenant: str | None = None, task: str | None = None) -> int:
        """Let work that was given up be tried again; return how many jobs that is.

        Args:
            space: only of this space.
            tenant: the tenant that it is in; without `space` every space of this tenant.
            task: only this task.
        """
        return listing.retry(self._engine, self._scopes(space, tenant), task)

    def rotate_key(self, key: Key = None) -> None:
        """Change the master key; content stays as it is.

        Args:
            key: the new passphrase, 32 bytes, or source. None makes a new key in the present key file or keychain.
        """
        self._engine.vault.rotate(key)

    def close(self) -> None:
        """Close the store and forget the keys and indexes; spaces cannot be used after it.

        Work in the background is not waited for: it is taken up at the next opening.
        """
        if self._background is not None:
            self._background.stop()
        self._engine.indexes.clear()
        self._engine.minds.clear()
        self._engine.notices.clear()
        try:
            self._engine.store.close()
        finally:
            self._engine.vault.close()

    def _scopes(self, space: str | None, tenant: str | None) -> listing.Chosen:
        """Return which spaces are meant: one, those of a tenant, or all."""
        if space is not None:
            one = self._engine.place(_name(tenant or DEFAULT_TENANT, "tenant"), _name(space, "space")).scope
            return lambda scope: scope == one
        own = None if tenant is None else self._engine.place(_name(tenant, "tenant"), "").scope.tenant
        return lambda scope: own in (None, scope.tenant)


def open_memory(
    location: str | PathLike[str],
    *,
    key: Key,
    keys: str | PathLike[str] | None,
    replicas: Sequence[str],
    encrypt: bool,
    embedder: Embedder | None,
    llm: LanguageModel | None,
    llm_limits: ModelLimits | None,
    clock: Clock | None,
    work: bool,
) -> Memory:
    """Open or make the store at a location: a directory, `:memory:`, or the URL of a PostgreSQL database."""
    place = location_of(location)
    if replicas and not place.on_postgres:
        raise InvalidInput("replicas: only a store on PostgreSQL has them; leave them out")
    with place.opening():
        vault = open_vault(place, key=key, keys=keys, encrypt=encrypt)
        try:
            store = open_store(place, replicas)
        except BaseException:
            vault.close()
            raise
    engine = assembled(store, vault, embedder, clock, llm=llm, llm_limits=llm_limits)
    return Memory(engine, location=place.name, work=work)


def restore_memory(
    path: str | PathLike[str],
    location: str | PathLike[str],
    *,
    keys_of: str | PathLike[str],
    key: Key,
    new_key: Key,
    keys: str | PathLike[str] | None,
) -> Archive:
    """Bring the spaces of a backup into the empty store at a location."""
    place = location_of(location)
    old, file = open_keys(location_of(keys_of), key=key), Path(path).expanduser()
    try:
        check_archive(file, old)
        with place.opening():
            vault = open_vault(place, key=new_key, keys=keys, encrypt=old.encrypted, adopt=old.lookup)
            try:
                store = open_store(place)
            except BaseException:
                vault.close()
                raise
        engine = assembled(store, vault, None, None)
        with Memory(engine, location=place.name):
            if vault.lookup != old.lookup:
                raise StoreMismatch(f"{place.name} is another store; restore into an empty place")
            return restore_archive(file, engine, old)
    finally:
        old.close()


def assembled(
    store: Store,
    vault: Vault,
    embedder: Embedder | None,
    clock: Clock | None,
    *,
    llm: LanguageModel | None = None,
    llm_limits: ModelLimits | None = None,
    tasks: Tasks = TASKS,
) -> Engine:
    """Return the engine of a store and its keys; what is written to it asks for those of the tasks that can be done."""
    return Engine(
        store=store,
        vault=vault,
        embedder=embedder or SearchEncoder(),
        clock=_checked(clock) if clock else _now,
        indexes=Indexes(),
        reader=Reader(ClaimTagger()),
        minds=Minds(),
        llm=llm,
        meter=Meter(llm_limits or ModelLimits()),
        others={"multilingual": MultilingualE5()},
        wanted=wanted_of(usable(tasks, with_model=llm is not None)),
    )


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
