"""A space that arrives from elsewhere, a batch of rows at a time; nobody sees it before all of it is there.

What was interrupted is taken up where it stopped: rows that are there already are compared, not written again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from satchel.engine import Engine
from satchel.errors import StoreMismatch
from satchel.records import Records
from satchel.store.port import Changes, Decision, Phase, Row, RowKind, Scope, View

_BATCH_ROWS = 500
_BATCH_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """One space on its way into a store, with the data key that it has where it comes from."""

    engine: Engine
    scope: Scope
    key_id: str
    data_key: bytes

    @property
    def records(self) -> Records:
        """What seals its rows here."""
        return Records(self.scope, self.engine.vault.cipher(self.data_key))

    def begin(self, names: Row) -> None:
        """Make the space, hidden, unless an earlier attempt did; then keep its key.

        Raises:
            StoreMismatch: the space, or another of its name, is in use here.
        """

        def decide(view: View) -> Changes:
            state = view.state
            if state is None or state.phase is Phase.ERASED:
                return Changes(put=[names], key_id=self.key_id, phase=Phase.ARRIVING)
            if state.phase is not Phase.ARRIVING or state.key_id != self.key_id:
                raise StoreMismatch(
                    "a space of this name is in use here, and is not what would come; erase it first, "
                    "or choose another store"
                )
            return Changes()

        self.engine.store.update(self.scope, decide)
        self.engine.vault.adopt(self.scope.tenant, self.scope.space, self.key_id, self.data_key)

    def bring(self, kind: RowKind, rows: Iterable[Row], wanted: Sequence[str]) -> int:
        """Bring the rows of a kind, in their order; what is not wanted goes. Return how many had to be written."""
        present = self._digests(kind)
        written = 0
        for batch in _batches(row for row in rows if present.get(row.id) != _digest(self.records, row)):
            outdated = [(kind, row.id) for row in batch if row.id in present]
            changes = Changes(put=batch, remove=outdated)
            self._write(lambda _, changes=changes: changes)
            written += len(batch)
        gone = [(kind, one) for one in present.keys() - set(wanted)]
        self._write(lambda _: Changes(remove=gone))
        return written

    def mark(self, marks: Mapping[bytes, str]) -> None:
        """Bring the marks."""

        def decide(view: View) -> Changes:
            present = view.marks()
            return Changes(marks={mark: one for mark, one in marks.items() if mark not in present})

        self._write(decide)

    def digest(self) -> str:
        """Return the digest of what is here now."""
        with self.engine.store.view(self.scope) as view:
            return space_digest(view, self.records)

    def finish(self) -> None:
        """Let the space be seen."""
        self._write(lambda _: Changes(phase=Phase.ACTIVE))
        self.engine.vault.drop(self.scope.tenant, self.scope.space)
        self.engine.indexes.drop(self.scope)
        self.engine.minds.drop(self.scope)
        self.engine.notices.drop(self.scope)

    def undo(self) -> None:
        """Remove what came, with its key."""

        def decide(view: View) -> Changes:
            hidden = view.state is not None and view.state.phase is Phase.ARRIVING
            return Changes(phase=Phase.ERASING) if hidden else Changes()

        self.engine.store.update(self.scope, decide)
        self.engine.finish_erasing(self.scope, self.key_id)

    def _write(self, decide: Decision) -> None:
        """Write, unless the space was erased here meanwhile; then its key must not stay either."""

        def guarded(view: View) -> Changes:
            state = view.state
            if state is None or state.key_id != self.key_id or state.phase is not Phase.ARRIVING:
                raise _ErasedHereError
            return decide(view)

        try:
            self.engine.store.update(self.scope, guarded)
        except _ErasedHereError:
            self.engine.vault.destroy(self.scope.tenant, self.scope.space, self.key_id)
            raise StoreMismatch("the space was erased here while it came; begin again") from None

    def _digests(self, kind: RowKind) -> dict[str, bytes]:
        with self.engine.store.view(self.scope) as view:
            return {row.id: _digest(self.records, row) for row in view.rows(kind)}


class _ErasedHereError(Exception):
    """The space is not arriving any more."""


def space_digest(view: View, records: Records) -> str:
    """Return the SHA-256 of all that a space holds: the same wherever it is, under whatever pseudonym.

    Jobs are no part of it: a worker changes them at any moment, and what is to be done says nothing of the space.
    """
    total = hashlib.sha256()
    for kind in (one for one in RowKind if one is not RowKind.JOB):
        for row in sorted(view.rows(kind), key=lambda one: one.id):
            name = b"" if kind is RowKind.SPACE else row.id.encode()
            total.update(b"%s\0%s\0" % (kind.encode(), name) + _digest(records, row))
    for mark, row_id in sorted(view.marks().items()):
        total.update(b"mark\0" + mark + row_id.encode())
    return total.hexdigest()


def _digest(records: Records, row: Row) -> bytes:
    return hashlib.sha256(b"%d\0" % row.at + records.body(row)).digest()


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
