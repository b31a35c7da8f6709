"""What has to be read again when messages come or go: they themselves, and what follows them.

A message is read together with the one before it. So a message that arrives late, or is forgotten, changes what its
follower means. Reading is slow and happens before the transaction; inside it is seen whether the followers are still
the same, and if not, the change starts again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from satchel.engine import Engine, Place
from satchel.extract.claim import Reading
from satchel.extract.claims import Exchange, Rules
from satchel.model import Message
from satchel.readings import worth_keeping
from satchel.records import Records
from satchel.retrieve.index import SpaceIndex
from satchel.settings import Settings, settings_of
from satchel.store.port import Row, RowKind, View
from satchel.succession import all_before, before_each

_Key = tuple[str, str | None, Rules]


class NotReadError(Exception):
    """A message that has to be read again has not been: prepare and try again."""


@dataclass(slots=True)
class Rereading:
    """The readings of one change."""

    engine: Engine
    notes: dict[str, None]
    _readings: dict[_Key, Reading] = field(default_factory=dict[_Key, Reading])
    _rules: Rules = field(default_factory=lambda: Settings().rules)
    _read: dict[str, Reading] = field(default_factory=dict[str, Reading])

    def prepare(self, place: Place, arriving: Sequence[Message], leaving: Collection[str] = ()) -> None:
        """Read what the change will need."""

        def lacking(view: View, records: Records) -> list[Exchange]:
            self._rules = settings_of(view, records).rules
            pairs = before_each(self.engine.indexes.current(view, records), arriving, leaving)
            return self._exchanges(view, records, pairs, arriving)

        found = self.engine.read(place.scope, lacking)
        if found is None:
            by_id = {one.id: one for one in arriving}
            pairs = before_each(SpaceIndex(), arriving)
            found = [Exchange(by_id[one], by_id.get(before or "")) for one, before in pairs.items()]
        self._take(found)

    def prepare_all(self, place: Place, settings: Settings | None = None) -> None:
        """Read every message of the space, by its settings or by new ones."""

        def lacking(view: View, records: Records) -> list[Exchange]:
            self._rules = (settings or settings_of(view, records)).rules
            return self._exchanges(view, records, all_before(self.engine.indexes.current(view, records)), ())

        self._take(self.engine.read(place.scope, lacking) or [])

    def rows(
        self, view: View, records: Records, arriving: Sequence[Message], leaving: Collection[str] = ()
    ) -> tuple[list[Row], list[tuple[RowKind, str]]]:
        """Return the rows to put and to remove.

        Raises:
            NotReadError: the space has changed since `prepare`.
        """
        if settings_of(view, records).rules is not self._rules:
            raise NotReadError
        pairs = before_each(self.engine.indexes.current(view, records), arriving, leaving)
        return self._rows(view, records, pairs, {*pairs, *leaving} - {one.id for one in arriving})

    def all_rows(self, view: View, records: Records) -> tuple[list[Row], list[tuple[RowKind, str]]]:
        """Return the rows to put and to remove when every message is read again."""
        pairs = all_before(self.engine.indexes.current(view, records))
        return self._rows(view, records, pairs, view.ids(RowKind.READING))

    def readings_of(self, message_ids: Collection[str]) -> list[Reading]:
        """Return the readings of these messages."""
        return [self._read[one] for one in message_ids if one in self._read]

    def _rows(
        self, view: View, records: Records, pairs: Mapping[str, str | None], outdated: Collection[str]
    ) -> tuple[list[Row], list[tuple[RowKind, str]]]:
        if any((*pair, self._rules) not in self._readings for pair in pairs.items()):
            raise NotReadError
        self._read = {pair[0]: self._readings[*pair, self._rules] for pair in pairs.items()}
        put = [records.reading_row(one) for one in self._read.values() if worth_keeping(one)]
        remove = [(RowKind.READING, one) for one in view.get(RowKind.READING, sorted(outdated))]
        return put, remove

    def _exchanges(
        self, view: View, records: Records, pairs: Mapping[str, str | None], arriving: Sequence[Message]
    ) -> list[Exchange]:
        """Return the messages that have not been read yet, each with the one before it."""
        lacking = [pair for pair in pairs.items() if (*pair, self._rules) not in self._readings]
        known = {one.id: one for one in arriving}
        wanted = {one for pair in lacking for one in pair if one is not None} - set(known)
        known |= {key: records.message(row) for key, row in view.get(RowKind.MESSAGE, sorted(wanted)).items()}
        return [Exchange(known[one], known.get(before or "")) for one, before in lacking]

    def _take(self, exchanges: Sequence[Exchange]) -> None:
        for one, reading in zip(exchanges, self.engine.reader.read(exchanges, self._rules, self.notes), strict=True):
            self._readings[one.message.id, one.before.id if one.before else None, self._rules] = reading
