"""What is coming and what has changed, asked of a space: each from one consistent snapshot."""

from itertools import chain

from satchel.agenda import Change, Due
from satchel.asking import Clocks, as_known, moment_of, opened
from satchel.engine import Engine, Place
from satchel.extract.instants import to_micros
from satchel.records import Records
from satchel.store.port import RowKind, View
from satchel.truth import changing, coming


def due(engine: Engine, place: Place, clocks: Clocks, *, since: int | None, until: int) -> tuple[Due, ...]:
    """Return what is due up to a moment, and from another one on; from now on, unless that is given."""
    now = moment_of(engine, clocks)

    def found(view: View, records: Records) -> tuple[Due, ...]:
        knowledge = as_known(engine.minds.current(view, records), clocks)
        zone = engine.minds.settings(view, records).rules.zone
        return coming.coming(knowledge, coming.Span(now if since is None else since, until, now, zone))

    return engine.read(place.scope, found) or ()


def changes(engine: Engine, place: Place, *, since: int, until: int | None) -> tuple[Change, ...]:
    """Return what changed later than one moment, and up to another one; up to now, unless that is given."""
    span = changing.Span(since, to_micros(engine.clock()) if until is None else until)

    def found(view: View, records: Records) -> tuple[Change, ...]:
        knowledge = engine.minds.current(view, records)
        acts = opened(view, records, changing.joining_messages(knowledge, span))
        forgotten = changing.forgotten(map(records.forgotten, view.rows(RowKind.FORGOTTEN)), span)
        return tuple(sorted(chain(changing.changes(knowledge, acts, span), forgotten), key=lambda one: one.at))

    return engine.read(place.scope, found) or ()
