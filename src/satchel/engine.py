"""The ports of one memory, and the two ways to touch a space with them: `read` and `write`.

Both find the space's key, check that it is the one the rows were sealed with, and start again when another process
erased the space or made it anew in between. A writer that still holds a destroyed key can therefore never write
with it: the store's state names the key that is valid, and it is compared inside the transaction.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from satchel.bell import Bell
from satchel.errors import ModelUnavailable, StoreUnavailable, WrongKey
from satchel.extract.instants import to_micros
from satchel.indexes import Indexes
from satchel.jobs import Rows, Wanted, forgetting_rows, wanted_rows
from satchel.knowing import Minds
from satchel.limits import ModelLimits
from satchel.models.embedding import Embedder
from satchel.models.language_model import LanguageModel
from satchel.models.metering import Meter
from satchel.noticing import Notices
from satchel.patience import patiently
from satchel.readings import Reader
from satchel.records import Records
from satchel.store.port import Changes, Phase, Scope, State, Store, View
from satchel.vault.vault import SpaceKey, Vault

Clock = Callable[[], datetime]
T = TypeVar("T")

_ATTEMPTS = 20
_PAUSE = 0.005
_LARGE_FILE = 64 << 20
"""Bytes: to rewrite a file of this size takes about a second, in which nothing else is written to it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A space by its names and by the pseudonyms of its rows."""

    tenant: str
    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Engine:
    """The ports of one memory."""

    store: Store
    vault: Vault
    embedder: Embedder | None
    clock: Clock
    indexes: Indexes
    reader: Reader
    minds: Minds
    llm: LanguageModel | None = None
    """The language model that helps in the background, if there is one."""
    meter: Meter = field(default_factory=lambda: Meter(ModelLimits()))
    """What it may take, and has taken here."""
    notices: Notices = field(default_factory=Notices)
    others: Mapping[str, Embedder] = field(default_factory=dict[str, Embedder])
    """The embedders that a space may choose in place of the memory's own, by name."""
    wanted: Sequence[Wanted] = ()
    """The slow work that follows from every change of a space's messages."""
    bell: Bell = field(default_factory=Bell)
    """Calls the worker of this process."""

    def embedder_of(self, name: str | None) -> Embedder | None:
        """Return the embedder that a space has chosen by its name, or the memory's own.

        Raises:
            ModelUnavailable: this version has none of that name.
        """
        if name is not None and name not in self.others:
            raise ModelUnavailable(f"this space has chosen the embedder {name!r}, which this version does not have")
        return self.embedder if name is None else self.others[name]

    def place(self, tenant: str, name: str) -> Place:
        """Return where a space is, whether it was ever written or not."""
        return Place(tenant, name, Scope(*self.vault.pseudonym(tenant, name)))

    def read(self, scope: Scope, action: Callable[[View, Records], T], *, elsewhere: bool = False) -> T | None:
        """Run `action` on a snapshot of the space; return None when the space holds nothing.

        `action` runs again when the snapshot was interrupted. `elsewhere` says that a replica will do.
        """
        return patiently(lambda: self._read(scope, action, elsewhere=elsewhere))

    def write(self, place: Place, decide: Callable[[View, Records], Changes], *, create: bool = False) -> int:
        """Run `decide` in a write transaction of the space and apply its changes.

        A space that holds nothing is left alone, unless `create` says to make it.
        """
        for _ in _attempts():
            active = self._is_active(place.scope)
            if not active and not create:
                return 0
            key = self.vault.key(place.scope.tenant, place.scope.space)
            if key is None and not active:
                key = self.vault.create(place.scope.tenant, place.scope.space)
            if key is not None:
                try:
                    return self.store.update(place.scope, _Deciding(self, place, key, decide, create).changes)
                except _KeyChangedError:
                    self.vault.drop(place.scope.tenant, place.scope.space)
        raise _lost_key()

    def wanted_rows(self, view: View, records: Records) -> Rows:
        """Return the rows of the jobs that follow from a change of messages; they go into its transaction."""
        return wanted_rows(view, records, self.wanted, to_micros(self.clock())) if self.wanted else ([], [])

    def forgetting_rows(self, view: View, records: Records) -> Rows:
        """Return the rows of the jobs after messages were forgotten; they go into its transaction."""
        return forgetting_rows(view, records, self.wanted, to_micros(self.clock()) if self.wanted else 0)

    def give_room_back(self) -> None:
        """Compact the store; where that takes long and this process has a worker, that does it when it is idle."""
        if self.store.compact(most=_LARGE_FILE) and not self.bell.ring():
            self.store.compact()

    def finish_erasing(self, scope: Scope, key_id: str) -> None:
        """Destroy the key of a space that is being erased, then its rows; safe to do twice."""
        self.vault.destroy(scope.tenant, scope.space, key_id)
        self.store.update(scope, lambda view: _erased(view, key_id))

    def _read(self, scope: Scope, action: Callable[[View, Records], T], *, elsewhere: bool) -> T | None:
        for attempt in _attempts():
            with self.store.view(scope, elsewhere=elsewhere and attempt == 0) as view:
                if view.state is None or view.state.phase is not Phase.ACTIVE:
                    return None
                key = self.vault.key(scope.tenant, scope.space)
                if key is not None and key.key_id == view.state.key_id:
                    return action(view, Records(scope, key.cipher))
            self.vault.drop(scope.tenant, scope.space)
        raise _lost_key()

    def state(self, scope: Scope) -> State | None:
        """Return the state of a space."""

        def seen() -> State | None:
            with self.store.view(scope) as view:
                return view.state

        return patiently(seen)

    def _is_active(self, scope: Scope) -> bool:
        """Whether the space holds something; an erasure that is under way is finished first."""
        state = self.state(scope)
        if state is not None and state.phase is Phase.ERASING:
            self.finish_erasing(scope, state.key_id)
        if state is not None and state.phase is Phase.ARRIVING:
            raise StoreUnavailable("this space is being copied or restored here; finish that first, or erase the space")
        return state is not None and state.phase is Phase.ACTIVE


