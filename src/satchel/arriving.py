"""A space that arrives from elsewhere, a batch of rows at a time; nobody sees it before all of it is there.

What was interrupted is taken up where it stopped: rows that are there already are compared, not written again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from satchel.engine import Engine
from satchel.errors import StoreMismatch
from satchel.records import Records
from satchel.store.port import Changes, Phase, Row, RowKind, Scope, View

_BATCH_ROWS = 500
_BATCH_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """One space in the store that it comes to. Its data key is there already, under the same id as where it was."""

    engine: Engine
    scope: Scope
    key_id: str

    def begin(self) -> None:
        """Make the space, hidden, unless an earlier attempt did.

        Raises:
            StoreMismatch: another space of its name is there.
        """

        def decide(view: View) -> Changes:
            state = view.state
            if state is None or state.phase is Phase.ERASED:
                return Changes(key_id=self.key_id, phase=Phase.ARRIVING)
            if state.key_id != self.key_id:
                raise StoreMismatch("another space of this name is there; erase it first, or choose another store")
            return Changes()

        self.engine.store.update(self.scope, decide)

    def bring(self, kind: RowKind, rows: Iterable[Row], wanted: Sequence[str]) -> int:
        """Bring the rows of a kind, in their order; what is not wanted goes. Return how many had to be written."""
        present = self._digests(kind)
        written = 0
        for batch in _batches(row for row in rows if present.get(row.id) != _digest(self.records, row)):
            outdated = [(kind, row.id) for row in batch if row.id in present]
            changes = Changes(put=batch, remove=outdated)
            self.engine.store.update(self.scope, lambda _, changes=changes: changes)
            written += len(batch)
        gone = [(kind, one) for one in present.keys() - set(wanted)]
        self.engine.store.update(self.scope, lambda _: Changes(remove=gone))
        return written

    def mark(self, marks: Mapping[bytes, str]) -> None:
        """Bring the marks."""

        def decide(view: View) -> Changes:
            present = view.marks()
            return Changes(marks={mark: one for mark, one in marks.items() if mark not in present})

        self.engine.store.update(self.scope, decide)

    def finish(self) -> None:
        """Let the space be seen."""
        self.engine.store.update(self.scope, _shown)
        self.engine.indexes.drop(self.scope)
        self.engine.minds.drop(self.scope)

    @property
    def records(self) -> Records:
        """What seals its rows here."""
        key = self.engine.vault.key(self.scope.tenant, self.scope.space)
        assert key is not None  # noqa: S101  (it was adopted before)
        return Records(self.scope, key.cipher)

    def _digests(self, kind: RowKind) -> dict[str, bytes]:
        records = self.records
        with self.engine.store.view(self.scope) as view:
            return {row.id: _digest(records, row) for row in view.rows(kind)}


def space_digest(view: View, records: Records) -> str:
    """Return the SHA-256 of all that a space holds: the same wherever it is, under whatever pseudonym."""
    total = hashlib.sha256()
    for kind in RowKind:
        for row in sorted(view.rows(kind), key=lambda one: one.id):
            name = b"" if kind is RowKind.SPACE else row.id.encode()
            total.update(b"%s\0%s\0" % (kind.encode(), name) + _digest(records, row))
    for mark, row_id in sorted(view.marks().items()):
        total.update(b"mark\0" + mark + row_id.encode())
    return total.hexdigest()


def _digest(records: Records, row: Row) -> bytes:
    return hashlib.sha256(b"%d\0" % row.at + records.body(row)).digest()


def _shown(view: View) -> Changes:
    if view.state is None or view.state.phase is not Phase.ARRIVING:
        return Changes()
    return Changes(phase=Phase.ACTIVE)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.body)
        if len(batch) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
