"""All that the readings of a space add up to: its entities and the stretches of every slot.

A slot is folded when it is first asked for, and kept; after a change only those whose claims changed are folded
again. What the fold gives rests on nothing but the readings, so a space that forgot a message knows what it would
have known without it (law 4).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from satchel.extract.catalogue import Attribute, Catalogue
from satchel.extract.claim import Claim, Mention, Reading
from satchel.truth.entities import USER, Resolution
from satchel.truth.evidence import FOREVER, Evidence
from satchel.truth.kinship import canonical
from satchel.truth.qualifying import qualified, qualifiers
from satchel.truth.repairing import repaired
from satchel.truth.timeline import Stretch, fold, stands
from satchel.truth.values import key_of

_WHOLE_BY_PART = frozenset(("person", "thing", "organisation", "place"))
_BY_INITIALS = frozenset(("organisation", "place"))


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """What a fact is about: an entity's key, an attribute, and a qualifier or ""."""

    subject: str
    attribute: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch with what surrounds it: what it rests on, and from when on that is gone."""

    slot: Slot
    stretch: Stretch
    occurrence: int
    """Which stretch of its value it is, from 0."""
    premises: tuple["Held", ...] = ()
    unknown_from: int = FOREVER
    inferred: bool = False


@dataclass(slots=True)
class _Folded:
    evidence: tuple[Evidence, ...]
    stretches: list[Stretch]


@dataclass(slots=True)
class Knowledge:
    """What a space knows, from its readings."""

    catalogue: Catalogue
    readings: Mapping[str, Reading] = field(default_factory=dict[str, Reading])
    resolution: Resolution = field(init=False)
    said: Mapping[Slot, tuple[Evidence, ...]] = field(init=False)
    """The claims on each slot, in the order in which they were said."""
    folded: int = field(init=False, default=0)
    """How many slots were folded for this state so far; others were kept from the one before."""
    _folds: dict[Slot, _Folded] = field(init=False)
    _held: dict[Slot, tuple[Held, ...]] = field(init=False, default_factory=dict[Slot, tuple[Held, ...]])
    _inferred: Mapping[Slot, Held] | None = field(init=False, default=None)
    _slots: tuple[Slot, ...] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._build({})

    def updated(self, readings: Mapping[str, Reading]) -> "Knowledge":
        """Return what the space knows from other readings; slots whose claims are the same are not folded again."""
        fresh = object.__new__(Knowledge)
        fresh.catalogue, fresh.readings, fresh.folded = self.catalogue, readings, 0
        fresh._held, fresh._inferred, fresh._slots = {}, None, None
        fresh._build(self._folds)
        return fresh

    def known_at(self, micros: int) -> "Knowledge":
        """Return what the space knew at a time, from what it had learned by then."""
        known = {key: one for key, one in self.readings.items() if one.known_at <= micros}
        return self if len(known) == len(self.readings) else self.updated(known)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of which anything was said or inferred, in a stable order."""
        if self._slots is None:
            self._slots = tuple(sorted((*self.said, *self.inferred)))
        return self._slots

    def on(self, slot: Slot) -> tuple[Held, ...]:
        """Return the stretches of a slot."""
        if slot in self.said:
            return self._told(slot)
        return (self.inferred[slot],) if slot in self.inferred else ()

    def one_at_a_time(self, slot: Slot) -> bool:
        """Whether a slot has at most one value at a time."""
        attribute = self.catalogue[slot.attribute]
        return attribute.cardinality == "one" and not (attribute.loose and not slot.qualifier)

    def stated(self, slot: Slot) -> tuple[tuple[str, Evidence], ...]:
        """Return the claims that a value of a slot holds, each with the key that its value goes by.

        They are in the order in which they were said, without what was taken back or corrected since.
        """
        parts, initials = self._naming(slot)
        heads, left = stands(self.said.get(slot, ()), one=self.one_at_a_time(slot), parts=parts, initials=initials)
        return tuple((heads.get(one.key, one.key), one) for one in left.painted if one.effect == "holds")

    def held(
        self, *, subjects: Collection[str] | None = None, attributes: Collection[str] | None = None
    ) -> Iterator[Held]:
        """Yield every stretch of every slot, or of those of some subjects and attributes, in a stable order."""
        for slot in self.slots:
            if (subjects is None or slot.subject in subjects) and (attributes is None or slot.attribute in attributes):
                yield from self.on(slot)

    @property
    def inferred(self) -> Mapping[Slot, Held]:
        """What people share: a colleague works where the one who said so works."""
        if self._inferred is None:
            self._inferred = self._infer()
        return self._inferred

    def _build(self, before: Mapping[Slot, _Folded]) -> None:
        ordered = sorted(self.readings.values(), key=lambda one: (one.order, one.message_id))
        self.resolution = Resolution(ordered, self.catalogue)
        self.said = self._gathered(ordered)
        kept = ((slot, before[slot]) for slot in self.said.keys() & before.keys())
        self._folds = {slot: one for slot, one in kept if one.evidence == self.said[slot]}

    def _gathered(self, ordered: Sequence[Reading]) -> dict[Slot, tuple[Evidence, ...]]:
        gathered: dict[Slot, list[Evidence]] = {}
        before: list[Reading] = []
        known = qualifiers(ordered)
        for reading in ordered:
            for number, claim in enumerate((*qualified(reading, known), *repaired(reading, before))):
                slot = self._slot(claim, reading)
                gathered.setdefault(slot, []).append(Evidence(claim, reading, number))
                opposite = self.catalogue[claim.attribute].opposite
                if opposite and claim.polarity == "holds" and claim.modality == "asserted":
                    denied = replace(claim, attribute=opposite, polarity="never", stance="stated")
                    against = Slot(slot.subject, opposite, slot.qualifier)
                    gathered.setdefault(against, []).append(Evidence(denied, reading, number))
            self._note(reading)
            before.append(reading)
        return {slot: tuple(sorted(found, key=lambda one: one.order)) for slot, found in gathered.items()}

    def _slot(self, claim: Claim, reading: Reading) -> Slot:
        attribute = self.catalogue[claim.attribute]
        subject = self.resolution.subject(claim, reading)
        own = attribute.qualified and claim.qualifier
        return Slot(subject, claim.attribute, canonical(key_of(claim.qualifier or "")) if own else "")

    def _note(self, reading: Reading) -> None:
        """Keep the entities that a message mentions."""
        resolution = self.resolution
        for claim in reading.claims:
            if claim.modality not in ("asserted", "planned"):
                continue
            subject = resolution.subject(claim, reading)
            _note_subject(resolution, subject, claim.subject, reading)
            value = resolution.value(claim, reading)
            if value is not None:
                resolution.note(value, claim.value, _kind(self.catalogue[claim.attribute]), reading)

    def _told(self, slot: Slot) -> tuple[Held, ...]:
        """Return the stretches of what was said on a slot, with what they rest on."""
        if slot not in self._held:
            self._held[slot] = tuple(self._resting(one) for one in self._plain(slot))
        return self._held[slot]

    def _plain(self, slot: Slot) -> tuple[Held, ...]:
        """Return the stretches of what was said on a slot, without what they rest on."""
        evidence = self.said.get(slot, ())
        known = self._folds.get(slot)
        if known is None and evidence:
            self.folded += 1
            known = self._folds[slot] = self._fold(slot, evidence)
        return _numbered(slot, known.stretches) if known is not None else ()

    def _fold(self, slot: Slot, evidence: tuple[Evidence, ...]) -> _Folded:
        parts, initials = self._naming(slot)
        return _Folded(evidence, fold(evidence, one=self.one_at_a_time(slot), parts=parts, initials=initials))

    def _naming(self, slot: Slot) -> tuple[bool, bool]:
        """Return whether the values of a slot are names that a part stands for, and whether their initials do."""
        kind = self.catalogue[slot.attribute].value
        return kind in _WHOLE_BY_PART, kind in _BY_INITIALS

    def _resting(self, held: Held) -> Held:
        """Find what a stretch rests on, and when that ended without a later word about it."""
        attribute = self.catalogue[held.slot.attribute]
        if attribute.rests_on is None:
            return held
        stretch = held.stretch
        for premise in self._plain(Slot(held.slot.subject, attribute.rests_on)):
            under = premise.stretch
            if not under.planned and under.start <= stretch.start < under.stop and not premise.stretch.cancelled:
                last = max(one.said_at for one in stretch.sources)
                gone = under.stop if under.stop < stretch.stop and last < _told_ended(under) else FOREVER
                return replace(held, premises=(premise,), unknown_from=gone)
        return held

    def _infer(self) -> Mapping[Slot, Held]:
        inferred: dict[Slot, Held] = {}
        for slot in self.said:
            shared = self.catalogue[slot.attribute].shares
            premise_slot = Slot(slot.subject, shared or "")
            if shared is None or premise_slot not in self.said:
                continue
            for link in self._told(slot):
                for premise in self._told(premise_slot):
                    derived = self._shared(link, premise, shared)
                    if derived is not None:
                        inferred.setdefault(derived.slot, derived)
        return inferred

    def _shared(self, link: Held, premise: Held, attribute: str) -> Held | None:
        one, other = link.stretch, premise.stretch
        source = one.sources[0]
        who = self.resolution.value(source.claim, source.reading)
        if who is None or one.planned or other.planned or other.cancelled:
            return None
        target = Slot(who, attribute)
        if target in self.said or not other.start <= one.start < other.stop:
            return None
        stretch = Stretch(other.key, other.value, one.start, one.stop, None, None, [*one.sources, *other.sources])
        gone = min(other.stop, link.unknown_from)
        return Held(target, stretch, 0, (link, premise), gone if gone < one.stop else FOREVER, inferred=True)