@dataclass(frozen=True, slots=True)
class _Deciding:
    """A decision to write, made with one key; inside the transaction it is seen whether the key is still valid."""

    engine: Engine
    place: Place
    key: SpaceKey
    decide: Callable[[View, Records], Changes]
    create: bool

    def changes(self, view: View) -> Changes:
        state, key_id = view.state, self.key.key_id
        records = Records(self.place.scope, self.key.cipher)
        if state is not None and state.phase is Phase.ACTIVE:
            if key_id != state.key_id:
                raise _KeyChangedError
            return self.decide(view, records)
        if not self.create or (state is not None and (state.phase is Phase.ERASING or key_id == state.key_id)):
            raise _KeyChangedError
        changes = self.decide(view, records)
        names = records.names_row(self.place.tenant, self.place.name, to_micros(self.engine.clock()))
        return replace(changes, put=[names, *changes.put], key_id=key_id, phase=Phase.ACTIVE)


class _KeyChangedError(Exception):
    """Another process erased the space, or made it anew, since the key was read."""


def _erased(view: View, key_id: str) -> Changes:
    """Remove what is left of the space, unless it was started anew under another key since."""
    state = view.state
    if state is None or state.phase is not Phase.ERASING or state.key_id != key_id:
        return Changes()
    return Changes(everything=True, phase=Phase.ERASED)


def _attempts() -> Iterator[int]:
    """Count attempts, with a growing pause before each that follows a failed one: about a second in all."""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(attempt * _PAUSE)
        yield attempt


def _lost_key() -> WrongKey:
    return WrongKey(
        "the key of this space is missing from the key store: its rows cannot be read. "
        "Restore the store's keys folder from a backup, or erase the space"
    )
