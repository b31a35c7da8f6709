"""What each space knows, kept in memory, validated by version and brought up to date by what changed."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from satchel.extract.catalogue import Catalogue, builtin
from satchel.records import Records
from satchel.settings import Settings, settings_of
from satchel.store.port import RowKind, Scope, State, View
from satchel.truth.answers import Answers
from satchel.truth.knowledge import Knowledge

MOST_READINGS = 500_000


@dataclass(frozen=True, slots=True)
class _Held:
    key_id: str
    version: int
    settings: Settings
    answers: Answers

    @property
    def knowledge(self) -> Knowledge:
        return self.answers.knowledge

    def is_of(self, state: State) -> bool:
        """Whether nothing was written since."""
        return self.key_id == state.key_id and self.version == state.version

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
        state = view.state
        return Answers(Knowledge(builtin())) if state is None else self._current(state, view, records).answers

    def settings(self, view: View, records: Records) -> Settings:
        """Return the settings of the space as the view sees it."""
        return Settings() if view.state is None else self._current(view.state, view, records).settings

    def last_settings(self, scope: Scope) -> Settings | None:
        """Return the settings that the space had when it was last looked at, if that is remembered."""
        with self._lock:
            held = self._held.get(scope)
        return held.settings if held else None

    def drop(self, scope: Scope) -> None:
        """Forget what a space knows."""
        with self._lock:
            self._held.pop(scope, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()

    def _current(self, state: State, view: View, records: Records) -> _Held:
        scope = records.scope
        with self._lock:
            held = self._held.get(scope)
            if held is not None and held.is_of(state):
                self._held.move_to_end(scope)
                return held
        held = _brought_up(held, state, view, records)
        self._keep(scope, held)
        return held

    def _keep(self, scope: Scope, held: _Held) -> None:
        with self._lock:
            self._held[scope] = held
            self._held.move_to_end(scope)
            total = sum(len(one.knowledge.readings) for one in self._held.values())
            while total > self._most and len(self._held) > 1:
                total -= len(self._held.popitem(last=False)[1].knowledge.readings)


def _brought_up(held: _Held | None, state: State, view: View, records: Records) -> _Held:
    settings = settings_of(view, records)
    catalogue = settings.rules.catalogue
    if held is None or not held.extends_to(state, catalogue):
        held = _Held(state.key_id, 0, settings, Answers(Knowledge(catalogue)))
    return _Held(state.key_id, state.version, settings, _updated(held, view, records))


def _updated(held: _Held, view: View, records: Records) -> Answers:
    arrived = {row.id: records.reading(row) for row in view.rows(RowKind.READING, since=held.version)}
    live = set(view.ids(RowKind.READING))
    if not arrived and len(live) == len(held.knowledge.readings):
        return held.answers
    kept = {key: one for key, one in held.knowledge.readings.items() if key in live}
    return Answers(held.knowledge.updated({**kept, **arrived}))
