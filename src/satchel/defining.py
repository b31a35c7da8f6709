"""Changing what a space is read by: all of its messages are read again by the new settings, in one transaction.

An embedding model that is chosen means that they are embedded anew after it; where that is broken off, search names the
messages that lack vectors, and the choice can be made again.
"""

from dataclasses import dataclass, replace

from satchel.engine import Engine, Place
from satchel.errors import InvalidInput
from satchel.findings import Retention
from satchel.rebuilding import rebuild
from satchel.records import Records
from satchel.rereading import NotReadError, Rereading
from satchel.settings import Definitions, Settings, settings_of
from satchel.store.port import Changes, RowKind, View

_OWN = "default"


def define(
    engine: Engine, place: Place, *, zone: str | None, attributes: Definitions | None, embedder: str | None
) -> None:
    """Set a space's time zone and embedding model, and add attributes to its catalogue."""
    while True:
        present = engine.read(place.scope, settings_of) or Settings()
        wanted = replace(
            present,
            zone=zone or present.zone,
            attributes={**present.attributes, **(attributes or {})},
            embedder=_chosen(embedder) if embedder else present.embedder,
        )
        defining = _Defining(Rereading(engine, {}), present, wanted)
        defining.rereading.prepare_all(place, wanted)
        try:
            engine.write(place, defining.decide, create=True)
        except NotReadError:
            continue
        engine.store.scrub()
        engine.bell.ring()
        if embedder is not None:
            rebuild(engine, place)
        return


def set_retention(engine: Engine, place: Place, rule: Retention) -> tuple[Retention, ...]:
    """Set the rule for what it is about, in place of the one before; return all rules."""
    return _change_rules(engine, place, rule.chosen, (rule,))


def drop_retention(engine: Engine, place: Place, rule: Retention) -> tuple[Retention, ...]:
    """Drop the rule for what this one is about; return those that are left."""
    return _change_rules(engine, place, rule.chosen, ())


def _change_rules(
    engine: Engine, place: Place, chosen: tuple[object, ...], added: tuple[Retention, ...]
) -> tuple[Retention, ...]:
    ruling = _Ruling(chosen, added)
    engine.write(place, ruling.decide, create=bool(added))
    engine.store.scrub()
    return ruling.rules


def checked_embedder(engine: Engine, name: str) -> str:
    """Return the name of an embedding model that a space may choose, once that can be used.

    Raises:
        InvalidInput: there is none of this name.
        ModelUnavailable: the extra that it needs is not installed.
    """
    chosen = _chosen(name)
    if chosen is not None and chosen not in engine.others:
        known = ", ".join(map(repr, [_OWN, *engine.others]))
        raise InvalidInput(f"embedder={name!r} is not known; choose one of {known}")
    model = engine.embedder_of(chosen)
    if model is not None:
        model.embed(["ready?"])
    return name


def _chosen(name: str) -> str | None:
    return None if name == _OWN else name


@dataclass(slots=True)
class _Ruling:
    """The decision to change the rules of retention, and what they are after it."""

    chosen: tuple[object, ...]
    added: tuple[Retention, ...]
    rules: tuple[Retention, ...] = ()

    def decide(self, view: View, records: Records) -> Changes:
        present = settings_of(view, records)
        kept = (one for one in present.retention if one.chosen != self.chosen)
        self.rules = tuple(sorted((*kept, *self.added), key=str))
        row = replace(present, retention=self.rules).row(records)
        return Changes(put=[row], remove=[(RowKind.SETTINGS, one) for one in view.get(RowKind.SETTINGS, [row.id])])


@dataclass(frozen=True, slots=True)
class _Defining:
    """The decision to change the settings, if they are still what they were."""

    rereading: Rereading
    present: Settings
    wanted: Settings

    def decide(self, view: View, records: Records) -> Changes:
        if settings_of(view, records) != self.present:
            raise NotReadError
        readings, outdated = self.rereading.all_rows(view, records)
        row = self.wanted.row(records)
        old = [(RowKind.SETTINGS, one) for one in view.get(RowKind.SETTINGS, [row.id])]
        jobs, replaced = self.rereading.engine.wanted_rows(view, records)
        return Changes(put=[row, *readings, *jobs], remove=[*outdated, *old, *replaced])
