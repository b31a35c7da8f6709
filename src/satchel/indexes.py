"""The space indexes in memory: least recently used go first, bounded in bytes, validated by version.

An index is brought up to date by reading only the rows that its version has not seen, and the ids of those that
are left.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock, RLock

from satchel.records import Records
from satchel.retrieve.block import Block
from satchel.retrieve.index import SpaceIndex
from satchel.store.port import RowKind, Scope, View

MOST_BYTES = 512 << 20
_PARTS = (RowKind.SEGMENT, RowKind.FEATURES)


@dataclass(frozen=True, slots=True)
class _Held:
    key_id: str
    version: int
    index: SpaceIndex
    nbytes: int = 0
    """Of the index when it was made; asking every index each time costs milliseconds where there are many."""


class Indexes:
    """The indexes of the spaces that were used last."""

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._held: OrderedDict[Scope, _Held] = OrderedDict()
        self._bytes = 0
        self._updating: dict[Scope, RLock] = {}

    @property
    def nbytes(self) -> int:
        """Bytes of all indexes held."""
        with self._lock:
            return sum(held.index.nbytes for held in self._held.values())

    def current(self, view: View, records: Records) -> SpaceIndex:
        """Return the index of the space as the view sees it."""
        state, scope = view.state, records.scope
        if state is None:
            return SpaceIndex()
        held = self._find(scope)
        if held is not None and (held.key_id, held.version) == (state.key_id, state.version):
            return held.index
        with self._updating_lock(scope):
            held = self._find(scope)
            if held is None or held.key_id != state.key_id or held.version > state.version:
                held = _Held(state.key_id, 0, SpaceIndex())
            index = _updated(held, view, records)
            self._keep(scope, _Held(state.key_id, state.version, index, index.nbytes))
            return index

    def drop(self, scope: Scope) -> None:
        """Forget the index of a space."""
        with self._lock:
            self._let_go(scope)
            self._updating.pop(scope, None)

    def clear(self) -> None:
        """Forget every index."""
        with self._lock:
            self._held.clear()
            self._bytes = 0
            self._updating.clear()

    def _find(self, scope: Scope) -> _Held | None:
        with self._lock:
            if scope in self._held:
                self._held.move_to_end(scope)
            return self._held.get(scope)

    def _updating_lock(self, scope: Scope) -> RLock:  # pyright: ignore[reportInvalidTypeForm]
        with self._lock:
            return self._updating.setdefault(scope, RLock())

    def _keep(self, scope: Scope, held: _Held) -> None:
        with self._lock:
            self._let_go(scope)
            self._held[scope] = held
            self._bytes += held.nbytes
            while self._bytes > self._most_bytes and len(self._held) > 1:
                oldest = next(iter(self._held))
                self._let_go(oldest)
                self._updating.pop(oldest, None)

    def _let_go(self, scope: Scope) -> None:
        gone = self._held.pop(scope, None)
        self._bytes -= gone.nbytes if gone else 0


def _updated(held: _Held, view: View, records: Records) -> SpaceIndex:
    live = {row_id for kind in _PARTS for row_id in view.ids(kind)}
    rows = [row for kind in _PARTS for row in view.rows(kind, since=held.version)]
    return held.index.updated(live, {row.id: Block.from_bytes(records.body(row)) for row in rows})
