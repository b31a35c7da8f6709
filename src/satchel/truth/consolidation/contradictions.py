"""Statements that cannot all be true, or not without more being said: for a person to review, nothing is decided here.

Most changes are no contradictions: people move, and change their minds. What is listed is what the fold had to decide
without being told: two values for one moment, another's word against the first, a birthday that became another, "two
cats" beside "three cats", and what goes back and forth. A correction, or forgetting one side, settles it; so does a
later word on the matter that says since when, or comes from the person whom it is about.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from satchel.extract.instants import from_micros
from satchel.findings import Clash, Contradiction, Side
from satchel.ids import named_id
from satchel.model import Trust
from satchel.truth.evidence import Evidence
from satchel.truth.facts import status_of
from satchel.truth.knowledge import Held, Knowledge, Slot
from satchel.truth.sameness import form_of
from satchel.truth.values import related

_BACK_AND_FORTH = 4
"""How many values in turn, of which only two differ, are a contradiction."""

Stated = tuple[str, Evidence]
_Found = tuple[Clash, tuple[Evidence, ...]]

_WHY: dict[Clash, str] = {
    "same time": "two values were given for the same time",
    "different people": "different people say different things, and nobody said that it changed",
    "never changes": "this does not change, so one of them is wrong",
    "numbers": "the numbers differ",
    "back and forth": "it goes back and forth",
}


def contradictions(knowledge: Knowledge, *, as_of: int) -> tuple[Contradiction, ...]:
    """Return what contradicts itself of what was said by a moment, what was said last first."""
    found = [
        _public(knowledge, slot, clash, sides)
        for slot in knowledge.said
        for clash, sides in _of_slot(knowledge, slot, as_of)
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.sides[-1].said_at.timestamp(), one.subject, one.attribute, one.id))
    )


def _of_slot(knowledge: Knowledge, slot: Slot, as_of: int) -> Iterator[_Found]:
    if not knowledge.one_at_a_time(slot):
        yield from _other_numbers(knowledge, slot, as_of)
        return
    stated = [one for one in knowledge.stated(slot) if one[1].said_at <= as_of]
    lifelong = knowledge.catalogue[slot.attribute].lifelong
    swings = _back_and_forth(stated)
    if swings:
        yield "back and forth", swings
        return
    for number, (one, other) in enumerate(pairwise(stated)):
        clash = None if _same(one, other) else "never changes" if lifelong else _clash(one[1], other[1])
        settled = clash != "never changes" and any(_settles(later) for _, later in stated[number + 2 :])
        if clash is not None and not settled:
            yield clash, (one[1], other[1])


def _same(one: Stated, other: Stated) -> bool:
    return one[0] == other[0] or related(one[0], other[0])


def _clash(one: Evidence, other: Evidence) -> Clash | None:
    """Return why the later of two statements does not simply follow the first."""
    if one.start == other.start:
        return "same time"
    told = other.claim.begins is not None or other.claim.stance in ("corrected", "confirmed")
    of_another = other.claim.subject.kind != "self" and one.reading.speaker != other.reading.speaker
    return "different people" if of_another and not told else None


def _settles(later: Evidence) -> bool:
    """Whether a later statement says how it is: with since when, from the one it is about, or as a correction."""
    claim = later.claim
    return claim.begins is not None or claim.subject.kind == "self" or claim.stance in ("corrected", "confirmed")


def _back_and_forth(stated: Sequence[Stated]) -> tuple[Evidence, ...]:
    """Return the last statements of a slot when two values take turns, and nobody said that either began anew."""
    turns: list[Stated] = []
    for one in stated:
        if one[1].claim.begins is not None or one[1].corrects:
            turns = [one]
        elif not turns or not _same(turns[-1], one):
            turns.append(one)
    last = turns[-_BACK_AND_FORTH:]
    swings = len(last) == _BACK_AND_FORTH and len({head for head, _ in last}) == 2  # noqa: PLR2004  (this or that)
    return tuple(one for _, one in last) if swings else ()


def _other_numbers(knowledge: Knowledge, slot: Slot, as_of: int) -> Iterator[_Found]:
    """Yield the values that hold side by side and are the same but for a number: "two cats", "three cats"."""
    by_rest: dict[tuple[str, ...], list[Held]] = {}
    for held in knowledge.on(slot):
        form = form_of(held.stretch.key)
        counts = any(word.isdigit() for word in form) and not all(word.isdigit() for word in form)
        if counts and status_of(knowledge, held, as_of) == "current":
            rest = tuple("#" if word.isdigit() else word for word in form)
            by_rest.setdefault(rest, []).append(held)
    for several in by_rest.values():
        if len(several) > 1:
            last = (max(one.stretch.sources, key=lambda one: one.order) for one in several)
            yield "numbers", tuple(sorted(last, key=lambda one: one.order))


def _public(knowledge: Knowledge, slot: Slot, clash: Clash, evidence: Sequence[Evidence]) -> Contradiction:
    subject = knowledge.resolution.display(slot.subject, evidence[0].claim.subject.text or slot.subject)
    sides = tuple(_side(knowledge, slot, subject, one) for one in evidence)
    values = sorted({one.key for one in evidence})
    given = " / ".join(dict.fromkeys(one.text for one in sides))
    return Contradiction(
        id=named_id("contradiction", slot.subject, slot.attribute, slot.qualifier, clash, *values),
        kind=clash,
        subject=subject,
        attribute=slot.attribute,
        text=f"{given}: {_WHY[clash]}",
        sides=sides,
        trust=Trust(min(one.reading.trust for one in evidence)),
    )


def _side(knowledge: Knowledge, slot: Slot, subject: str, one: Evidence) -> Side:
    claim = one.claim
    return Side(
        value=claim.value,
        text=knowledge.catalogue[slot.attribute].phrase(subject, claim.value, claim.qualifier),
        speaker=one.reading.speaker,
        said_at=from_micros(one.said_at),
        sources=claim.sources,
    )
