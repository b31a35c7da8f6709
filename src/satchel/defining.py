"""Changing what a space is read by: all of its messages are read again by the new settings, in one transaction."""

from dataclasses import dataclass

from satchel.engine import Engine, Place
from satchel.records import Records
from satchel.rereading import NotReadError, Rereading
from satchel.settings import Definitions, Settings, settings_of
from satchel.store.port import Changes, RowKind, View


def define(engine: Engine, place: Place, *, zone: str | None, attributes: Definitions | None) -> None:
    """Set a space's time zone, and add attributes to its catalogue."""
    while True:
        present = engine.read(place.scope, settings_of) or Settings()
        wanted = Settings(zone or present.zone, {**present.attributes, **(attributes or {})})
        defining = _Defining(Rereading(engine, {}), present, wanted)
        defining.rereading.prepare_all(place, wanted)
        try:
            engine.write(place, defining.decide, create=True)
        except NotReadError:
            continue
        engine.store.scrub()
        return


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
        return Changes(put=[row, *readings], remove=[*outdated, *old])