def _numbered(slot: Slot, stretches: Sequence[Stretch]) -> tuple[Held, ...]:
    seen: dict[str, int] = {}
    held: list[Held] = []
    for stretch in stretches:
        occurrence = seen.get(stretch.key, 0)
        seen[stretch.key] = occurrence + 1
        held.append(Held(slot, stretch, occurrence))
    return tuple(held)


def _told_ended(stretch: Stretch) -> int:
    """Return when it was said that a stretch ended."""
    return max((one.said_at for one in stretch.ended_by), default=stretch.stop)


def _note_subject(resolution: Resolution, key: str, mention: Mention, reading: Reading) -> None:
    if mention.kind == "noun" and "'s " not in key:
        entity = resolution.note(key, resolution.display(key, key), "person", reading)
        resolution.alias(entity, canonical(mention.text), mention.text, f"called so by {_speaker_of(reading)}")
        return
    entity = resolution.note(key, mention.text or USER, "person", reading)
    if mention.kind == "noun":
        resolution.alias(entity, key, key, f"{mention.text!r} of {_speaker_of(reading)}")
        resolution.alias(entity, canonical(mention.text), mention.text, f"called so by {_speaker_of(reading)}")


def _speaker_of(reading: Reading) -> str:
    """Return the name of who speaks."""
    return reading.speaker or USER


def _kind(attribute: Attribute) -> str:
    return "pet" if attribute.name == "pet" else attribute.value
