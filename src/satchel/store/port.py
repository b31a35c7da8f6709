"""The store port: what the engine asks of a database.

A store keeps opaque rows by (tenant, space), each with the version of the space that wrote it. It ranks nothing and
opens nothing: content arrives sealed. Two verbs carry everything: `view` reads one consistent snapshot, and `update`
runs a decision inside one write transaction that holds the space, so that what the decision saw is still true when
its changes are applied. A deletion overwrites the row's content before it is acknowledged; `scrub` removes what
the database's own log still holds.

`satchel.testing.StoreConformance` is the suite that every store passes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from satchel.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class Scope:
    """A space inside a tenant, by their pseudonyms: 32 hexadecimal digits each."""

    tenant: str
    space: str


class RowKind(StrEnum):
    """What a row holds. Kinds are in clear; what they hold is sealed."""

    SPACE = "space"
    """The names behind the pseudonyms; one row, whose id is the space's pseudonym."""
    MESSAGE = "message"
    FEATURES = "features"
    """What search keeps of one message, until it is packed; its id is the message's."""
    SEGMENT = "segment"
    """Features of many messages, packed."""
    READING = "reading"
    """What was found in one message: its claims; its id is the message's."""
    SETTINGS = "settings"
    """What the space is read by; one row."""
    CALL = "call"
    """The outcome of a call of `add` that had an idempotency key."""
    DISTILLED = "distilled"
    """The claims that a language model found in one message; its id is the message's."""
    NARRATED = "narrated"
    """What a language model told of one episode; its id is the episode's."""
    CONSOLIDATED = "consolidated"
    """What was joined, counted and summed up over many messages."""
    JOB = "job"
    """Slow work that waits or is being done; its time is when it is due."""
    SPENT = "spent"
    """What calls of a language model took, by day and purpose."""
    FORGOTTEN = "forgotten"
    """That messages were forgotten, and how many; its time is when. Nothing of them is in it."""
    USE = "use"
    """How useful a record was when it was recalled; its id is the record's."""


class Phase(StrEnum):
    """Where a space is in its life."""

    ACTIVE = "active"
    ARRIVING = "arriving"
    """It is being copied or restored here, and holds nothing for anybody until that is done."""
    ERASING = "erasing"
    """Its key is being destroyed; whoever finds this finishes the work."""
    ERASED = "erased"
    """Nothing is left but this state; a new write needs a new key."""


@dataclass(frozen=True, slots=True)
class State:
    """A space's present state. `version` grows by one with each change, and never starts again."""

    version: int
    key_id: str
    phase: Phase
    created_at: int
    """Microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed row. `at` is microseconds since 1970; `version` is set by the store.

    An id is a UUID, or a short text that does not begin with a zero character.
    """

    kind: RowKind
    id: str
    at: int
    body: bytes
    version: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A job whose time has come, as far as that is in clear."""

    scope: Scope
    task: str
    """The id of its row."""
    at: int
    """Since when, in microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction does to a space. The default changes nothing, not even the version."""

    put: Sequence[Row] = ()
    remove: Sequence[tuple[RowKind, str]] = ()
    marks: Mapping[bytes, str] = field(default_factory=dict[bytes, str])
    """Keyed fingerprint → id of the message or call it stands for. A mark goes when neither of that id is left."""
    key_id: str | None = None
    """The data key of a space that starts, or starts again."""
    phase: Phase | None = None
    everything: bool = False
    """Remove every row and mark of the space."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.put or self.remove or self.marks or self.phase or self.everything)


class View(Protocol):
    """One consistent snapshot of one space."""

    @property
    def state(self) -> State | None:
        """The space's state, or None when it was never written."""
        ...

    def rows(self, kind: RowKind, *, since: int = 0) -> Sequence[Row]:
        """Return the live rows of a kind that a later version than `since` wrote, in the order written."""
        ...

    def ids(self, kind: RowKind) -> Sequence[str]:
        """Return the ids of the live rows of a kind, in the order written."""
        ...

    def get(self, kind: RowKind, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the live rows with these ids; a missing one is left out."""
        ...

    def marked(self, marks: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return the row id behind each of these marks; an unknown one is left out."""
        ...

    def marks(self) -> Mapping[bytes, str]:
        """Return every mark of the space, and the row id behind it."""
        ...

    def count(self, kind: RowKind) -> int:
        """Return how many live rows of a kind there are."""
        ...


Decision = Callable[[View], Changes]


class Store(Protocol):
    """A database of spaces. Safe to use from several threads; drivers' errors never leave it."""

    def view(self, scope: Scope, *, elsewhere: bool = False) -> AbstractContextManager[View]:
        """Open a snapshot of a space for reading.

        Args:
            scope: the space.
            elsewhere: whether a replica will do, which shows what this process wrote, and what others wrote a little
                later. What decides on a write must not be read from one.
        """
        ...

    def update(self, scope: Scope, decide: Decision) -> int:
        """Run `decide` in a write transaction and apply its changes; return the space's version after it.

        When it returns, the changes are durable. When anything raises, nothing was changed. `decide` may be run more
        than once, each time on what is there then: a store on a network does so when a connection is lost.
        """
        ...

    def scopes(self, tenant: str | None = None) -> Sequence[tuple[Scope, State]]:
        """Return every space that was ever written, erased ones too, in a stable order."""
        ...

    def due(self, *, by: int, tasks: Collection[str] | None = None, limit: int | None = None) -> Sequence[Due]:
        """Return the jobs of all active spaces whose time comes by `by`, the earliest first.

        No key is needed for it, and no writer waits. It says where to look; what is to be done is decided in `update`.

        Args:
            by: microseconds since 1970.
            tasks: the ids that are meant; any, unless given.
            limit: how many at most.
        """
        ...

    def scrub(self) -> Sequence[str]:
        """Remove overwritten content from the database's log; return what is left of it, in words, and why."""
        ...

    def remains(self) -> Sequence[str]:
        """Return what stays of a removed row that is not content, in words."""
        ...

    def compact(self, *, most: int | None = None) -> bool:
        """Give the room of overwritten rows back to the disk, when it is worth its time.

        Args:
            most: leave a database of more bytes than this as it is.

        Returns:
            Whether it was left as it is for that reason.
        """
        ...

    def vacuum(self) -> None:
        """Give the room of overwritten rows back to the disk now, however long that takes."""
        ...

    def nbytes(self) -> int:
        """Return how many bytes the database takes on disk."""
        ...

    def tally(self) -> Mapping[RowKind, tuple[int, int]]:
        """Return how many live rows of each kind there are, and the bytes of their bodies."""
        ...

    def problems(self) -> Sequence[str]:
        """Check the database's integrity; return what is wrong with it, in words."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def next_state(state: State | None, changes: Changes) -> State:
    """Return the state of a space after changes that are not empty."""
    if state is not None and (changes.key_id is None or changes.key_id == state.key_id):
        return replace(state, version=state.version + 1, phase=changes.phase or state.phase)
    if changes.key_id is None:
        raise StoreUnavailable("a space that was never written has no key; write to it first")
    version = state.version + 1 if state else 1
    first = next((row.at for row in changes.put if row.kind is RowKind.SPACE), 0)
    return State(version, changes.key_id, changes.phase or Phase.ACTIVE, created_at=first)
