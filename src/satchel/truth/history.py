"""How a slot came to be: what was said on it, in order, and what each saying did."""

from collections.abc import Mapping

from satchel.extract.instants import from_micros
from satchel.model import Message, Step
from satchel.truth.evidence import Evidence
from satchel.truth.knowledge import Held, Knowledge
from satchel.truth.timeline import Stretch
from satchel.truth.values import key_of

_WORDS = {"never": "denied", "ended": "ended", "planned": "planned"}


def steps(knowledge: Knowledge, held: Held, messages: Mapping[str, Message]) -> tuple[Step, ...]:
    """Return the steps of a fact's slot, the earliest said first."""
    stretches = [one.stretch for one in knowledge.on(held.slot)]
    attribute = knowledge.catalogue[held.slot.attribute]
    name = knowledge.resolution.display(held.slot.subject, held.slot.subject)
    evidence = knowledge.said.get(held.slot) or tuple(held.stretch.sources)
    told: list[Step] = []
    seen: set[str] = set()
    for one in evidence:
        source = one.claim.sources[0]
        message = messages.get(source.message_id)
        effect = _effect(one, stretches, seen)
        seen.add(key_of(one.claim.value))
        told.append(
            Step(
                at=from_micros(one.said_at),
                effect=effect,
                text=attribute.phrase(name, one.claim.value, one.claim.qualifier),
                source=source,
                speaker=one.reading.speaker,
                words=message.content[source.start : source.end] if message else "",
            )
        )
    return tuple(told)


def _effect(one: Evidence, stretches: list[Stretch], seen: set[str]) -> str:
    """Return in a word what a claim did."""
    claim = one.claim
    if one.effect is None:
        return claim.modality
    if one.effect == "ended" and any(stretch.cancelled and one in stretch.ended_by for stretch in stretches):
        return "cancelled"
    ending = any(one in stretch.ended_by for stretch in stretches)
    if one.effect in _WORDS:
        return "ended" if ending and one.effect == "never" else _WORDS[one.effect]
    if claim.stance == "corrected":
        return "corrected"
    return "replaced" if ending else "restated" if key_of(claim.value) in seen else claim.stance
