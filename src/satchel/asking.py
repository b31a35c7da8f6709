"""What a space knows, asked: facts, entities, the graph around one, the history of a slot, and the profile.

Each question is answered from one consistent snapshot. `as_of` is valid time, `known_at` known time; when only
`known_at` is given, the question is about that moment.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from satchel.engine import Engine, Place
from satchel.errors import InvalidInput
from satchel.extract.claim import Mention, Moment, Reading
from satchel.extract.instants import to_micros
from satchel.extract.names import names_in
from satchel.model import Entity, Fact, Graph, Message, Source, Step
from satchel.readings import reading_of
from satchel.records import Records
from satchel.store.port import RowKind, View
from satchel.truth.facts import fact, fact_id, facts
from satchel.truth.graph import around, directory, entities, entity_id
from satchel.truth.history import steps
from satchel.truth.knowledge import Held, Knowledge
from satchel.truth.profile import profile_facts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two times that a question is asked of; microseconds since 1970, None for now."""

    as_of: int | None = None
    known_at: int | None = None


def list_facts(
    engine: Engine, place: Place, clocks: Clocks, *, subject: str | None, attribute: str | None, past: bool
) -> tuple[Fact, ...]:
    """Return the facts at a moment, by subject and attribute.

    Raises:
        InvalidInput: the attribute is not in the catalogue.
    """

    def listed(knowledge: Knowledge, moment: int) -> tuple[Fact, ...]:
        if attribute is not None and attribute not in knowledge.catalogue.attributes:
            some = ", ".join(list(knowledge.catalogue.attributes)[:8])
            raise InvalidInput(f"attribute {attribute!r} is not in the catalogue; some are {some}")
        keys = None if subject is None else set(knowledge.resolution.find(subject))
        wanted = None if attribute is None else (attribute,)
        return tuple(facts(knowledge, as_of=moment, past=past, subjects=keys, attributes=wanted))

    return _asked(engine, place, clocks, listed) or ()


def list_entities(engine: Engine, place: Place, clocks: Clocks, *, kind: str | None) -> tuple[Entity, ...]:
    """Return the entities, the most mentioned first."""

    def listed(view: View, records: Records) -> tuple[Entity, ...]:
        knowledge = as_known(engine.minds.current(view, records), clocks)
        return entities(directory(knowledge, _mentions(view, records, clocks)))

    found = engine.read(place.scope, listed) or ()
    return tuple(one for one in found if kind is None or one.kind == kind)


def _mentions(view: View, records: Records, clocks: Clocks) -> Iterator[tuple[Reading, str, str]]:
    """Yield the names that people mention, with the message and the kind that each seems to be of, in order."""
    said = [records.message(row) for row in view.rows(RowKind.MESSAGE)]
    spoken = [one for one in said if one.role == "user" and one.act is None]
    readings = [(reading_of(one), one) for one in spoken]
    for reading, message in sorted(readings, key=lambda pair: pair[0].order):
        if clocks.known_at is None or reading.known_at <= clocks.known_at:
            for name, kind in names_in(message):
                yield reading, name, kind


def graph(engine: Engine, place: Place, clocks: Clocks, name: str, *, depth: int) -> Graph | None:
    """Return the neighbourhood of an entity, by its name or id; None when there is none."""
    return _asked(engine, place, clocks, lambda knowledge, moment: around(knowledge, name, depth=depth, as_of=moment))


def history(engine: Engine, place: Place, wanted: str) -> tuple[Step, ...] | None:
    """Return how the slot of a fact came to be, step by step; None when there is no such fact."""

    def told(view: View, records: Records) -> tuple[Step, ...] | None:
        knowledge = engine.minds.current(view, records)
        held = _held(knowledge, wanted)
        if held is None:
            return None
        evidence = knowledge.said.get(held.slot, ())
        said = {source.message_id for one in (*evidence, *held.stretch.sources) for source in one.claim.sources}
        messages = opened(view, records, said)
        return steps(knowledge, held, messages)

    return engine.read(place.scope, told)


