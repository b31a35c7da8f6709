"""Working memory: the running conversation of a session, cut to a budget for the next prompt.

Nothing is stored: the window is made anew from the log each time, so that what was forgotten is in none.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from satchel.engine import Engine, Place
from satchel.inject.summary import Summary, Told, extractive
from satchel.inject.window import Wanted, window
from satchel.model import Message, Source
from satchel.recall import opened_in_order
from satchel.records import Records
from satchel.retrieve.terms import message_terms
from satchel.store.port import View
from satchel.working import Window

_Session = tuple[tuple[Message, ...], Told]


def window_on(engine: Engine, place: Place, session: str, wanted: Wanted) -> Window:
    """Return the window on a session; an empty one where nothing was said in it."""

    def read(view: View, records: Records) -> _Session:
        index = engine.indexes.current(view, records)
        own = index.in_order(np.flatnonzero(index.where("session", session)))
        messages = opened_in_order(view, records, [index.id_at(place) for place in own.tolist()])
        return messages, _told(engine, view, records, messages)

    messages, told = engine.read(place.scope, read, elsewhere=True) or ((), {})

    def summarise(older: Sequence[Message], room: int) -> Summary:
        return extractive(older, told, terms=message_terms, room=room, count=wanted.count)

    return window(session, messages, wanted, summarise)


def _told(engine: Engine, view: View, records: Records, messages: Sequence[Message]) -> Mapping[str, Sequence[Source]]:
    """Return where in some messages claims were found."""
    readings = engine.minds.current(view, records).readings
    found = {one.id: readings[one.id].claims for one in messages if one.id in readings}
    return {
        key: [source for claim in claims for source in claim.sources if source.message_id == key]
        for key, claims in found.items()
    }
