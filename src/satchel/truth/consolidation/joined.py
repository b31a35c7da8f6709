"""Facts that were said in several ways, with how often each was said."""

from collections.abc import Iterator

from satchel.findings import Joined
from satchel.truth.facts import fact
from satchel.truth.knowledge import Held, Knowledge


def joined(knowledge: Knowledge, *, as_of: int) -> tuple[Joined, ...]:
    """Return the facts, past ones too, that were said in more than one way, the most often said first."""
    found = sorted(_several(knowledge, as_of), key=lambda one: (-one.fact.mentions, one.fact.text, one.fact.id))
    return tuple(found)


def _several(knowledge: Knowledge, as_of: int) -> Iterator[Joined]:
    for held in knowledge.held():
        ways = _ways(held)
        told = fact(knowledge, held, as_of=as_of) if len(ways) > 1 and not held.inferred else None
        if told is not None:
            yield Joined(told, ways)


def _ways(held: Held) -> dict[str, int]:
    """Return what was said, as it was first said, and in how many messages."""
    said: dict[str, tuple[str, set[str]]] = {}
    for one in sorted(held.stretch.sources, key=lambda one: one.order):
        said.setdefault(one.key, (one.claim.value, set()))[1].add(one.reading.message_id)
    return {value: len(messages) for value, messages in said.values()}
