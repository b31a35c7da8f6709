"""Keeping whether a recalled record was useful: by message, so that it goes with the message.

A fact's verdict is kept of the messages that it is from. An id of a fact is made of what it says, so it must not
stand in clear in a row.
"""

from dataclasses import dataclass

from satchel.asking import messages_behind
from satchel.engine import Engine, Place
from satchel.errors import NotFound
from satchel.extract.instants import to_micros
from satchel.model import Hit
from satchel.records import Records
from satchel.store.port import Changes, RowKind, View
from satchel.uses import Use


def keep_feedback(engine: Engine, place: Place, given: Hit | str, *, useful: bool) -> tuple[str, ...]:
    """Keep a verdict on a hit, or on a record by its id; return the ids of the messages that it is kept of.

    Raises:
        NotFound: it is not in this space, or has been forgotten.
    """
    judging = _Judging(_message_ids(engine, place, given), to_micros(engine.clock()), useful)
    if engine.write(place, judging.decide) == 0:
        raise _not_here(judging.message_ids[0])
    return judging.message_ids


def _message_ids(engine: Engine, place: Place, given: Hit | str) -> tuple[str, ...]:
    if isinstance(given, str):
        return messages_behind(engine, place, (given,))
    if given.kind == "message":
        return (given.id,)
    return tuple(dict.fromkeys(source.message_id for source in given.sources)) or (given.id,)


def _not_here(identity: str) -> NotFound:
    return NotFound(f"no record {identity} in this space; it may have been forgotten, and nothing was kept")


@dataclass(frozen=True, slots=True)
class _Judging:
    """The decision to keep a verdict."""

    message_ids: tuple[str, ...]
    at: int
    useful: bool

    def decide(self, view: View, records: Records) -> Changes:
        there = view.get(RowKind.MESSAGE, self.message_ids)
        missing = [one for one in self.message_ids if one not in there]
        if missing:
            raise _not_here(missing[0])
        rows = view.get(RowKind.USE, self.message_ids)
        before = {one: records.use(row) for one, row in rows.items()}
        after = (before.get(one, Use(one)).after(self.at, useful=self.useful) for one in self.message_ids)
        return Changes(put=[records.use_row(one) for one in after], remove=[(RowKind.USE, one) for one in rows])
