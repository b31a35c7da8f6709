"""What each space knows, kept in memory, validated by version and brought up to date by what changed."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from satchel.extract.catalogue import Catalogue, builtin
from satchel.records import Records
from satchel.settings import Settings, settings_of
from satchel.store.port import RowKind, Scope, State, View
from satchel.truth.answers import Answers
from satchel.truth.knowledge import Knowledge
from satchel.uses import Use

MOST_READINGS = 500_000


@dataclass(frozen=True, slots=True)
class _Held:
    key_id: str
    version: int
    settings: Settings
    answers: Answers
    uses: Mapping[str, Use] = field(default_factory=dict[str, Use])
    """Message id → how useful it was found; some of them may have been forgotten by another process since."""

    @property
    def knowledge(self) -> Knowledge:
        return self.answers.knowledge

    def extends_to(self, state: State, catalogue: Catalogue) -> bool:
        """Whether this can be brought up to a later state of the space."""
        return self.key_id == state.key_id and self.version <= state.version and self.knowledge.catalogue is catalogue


class Minds:
    """The knowledge of the spaces that were used last; least recently used go first."""

    def __init__(self, *, most_readings: int = MOST_READINGS) -> None:
        self._most = most_readings
        self._lock = Lock()
        self._held: OrderedDict[Scope, _Held] = OrderedDict()

    def current(self, view: View, records: Records) -> Knowledge:
        """Return what the space knows as the view sees it."""
        return self.answers(view, records).knowledge

    def answers(self, view: View, records: Records) -> Answers:
        """Return what the space knows as the view sees it, by the words that ask for it."""
        return Answers(Knowledge(builtin())) if view.state is None else self._current(view, records, view.state).answers

    def settings(self, view: View, records: Records) -> Settings:
        """Return what the space is read by, as the view sees it."""
        return Settings() if view.state is None else self._current(view, records, view.state).settings

    def uses(self, view: View, records: Records) -> Mapping[str, Use]:
        """Return how useful messages of the space were found, by their ids, as the view sees it."""
        return {} if view.state is None else self._current(view, records, view.state).uses

    def last_settings(self, scope: Scope) -> Settings | None:
        """Return what the space was read by when it was last used here, which may have changed since."""
        with self._lock:
            held = self._held.get(scope)
        return None if held is None else held.settings

    def _current(self, view: View, records: Records, state: State) -> _Held:
        with self._lock:
            held = self._held.get(records.scope)
        if held is None or (held.key_id, held.version) != (state.key_id, state.version):
            settings = settings_of(view, records)
            if held is None or not held.extends_to(state, settings.rules.catalogue):
                held = _Held(state.key_id, 0, settings, Answers(Knowledge(settings.rules.catalogue)))
            uses = {row.id: records.use(row) for row in view.rows(RowKind.USE, since=held.version)}
            answers = _updated(held, view, records)
            held = _Held(state.key_id, state.version, settings, answers, {**held.uses, **uses})
        self._keep(records.scope, held)
        return held

    def drop(self, scope: Scope) -> None:
        """Forget what a space knows."""
        with self._lock:
            self._held.pop(scope, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()

    def _keep(self, scope: Scope, held: _Held) -> None:
        with self._lock:
            self._held[scope] = held
            self._held.move_to_end(scope)
            total = sum(len(one.knowledge.readings) for one in self._held.values())
            while total > self._most and len(self._held) > 1:
                total -= len(self._held.popitem(last=False)[1].knowledge.readings)


def _updated(held: _Held, view: View, records: Records) -> Answers:
    arrived = {row.id: records.reading(row) for row in view.rows(RowKind.READING, since=held.version)}
    live = set(view.ids(RowKind.READING))
    if not arrived and len(live) == len(held.knowledge.readings):
        return held.answers
    kept = {key: one for key, one in held.knowledge.readings.items() if key in live}
    return Answers(held.knowledge.updated({**kept, **arrived}))
