"""Copying spaces from one store to another, of whatever kind: resumable, and verified by digest.

Rows are opened with the key of the one store and sealed again for the place that they get in the other. The data key
goes along, wrapped by the other's master key, so that what is recognised as said before stays recognised.
"""

from collections.abc import Iterator

from satchel.arriving import Arrival, space_digest
from satchel.engine import Engine
from satchel.errors import NotFound, StoreDamaged, WrongKey
from satchel.model import Copied
from satchel.records import Records
from satchel.store.port import Phase, Row, RowKind, Scope, View


def copy_store(source: Engine, target: Engine) -> Iterator[Copied]:
    """Copy every space that holds something, and yield what was copied, one after the other."""
    for scope, state in source.store.scopes():
        if state.phase is Phase.ACTIVE:
            yield copy_space(source, target, scope)


def copy_space(source: Engine, target: Engine, scope: Scope) -> Copied:
    """Copy a space as it is at one moment, or bring an earlier copy up to date.

    Raises:
        NotFound: the space holds nothing.
        StoreMismatch: the other store has another space of its name.
        StoreDamaged: what arrived is not what was sent.
    """
    copied = source.read(scope, lambda view, records: _copied(source, target, view, records))
    if copied is None:
        raise NotFound("the space holds nothing; there is nothing to copy")
    return copied


def _copied(source: Engine, target: Engine, view: View, records: Records) -> Copied:
    tenant, name = records.names(view.rows(RowKind.SPACE)[0])
    place = target.place(tenant, name)
    found = source.vault.data_key(records.scope.tenant, records.scope.space)
    if found is None:
        raise WrongKey(f"the key of the space {name!r} is missing; restore the keys first")
    key_id, data_key = found
    target.vault.adopt(place.scope.tenant, place.scope.space, key_id, data_key)
    arrival = Arrival(target, place.scope, key_id)
    arrival.begin()
    written = 0
    for kind in RowKind:
        rows = view.rows(kind)
        moved = (_moved(row, records, arrival.records) for row in rows)
        written += arrival.bring(kind, moved, [_id_of(row, place.scope) for row in rows])
    arrival.mark(view.marks())
    arrival.finish()
    digest = space_digest(view, records)
    if target.read(place.scope, space_digest) != digest:
        raise StoreDamaged(f"the copy of the space {name!r} is not the same; erase it and copy again")
    return Copied(name, tenant, view.count(RowKind.MESSAGE), written, digest)


def _moved(row: Row, old: Records, new: Records) -> Row:
    """Return a row as it is in the other store."""
    return new.row(row.kind, _id_of(row, new.scope), row.at, old.body(row))


def _id_of(row: Row, scope: Scope) -> str:
    return scope.space if row.kind is RowKind.SPACE else row.id
