"""Forgetting messages and erasing spaces, with a receipt of what was destroyed and of what lies outside reach."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from satchel.engine import Engine, Place
from satchel.errors import NotFound
from satchel.extract.instants import to_micros
from satchel.ids import new_id
from satchel.model import Receipt
from satchel.records import Records
from satchel.rereading import NotReadError, Rereading
from satchel.retrieve.block import Block
from satchel.retrieve.index import SpaceIndex
from satchel.store.port import Changes, Phase, Row, RowKind, View

Choice = Callable[[SpaceIndex], NDArray[np.bool_]]
"""Which messages of an index are meant: a mask of shape (n,)."""

_COPIES = (
    "copies that were made of the store's files (backups, snapshots, exports): a forgotten message is still in them"
)
_COPIES_ERASED = (
    "copies that were made of the store's files hold sealed rows that no remaining key opens, unless the keys were "
    "copied too; stores that the space was copied or restored to must erase it themselves"
)
_COPIES_PLAIN = "copies that were made of the store's files: this store is not encrypted, so they can be read"
_DISK = "blocks that the file system or the disk had set aside before; a disk's own encryption covers them"
_CALLERS = "what callers, prompts and other systems were given before"
_DIGESTS = "keyed digests of idempotency keys, so that a late repetition does not bring the words back"
_COUNT = "when messages were forgotten and how many, so that `changes` can say so; nothing of what they said"
_TOMBSTONE = "a line with the space's pseudonym and version, without any name, so that old caches cannot come back"


def forget(engine: Engine, place: Place, choose: Choice) -> Receipt:
    """Destroy the chosen messages and all that was derived from them; nothing happens when it raises."""
    forgetting = _Forgetting(engine, choose, Rereading(engine, {}))
    while True:
        forgetting.prepare(place)
        try:
            written = engine.write(place, forgetting.decide)
        except NotReadError:
            continue
        break
    if written == 0:
        choose(SpaceIndex())
    engine.indexes.drop(place.scope)
    engine.minds.drop(place.scope)
    engine.notices.drop(place.scope)
    left = engine.store.scrub() if forgetting.message_ids else ()
    if forgetting.message_ids:
        engine.give_room_back()
        engine.bell.ring()
    destroyed = {
        "messages": len(forgetting.message_ids),
        "features": len(forgetting.message_ids),
        "readings": forgetting.readings,
        "segments rewritten": forgetting.segments,
    }
    copies = _COPIES if engine.vault.encrypted else _COPIES_PLAIN
    return _receipt(engine, place, forgetting.message_ids, destroyed, (copies, _DIGESTS, _COUNT), left=left)


def erase(engine: Engine, place: Place) -> Receipt:
    """Destroy the key and every row of a space.

    Raises:
        NotFound: the space holds nothing.
    """
    erasing = _Erasing()
    engine.store.update(place.scope, erasing.decide)
    if erasing.key_id is None:
        raise NotFound(f"the space {place.name!r} of tenant {place.tenant!r} holds nothing; there is nothing to erase")
    engine.finish_erasing(place.scope, erasing.key_id)
    engine.indexes.drop(place.scope)
    engine.minds.drop(place.scope)
    engine.notices.drop(place.scope)
    left = engine.store.scrub()
    engine.give_room_back()
    copies = _COPIES_ERASED if engine.vault.encrypted else _COPIES_PLAIN
    destroyed = {"data keys": 1, **erasing.counts}
    return _receipt(engine, place, erasing.message_ids, destroyed, (copies, _TOMBSTONE), left=left)


def finish_interrupted(engine: Engine) -> int:
    """Finish the erasures that a crash interrupted; return how many there were."""
    found = [(scope, state.key_id) for scope, state in engine.store.scopes() if state.phase is Phase.ERASING]
    for scope, key_id in found:
        engine.finish_erasing(scope, key_id)
    if found:
        engine.store.scrub()
    return len(found)


@dataclass(slots=True)
class _Forgetting:
    """The decision of one `forget`, made inside the transaction, and what came of it."""

    engine: Engine
    choose: Choice
    rereading: Rereading
    message_ids: tuple[str, ...] = ()
    segments: int = 0
    readings: int = 0

    def prepare(self, place: Place) -> None:
        """Read again what follows the chosen messages."""

        def chosen(view: View, records: Records) -> tuple[str, ...]:
            return self._chosen(self.engine.indexes.current(view, records))

        self.rereading.prepare(place, (), self.engine.read(place.scope, chosen) or ())

    def _chosen(self, index: SpaceIndex) -> tuple[str, ...]:
        order = index.in_order(np.flatnonzero(self.choose(index)))
        return tuple(index.id_at(i) for i in order.tolist())

    def decide(self, view: View, records: Records) -> Changes:
        index = self.engine.indexes.current(view, records)
        self.message_ids = self._chosen(index)
        if not self.message_ids:
            return Changes()
        readings, outdated = self.rereading.rows(view, records, (), self.message_ids)
        self.readings = len(outdated)
        holding = index.rows_of(index.among(self.message_ids))
        segments = view.get(RowKind.SEGMENT, sorted(holding))
        self.segments = len(segments)
        jobs, replaced = self.engine.forgetting_rows(view, records)
        rewritten = [row for old in segments.values() for row in _rewritten(records, old, self.message_ids)]
        told = records.forgotten_row(new_id(), to_micros(self.engine.clock()), len(self.message_ids))
        return Changes(
            put=[*rewritten, *readings, *jobs, told],
            remove=[
                *outdated,
                *replaced,
                *((RowKind.MESSAGE, one) for one in self.message_ids),
                *((RowKind.USE, one) for one in view.get(RowKind.USE, self.message_ids)),
                *((RowKind.FEATURES, one) for one in self.message_ids if one in holding),
                *((RowKind.SEGMENT, one) for one in segments),
            ],
        )


@dataclass(slots=True)
class _Erasing:
    """The decision to erase a space, and what it held then."""

    key_id: str | None = None
    message_ids: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict[str, int])

    def decide(self, view: View) -> Changes:
        if view.state is None or view.state.phase is Phase.ERASED:
            return Changes()
        self.key_id = view.state.key_id
        self.message_ids = tuple(view.ids(RowKind.MESSAGE))
        self.counts = {f"{kind} rows": view.count(kind) for kind in RowKind}
        return Changes(phase=Phase.ERASING)


def _rewritten(records: Records, row: Row, message_ids: Collection[str]) -> list[Row]:
    left = Block.from_bytes(records.body(row)).without(message_ids)
    return [records.row(RowKind.SEGMENT, new_id(), 0, left.to_bytes())] if len(left) else []


def _receipt(
    engine: Engine,
    place: Place,
    message_ids: tuple[str, ...],
    destroyed: dict[str, int],
    remains: tuple[str, ...],
    *,
    left: Sequence[str],
) -> Receipt:
    return Receipt(
        space=place.name,
        tenant=place.tenant,
        at=engine.clock(),
        message_ids=message_ids,
        destroyed=destroyed,
        complete=not left,
        remains=(*remains, *engine.store.remains(), *engine.vault.remains(), _DISK, _CALLERS, *left),
    )
