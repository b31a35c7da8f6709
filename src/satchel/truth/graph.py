"""The knowledge graph at a moment: entities, and the facts that join them."""

from collections.abc import Iterable

from satchel.extract.claim import Reading
from satchel.extract.instants import from_micros
from satchel.ids import named_id
from satchel.model import Edge, Entity, Graph
from satchel.truth.entities import Entity as Known
from satchel.truth.entities import Resolution
from satchel.truth.facts import fact
from satchel.truth.knowledge import Knowledge
from satchel.truth.values import key_of


def entity_id(key: str) -> str:
    """Return the id of an entity: a UUID made of its key."""
    return named_id("entity", key)


def entities(resolution: Resolution) -> tuple[Entity, ...]:
    """Return the entities of a space, the most mentioned first, then by name."""
    found = sorted(resolution.entities.values(), key=lambda one: (-len(one.mentioned), one.name, one.key))
    return tuple(_public(one) for one in found)


def directory(knowledge: Knowledge, mentions: Iterable[tuple[Reading, str, str]]) -> Resolution:
    """Return who and what a space knows of, with what its messages mention by name but say nothing of.

    Args:
        knowledge: what the space knows.
        mentions: names that messages mention, each with the message and the kind that it seems to be of.
    """
    resolution = knowledge.updated(knowledge.readings).resolution
    for reading, name, kind in mentions:
        for key in resolution.find(name)[:1] or [key_of(name)]:
            resolution.note(key, name, kind, reading)
    return resolution


def around(knowledge: Knowledge, name: str, *, depth: int, as_of: int) -> Graph | None:
    """Return the neighbourhood of an entity at a moment, up to `depth` facts away; None when nobody is called so."""
    known = knowledge.resolution.entities
    start = next(iter(knowledge.resolution.find(name)), None) or next(
        (key for key in known if entity_id(key) == name), None
    )
    if start is None:
        return None
    edges = _edges(knowledge, as_of)
    reached, frontier = {start}, {start}
    for _ in range(depth):
        frontier = {
            end for source, edge in edges for end in (source, edge) if source in frontier or edge in frontier
        } - reached
        reached |= frontier
    inside = {pair: found for pair, found in edges.items() if set(pair) <= reached}
    return Graph(
        centre=entity_id(start),
        entities=tuple(_public(known[key]) for key in sorted(reached) if key in known),
        edges=tuple(one for pair in sorted(inside) for one in inside[pair]),
    )


def _edges(knowledge: Knowledge, as_of: int) -> dict[tuple[str, str], list[Edge]]:
    edges: dict[tuple[str, str], list[Edge]] = {}
    for held in knowledge.held():
        evidence = held.stretch.sources[0]
        target = knowledge.resolution.value(evidence.claim, evidence.reading)
        told = None if target is None else fact(knowledge, held, as_of=as_of)
        if target is None or told is None or told.status not in ("current", "unknown"):
            continue
        edge = Edge(entity_id(held.slot.subject), held.slot.attribute, entity_id(target), told)
        edges.setdefault((held.slot.subject, target), []).append(edge)
    return edges


def _public(one: Known) -> Entity:
    times = [reading.said_at for reading in one.mentioned]
    return Entity(
        id=entity_id(one.key),
        name=one.name,
        kind=one.kind,
        aliases=dict(sorted(one.aliases.values())),
        mentions=len(one.mentioned),
        first_said_at=from_micros(min(times)),
        last_said_at=from_micros(max(times)),
    )
