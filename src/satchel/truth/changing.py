"""What changed in a span of known time: what the memory learned in it, and what it no longer holds to be true.

It is read off what is known before and after, so that it is the same in whatever order things arrived. What was learned
and taken back within the span shows as the correction alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from satchel.agenda import Change, Effect
from satchel.extract.instants import from_micros
from satchel.model import Fact, Message, Source, Trust
from satchel.truth.evidence import FOREVER, Evidence
from satchel.truth.facts import fact, fact_id
from satchel.truth.knowledge import Held, Knowledge

_EVENTUALLY = FOREVER - 1
"""A moment by which all has been said that was ever said."""


@dataclass(frozen=True, slots=True)
class Span:
    """Known time: later than `since`, and no later than `until`."""

    since: int
    until: int

    def has(self, micros: int) -> bool:
        """Whether a moment lies in it."""
        return self.since < micros <= self.until


def changes(knowledge: Knowledge, acts: Mapping[str, Message], span: Span) -> list[Change]:
    """Return what changed, the earliest known first.

    Args:
        knowledge: what the space knows.
        acts: the messages by which names were joined or parted, by id.
        span: the known time that is asked about.
    """
    before, after = knowledge.known_at(span.since), knowledge.known_at(span.until)
    found = [*_held(after, span), *_withdrawn(before, after, span), *_joined(after, acts, span)]
    distinct = {(one.at, one.effect, one.text): one for one in found}
    return sorted(distinct.values(), key=lambda one: (one.at, one.fact_id or "", one.effect))


def joining_messages(knowledge: Knowledge, span: Span) -> set[str]:
    """Return the ids of the messages of a span by which names were joined or parted."""
    return {key for key, one in knowledge.readings.items() if one.joinings and span.has(one.known_at)}


def forgotten(acts: Iterable[tuple[int, int]], span: Span) -> Iterator[Change]:
    """Yield that messages were forgotten: when, and how many."""
    for at, count in acts:
        if span.has(at):
            what = "1 message was" if count == 1 else f"{count} messages were"
            yield Change(at=from_micros(at), effect="forgotten", text=f"{what} forgotten", messages=count)


def _held(after: Knowledge, span: Span) -> Iterator[Change]:
    """Yield what began or ceased to be held to be true."""
    for held in after.held():
        stretch = held.stretch
        learned = max if held.inferred else min  # what is inferred is known when the last of its grounds is
        at = learned(one.reading.known_at for one in stretch.sources)
        if span.has(at):
            yield _change(after, held, at, "learned", stretch.sources)
        said = {one.reading.message_id for one in stretch.sources}
        ended = [one for one in stretch.ended_by if one.reading.message_id not in said]
        over = min((one.reading.known_at for one in ended), default=span.since)
        if span.has(over):
            yield _change(after, held, over, _ending(held), ended)


def _withdrawn(before: Knowledge, after: Knowledge, span: Span) -> Iterator[Change]:
    """Yield what was held to be true and then corrected, as if it had never been."""
    left = {fact_id(one) for one in after.held()}
    for held in before.held():
        if fact_id(held) not in left:
            said = after.said.get(held.slot, ())
            against = [one for one in said if one.corrects and span.has(one.reading.known_at)]
            if against:
                right = next((one.claim.value for one in reversed(against) if one.effect == "holds"), None)
                why = "it was never so" if right is None else f"it is {right!r}"
                at = min(one.reading.known_at for one in against)
                yield replace(_change(before, held, at, "corrected", against), because=why)


def _joined(after: Knowledge, acts: Mapping[str, Message], span: Span) -> Iterator[Change]:
    for key, reading in after.readings.items():
        if span.has(reading.known_at) and reading.joinings and key in acts:
            yield Change(
                at=from_micros(reading.known_at),
                effect="merged" if reading.joinings[-1].together else "parted",
                text=acts[key].content,
                sources=(Source(key, 0, len(acts[key].content)),),
                trust=reading.trust,
            )


def _ending(held: Held) -> Effect:
    last = max(held.stretch.ended_by, key=lambda one: one.order)
    if held.stretch.cancelled:
        return "cancelled"
    return "superseded" if last.effect in ("holds", "planned") else "ended"


def _change(knowledge: Knowledge, held: Held, at: int, effect: Effect, evidence: Sequence[Evidence]) -> Change:
    told = cast(Fact, fact(knowledge, held, as_of=_EVENTUALLY))
    return Change(
        at=from_micros(at),
        effect=effect,
        text=told.text,
        fact_id=told.id,
        sources=tuple(dict.fromkeys(source for one in evidence for source in one.claim.sources)),
        trust=Trust(min(one.reading.trust for one in evidence)),
        because=None if effect == "learned" else told.because,
    )