def sources(engine: Engine, place: Place, wanted: str) -> tuple[tuple[Source, Message], ...] | None:
    """Return the words that a fact is from, with their messages; None when there is no such fact."""

    def quoted(view: View, records: Records) -> tuple[tuple[Source, Message], ...] | None:
        knowledge = engine.minds.current(view, records)
        held = _held(knowledge, wanted)
        if held is None:
            return None
        found = tuple(dict.fromkeys(source for one in held.stretch.sources for source in one.claim.sources))
        messages = opened(view, records, {one.message_id for one in found})
        return tuple((one, messages[one.message_id]) for one in found if one.message_id in messages)

    return engine.read(place.scope, quoted)


def messages_behind(engine: Engine, place: Place, ids: Sequence[str]) -> tuple[str, ...]:
    """Return ids with those of facts replaced by the ids of the messages that the facts are from."""

    def replaced(view: View, records: Records) -> tuple[str, ...]:
        unknown = set(ids) - set(view.get(RowKind.MESSAGE, ids))
        if not unknown:
            return tuple(ids)
        held = {fact_id(one): one for one in engine.minds.current(view, records).held()}
        behind = {one: _message_ids(held[one]) for one in unknown if one in held}
        return tuple(dict.fromkeys(message for one in ids for message in behind.get(one, (one,))))

    return engine.read(place.scope, replaced) or tuple(ids)


def _message_ids(held: Held) -> tuple[str, ...]:
    return tuple(one.reading.message_id for one in held.stretch.sources)


def profile(engine: Engine, place: Place, clocks: Clocks) -> tuple[Fact, ...]:
    """Return the facts that are always worth knowing, in a stable order."""
    return _asked(engine, place, clocks, lambda knowledge, moment: profile_facts(knowledge, as_of=moment)) or ()


def moment_of(engine: Engine, clocks: Clocks) -> int:
    """Return the moment that a question is about."""
    if clocks.as_of is not None:
        return clocks.as_of
    return clocks.known_at if clocks.known_at is not None else to_micros(engine.clock())


def opened(view: View, records: Records, ids: set[str]) -> dict[str, Message]:
    """Return the messages with these ids."""
    return {key: records.message(row) for key, row in view.get(RowKind.MESSAGE, sorted(ids)).items()}


def as_known(knowledge: Knowledge, clocks: Clocks) -> Knowledge:
    """Return what was known at the question's known time."""
    return knowledge if clocks.known_at is None else knowledge.known_at(clocks.known_at)


def _asked(engine: Engine, place: Place, clocks: Clocks, question: Callable[[Knowledge, int], T]) -> T | None:
    def answered(view: View, records: Records) -> T:
        return question(as_known(engine.minds.current(view, records), clocks), moment_of(engine, clocks))

    return engine.read(place.scope, answered)


def _held(knowledge: Knowledge, wanted: str) -> Held | None:
    return next((one for one in knowledge.held() if fact_id(one) == wanted), None)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact's first claim is from: whom it was about, in whose words, and from when on."""

    subject: Mention
    speaker: str | None
    begins: Moment | None


def find_fact(engine: Engine, place: Place, wanted: str) -> tuple[Fact, Origin] | None:
    """Return a fact by its id, past ones too, with where it is from."""

    def found(knowledge: Knowledge, moment: int) -> tuple[Fact, Origin] | None:
        held = _held(knowledge, wanted)
        told = None if held is None else fact(knowledge, held, as_of=max(moment, held.stretch.sources[0].said_at))
        if held is None or told is None:
            return None
        first = min(held.stretch.sources, key=lambda one: one.order)
        return told, Origin(first.claim.subject, first.reading.speaker, held.stretch.begins)

    return _asked(engine, place, Clocks(), found)


def entity_key(engine: Engine, place: Place, name: str, *, merged: bool) -> str | None:
    """Return the key of an entity by its name, alias or id.

    Args:
        engine: the ports.
        place: the space.
        name: what to look for.
        merged: whether merges count; without them a name that was merged into another has its own key again.
    """

    def found(view: View, records: Records) -> str | None:
        knowledge = engine.minds.current(view, records)
        if not merged:
            parted = {key: replace(one, joinings=()) for key, one in knowledge.readings.items()}
            knowledge = knowledge.updated(parted)
        known = directory(knowledge, _mentions(view, records, Clocks()))
        return next(iter(known.find(name)), None) or next(
            (key for key in known.entities if entity_id(key) == name), None
        )

    return engine.read(place.scope, found)
