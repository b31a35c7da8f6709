"""Deriving a space anew from its log (law 1): the features of every message, with the present embedder."""

from dataclasses import dataclass, field

from satchel.engine import Engine, Place
from satchel.features import features_of
from satchel.model import Message
from satchel.packing import segment_rows
from satchel.records import Records
from satchel.rereading import NotReadError, Rereading
from satchel.retrieve.block import Block
from satchel.settings import settings_of
from satchel.store.port import Changes, RowKind, View


def rebuild(engine: Engine, place: Place) -> int:
    """Replace all derived rows of a space by new ones; return how many messages there are."""
    rebuilding = _Rebuilding(engine, Rereading(engine, {}))
    while not rebuilding.done:
        missing = engine.read(place.scope, rebuilding.missing) or []
        blocks = features_of(missing, engine.embedder_of(rebuilding.embedder))
        rebuilding.blocks |= {message.id: block for message, block in zip(missing, blocks, strict=True)}
        rebuilding.rereading.prepare_all(place)
        try:
            if engine.write(place, rebuilding.decide) == 0:
                return 0
        except NotReadError:
            rebuilding.done = False
    engine.store.scrub()
    engine.give_room_back()
    engine.bell.ring()
    return rebuilding.messages


@dataclass(slots=True)
class _Rebuilding:
    """What has been derived so far; messages that arrive meanwhile are derived in another round."""

    engine: Engine
    rereading: Rereading
    blocks: dict[str, Block] = field(default_factory=dict[str, Block])
    embedder: str | None = None
    messages: int = 0
    done: bool = False

    def missing(self, view: View, records: Records) -> list[Message]:
        self._choose(settings_of(view, records).embedder)
        ids = [one for one in view.ids(RowKind.MESSAGE) if one not in self.blocks]
        rows = view.get(RowKind.MESSAGE, ids)
        return [records.message(rows[one]) for one in ids]

    def _choose(self, embedder: str | None) -> None:
        """Begin again where the space has chosen another embedder meanwhile."""
        if embedder != self.embedder:
            self.embedder = embedder
            self.blocks.clear()

    def decide(self, view: View, records: Records) -> Changes:
        ids = view.ids(RowKind.MESSAGE)
        self._choose(settings_of(view, records).embedder)
        self.done = all(one in self.blocks for one in ids)
        if not self.done:
            return Changes()
        self.messages = len(ids)
        kinds = (RowKind.FEATURES, RowKind.SEGMENT)
        readings, outdated = self.rereading.all_rows(view, records)
        jobs, replaced = self.engine.wanted_rows(view, records)
        return Changes(
            put=[*segment_rows(records, [self.blocks[one] for one in ids]), *readings, *jobs],
            remove=[*((kind, one) for kind in kinds for one in view.ids(kind)), *outdated, *replaced],
        )
