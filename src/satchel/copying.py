"""Copying spaces from one store to another, of whatever kind: resumable, and verified by digest.

Rows are opened with the key of the one store and sealed again for the place that they get in the other. The data key
goes along, wrapped by the other's master key, so that what is recognised as said before stays recognised.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from satchel.arriving import Arrival, space_digest
from satchel.engine import Engine
from satchel.errors import NotFound, StoreDamaged, StoreMismatch
from satchel.model import Copied
from satchel.records import Records
from satchel.store.port import Phase, Row, RowKind, Scope, View


def copy_store(source: Engine, target: Engine, tenant: str | None = None) -> Iterator[Copied]:
    """Copy every space that holds something, of one tenant or of all, and yield what was copied, one after the other.

    Args:
        source: where from.
        target: where to.
        tenant: the pseudonym of the tenant.
    """
    for scope, state in source.store.scopes(tenant):
        if state.phase is Phase.ACTIVE:
            yield copy_space(source, target, scope)


def copy_space(source: Engine, target: Engine, scope: Scope) -> Copied:
    """Copy a space as it is at one moment. What is there already and the same is left as it is.

    Raises:
        NotFound: the space holds nothing.
        StoreMismatch: the other store has another space of its name, or is not encrypted when this one is.
        StoreDamaged: what arrived is not what was sent.
    """
    if source.vault.encrypted != target.vault.encrypted:
        raise StoreMismatch("one of the stores is encrypted and the other is not; copy to one of the same setting")
    copied = source.read(scope, _Copying(source, target).copied)
    if copied is None:
        raise NotFound("the space holds nothing; there is nothing to copy")
    return copied


@dataclass(frozen=True, slots=True)
class _Copying:
    """The copying of spaces from one store to another."""

    source: Engine
    target: Engine

    def copied(self, view: View, records: Records) -> Copied:
        """Copy the space that a snapshot is of."""
        old = view.rows(RowKind.SPACE)[0]
        tenant, name = records.names(old)
        scope, digest = self.target.place(tenant, name).scope, space_digest(view, records)
        copied = Copied(name, tenant, view.count(RowKind.MESSAGE), 0, digest)
        if self.target.read(scope, space_digest) == digest:
            return copied
        arrival = Arrival(self.target, scope, *self._key(view, records.scope))
        arrival.begin(_moved(old, records, arrival.records))
        written = 0
        for kind in RowKind:
            rows = view.rows(kind)
            moved = (_moved(row, records, arrival.records) for row in rows)
            written += arrival.bring(kind, moved, [_id_of(row, scope) for row in rows])
        arrival.mark(view.marks())
        if arrival.digest() != digest:
            raise StoreDamaged(f"the copy of the space {name!r} is not the same; erase it there and copy again")
        try:
            self._key(view, records.scope)
        except StoreMismatch:
            arrival.undo()
            raise
        arrival.finish()
        return replace(copied, written=written)

    def _key(self, view: View, scope: Scope) -> tuple[str, bytes]:
        """Return the data key that the snapshot is sealed with, while it is still there."""
        found = self.source.vault.data_key(scope.tenant, scope.space)
        if found is None or view.state is None or found[0] != view.state.key_id:
            raise StoreMismatch("the space was erased while it was copied; nothing of it stays in the other store")
        return found


def _moved(row: Row, old: Records, new: Records) -> Row:
    """Return a row as it is in the other store."""
    return new.row(row.kind, _id_of(row, new.scope), row.at, old.body(row))


def _id_of(row: Row, scope: Scope) -> str:
    return scope.space if row.kind is RowKind.SPACE else row.id
