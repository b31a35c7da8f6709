"""The store as plainly as it can be said: dictionaries. What it does is what every other store has to do.

It keeps nothing when it is closed. It is for tests, and for reading by whoever writes a store.
"""

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

from satchel.errors import StoreUnavailable
from satchel.store.port import Changes, Decision, Due, Phase, Row, RowKind, Scope, State, next_state

_MARKED = (RowKind.MESSAGE, RowKind.CALL)


@dataclass(frozen=True, slots=True)
class MemoryView:
    """One snapshot of one space; it is never changed, a write makes another."""

    state: State | None = None
    kept: Mapping[tuple[RowKind, str], Row] = field(default_factory=dict[tuple[RowKind, str], Row])
    """The live rows in the order written."""
    marked_ids: Mapping[bytes, str] = field(default_factory=dict[bytes, str])

    def rows(self, kind: RowKind, *, since: int = 0) -> Sequence[Row]:
        """Return the live rows of a kind that a later version than `since` wrote, in the order written."""
        return [row for row in self.kept.values() if row.kind is kind and row.version > since]

    def ids(self, kind: RowKind) -> Sequence[str]:
        """Return the ids of the live rows of a kind, in the order written."""
        return [row.id for row in self.rows(kind)]

    def get(self, kind: RowKind, ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the live rows with these ids."""
        return {one: self.kept[kind, one] for one in ids if (kind, one) in self.kept}

    def marked(self, marks: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return the row id behind each of these marks."""
        return {mark: self.marked_ids[mark] for mark in marks if mark in self.marked_ids}

    def marks(self) -> Mapping[bytes, str]:
        """Return every mark of the space."""
        return dict(self.marked_ids)

    def count(self, kind: RowKind) -> int:
        """Return how many live rows of a kind there are."""
        return len(self.rows(kind))


class MemoryStore:
    """Rows of spaces in dictionaries."""

    def __init__(self) -> None:
        self._spaces: dict[Scope, MemoryView] = {}
        self._writing = Lock()
        self._closed = False

    @contextmanager
    def view(self, scope: Scope, *, elsewhere: bool = False) -> Generator[MemoryView]:  # noqa: ARG002
        """Open a snapshot of a space for reading; there are no replicas."""
        yield self._present(scope)

    def update(self, scope: Scope, decide: Decision) -> int:
        """Run `decide` while no other write runs, and apply its changes; return the version after it."""
        with self._writing:
            before = self._present(scope)
            changes = decide(before)
            if changes.empty:
                return before.state.version if before.state else 0
            state = next_state(before.state, changes)
            self._spaces[scope] = _changed(before, changes, state)
            return state.version

    def scopes(self, tenant: str | None = None) -> Sequence[tuple[Scope, State]]:
        """Return every space that was ever written, the oldest first."""
        self._check_open()
        found = [(scope, view.state) for scope, view in self._spaces.items() if tenant in (None, scope.tenant)]
        written = [(scope, state) for scope, state in found if state is not None]
        return sorted(written, key=lambda one: (one[1].created_at, one[0].tenant, one[0].space))

    def due(self, *, by: int, tasks: Collection[str] | None = None, limit: int | None = None) -> Sequence[Due]:
        """Return the jobs of active spaces whose time comes by `by`, the earliest first."""
        self._check_open()
        active = [
            (scope, view) for scope, view in self._spaces.items() if view.state and view.state.phase is Phase.ACTIVE
        ]
        jobs = [Due(scope, row.id, row.at) for scope, view in active for row in view.rows(RowKind.JOB)]
        found = [one for one in jobs if one.at <= by and (tasks is None or one.task in tasks)]
        return sorted(found, key=lambda one: one.at)[:limit]

    def scrub(self) -> Sequence[str]:
        """Return nothing: there is no log."""
        return ()

    def remains(self) -> Sequence[str]:
        """Return nothing: what is removed is gone."""
        return ()

    def compact(self, *, most: int | None = None) -> bool:  # noqa: ARG002
        """Do nothing: there is no room to give back."""
        return False

    def vacuum(self) -> None:
        """Do nothing: there is no room to give back."""

    def nbytes(self) -> int:
        """Return the bytes of the rows' bodies."""
        return sum(len(row.body) for view in self._spaces.values() for row in view.kept.values())

    def tally(self) -> Mapping[RowKind, tuple[int, int]]:
        """Return how many live rows of each kind there are, and the bytes of their bodies."""
        rows = [row for view in self._spaces.values() for row in view.kept.values()]
        of_kind = {kind: [len(row.body) for row in rows if row.kind is kind] for kind in RowKind}
        return {kind: (len(sizes), sum(sizes)) for kind, sizes in of_kind.items() if sizes}

    def problems(self) -> Sequence[str]:
        """Return nothing: dictionaries do not decay."""
        return ()

    def close(self) -> None:
        """Forget everything."""
        self._closed = True
        self._spaces.clear()

    def _present(self, scope: Scope) -> MemoryView:
        self._check_open()
        return self._spaces.get(scope, MemoryView())

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailable("the memory was closed; open it again with satchel.open(…)")


def _changed(before: MemoryView, changes: Changes, state: State) -> MemoryView:
    """Return a space after changes: first what goes, then what comes, and marks go with what they stand for."""
    rows = {} if changes.everything else dict(before.kept)
    marks = {} if changes.everything else dict(before.marked_ids)
    for key in changes.remove:
        rows.pop(key, None)
    for row in changes.put:
        if (row.kind, row.id) in rows:
            raise StoreUnavailable(f"there is a row {row.id} of kind {row.kind} already; remove it first")
        rows[row.kind, row.id] = replace(row, version=state.version)
    gone = {row_id for _, row_id in changes.remove} - {row_id for kind, row_id in rows if kind in _MARKED}
    marks = {mark: row_id for mark, row_id in marks.items() if row_id not in gone}
    if marks.keys() & changes.marks.keys():
        raise StoreUnavailable("a mark of these stands for another row already; remove that first")
    return MemoryView(state, rows, marks | dict(changes.marks))
