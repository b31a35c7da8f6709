"""The fold of one slot: claims in, stretches of time in which a value held out.

Claims are taken in the order in which they were said, and each paints its value over the time it speaks about. What
it speaks about begins where it says so, else when it was said, and reaches up to whatever is known to begin
later. So a later contradiction wins from its beginning on, a claim about the past changes the past alone, and a
plan that was dated stays in the future when the present is stated again. What a person took back is removed before
anything is painted. The result is a function of the set of claims: the order of their arrival plays no part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from satchel.extract.claim import Claim, Moment, Reading
from satchel.extract.time.interval import Precision
from satchel.truth.values import clusters, key_of, related

FOREVER = 1 << 62
EVER = -(1 << 62)

Effect = Literal["holds", "planned", "ended", "never"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim with the message that it is from."""

    claim: Claim
    reading: Reading
    number: int

    @property
    def order(self) -> tuple[int, int, bytes, int]:
        """When it was said."""
        return (*self.reading.order, self.number)

    @property
    def said_at(self) -> int:
        """When it was said, in microseconds."""
        return self.reading.said_at

    @property
    def effect(self) -> Effect | None:
        """What it does to its slot; None when it says nothing about what is true."""
        claim = self.claim
        if claim.modality not in ("asserted", "planned"):
            return None
        if claim.polarity == "holds":
            return "planned" if claim.modality == "planned" else "holds"
        return claim.polarity

    @property
    def corrects(self) -> bool:
        """Whether it takes back what was said before."""
        return self.claim.stance == "corrected"


@dataclass(slots=True)
class Stretch:
    """A value and the time in which it held: from `start` up to `stop` (microseconds)."""

    key: str
    value: str
    start: int
    stop: int
    begins: Moment | None
    """The beginning as it was told; None when only a time is known at which it held already."""
    ends: Moment | None
    sources: list[Evidence]
    ended_by: list[Evidence] = field(default_factory=list[Evidence])
    planned: bool = False
    cancelled: bool = False
    conflict: bool = False


def fold(evidence: Iterable[Evidence], *, one: bool, parts: bool) -> list[Stretch]:
    """Return the stretches of one slot, by their start.

    Args:
        evidence: the claims on the slot, in any order.
        one: whether there is at most one value at a time.
        parts: whether a part of a value ("Bonneville") names the whole ("Triumph Bonneville").
    """
    said = sorted((one_ for one_ in evidence if one_.effect), key=lambda one_: one_.order)
    standing = _without_retracted(said, one=one)
    heads = clusters(
        (key_of(item.claim.value) for item in standing if item.effect in ("holds", "planned")), parts=parts
    )
    canvases: dict[str, _Canvas] = {}
    whole = _Canvas(heads)
    for item in standing:
        key = key_of(item.claim.value)
        if one:
            whole.take(item, key)
        else:
            for head in _lanes(key, heads):
                canvases.setdefault(head, _Canvas(heads)).take(item, key)
    stretches = [*whole.stretches, *(stretch for canvas in canvases.values() for stretch in canvas.stretches)]
    return sorted(stretches, key=lambda stretch: (stretch.start, stretch.key, stretch.stop))


def _lanes(key: str, heads: dict[str, str]) -> list[str]:
    """Return the values that a claim is about: an ending is about all that it may name."""
    if not key:
        return sorted(set(heads.values()))
    if key in heads:
        return [heads[key]]
    named = sorted({head for other, head in heads.items() if related(key, other)})
    return named or [key]


def _without_retracted(said: Sequence[Evidence], *, one: bool) -> list[Evidence]:
    """Drop what a later claim takes back, and let what was put in its place begin where it began."""
    standing: list[Evidence] = []
    for item in said:
        if not item.corrects or item.effect == "ended":
            standing.append(item)
            continue
        if item.effect == "never":
            standing = [other for other in standing if not _names(item, other)]
            standing.append(item)
            continue
        taken_back = _taken_back(item, standing, said, one=one)
        standing = [other for other in standing if not any(other is gone for gone in taken_back)]
        standing.append(_in_place_of(item, [*taken_back, *_denied_beside(item, said)]))
    return standing


def _names(denial: Evidence, other: Evidence) -> bool:
    return other.effect in ("holds", "planned") and related(key_of(denial.claim.value), key_of(other.claim.value))


def _taken_back(item: Evidence, standing: Sequence[Evidence], said: Sequence[Evidence], *, one: bool) -> list[Evidence]:
    """Return the claims that a correction replaces although it does not name their value."""
    if not one or any(other.reading is item.reading and other.effect == "never" for other in said):
        return []
    held = [other for other in standing if other.effect == "holds" and other.order < item.order]
    if not held or key_of(held[-1].claim.value) == key_of(item.claim.value):
        return []
    wrong = key_of(held[-1].claim.value)
    return [other for other in held if key_of(other.claim.value) == wrong]


def _denied_beside(item: Evidence, said: Sequence[Evidence]) -> list[Evidence]:
    denials = [other for other in said if other.reading is item.reading and other.effect == "never"]
    return [other for other in said if other.order < item.order and any(_names(denial, other) for denial in denials)]


def _in_place_of(item: Evidence, wrong: Sequence[Evidence]) -> Evidence:
    """Let a correction without a date of its own begin where what it corrects began."""
    if item.claim.begins is not None or not wrong:
        return item
    first = min(wrong, key=_start)
    begins = first.claim.begins or Moment(first.said_at, Precision.UNKNOWN)
    return replace(item, claim=replace(item.claim, begins=begins))


def _start(item: Evidence) -> int:
    claim = item.claim
    if claim.begins is not None:
        return claim.begins.at
    if claim.ends is not None and claim.ends.at <= item.said_at:
        return EVER
    return item.said_at


def _tells_more(claim: Claim, known: Moment | None) -> bool:
    """Whether the beginning that a claim gives is to be taken: it is the first, a correction, or more exact."""
    if known is None or claim.begins is None or known.precision is Precision.UNKNOWN:
        return claim.begins is not None
    return claim.stance == "corrected" or claim.begins.precision.value < known.precision.value


@dataclass(slots=True)
class _Canvas:
    """The stretches of one slot, or of one value of it, as they are painted."""

    heads: dict[str, str]
    stretches: list[Stretch] = field(default_factory=list[Stretch])

    def take(self, item: Evidence, key: str) -> None:
        if item.effect in ("ended", "never"):
            self._end(item, key)
        elif item.effect == "planned" and item.claim.begins is None:
            self._intend(item, key)
        else:
            self._paint(item, key)

    def _paint(self, item: Evidence, key: str) -> None:
        claim, start = item.claim, _start(item)
        stop = claim.ends.at if claim.ends is not None else FOREVER
        head = self.heads.get(key, key)
        own = self._at(start, head)
        if own is not None:
            self._restate(own, item)
            return
        horizon = max(item.said_at, start)
        later = [one for one in self.stretches if one.start > horizon]
        following = next((one for one in self._own(head) if one.start > start and one in later), None)
        limit = min((one.start for one in later if not one.cancelled), default=FOREVER)
        same_start = [one for one in self.stretches if one.start == start and start < one.stop and not one.cancelled]
        fresh = Stretch(
            key=head,
            value=claim.value,
            start=start,
            stop=min(stop, max(limit, start)),
            begins=claim.begins,
            ends=claim.ends,
            sources=[item],
            planned=item.effect == "planned",
            conflict=any(one.key != head for one in same_start),
        )
        if following is not None and following.start == fresh.stop and not following.planned:
            fresh.stop, fresh.ends = following.stop, following.ends
            fresh.sources += following.sources
            self.stretches.remove(following)
        self._carve(fresh, item)
        if fresh.stop > fresh.start:
            self.stretches.append(fresh)

    def _restate(self, own: Stretch, item: Evidence) -> None:
        """Add a source to what is known; it may tell a beginning or an end that was not known."""
        claim = item.claim
        own.sources.append(item)
        if len(claim.value) > len(own.value):
            own.value = claim.value
        if item.effect == "holds" and item.said_at >= own.start:
            own.planned = own.planned and own.begins is not None and own.begins.at > item.said_at
        if claim.begins is not None and _tells_more(claim, own.begins):
            own.start = claim.begins.at if own.begins is not None else min(own.start, claim.begins.at)
            own.begins = claim.begins
            self._carve(own, item)
        if claim.ends is not None and claim.ends.at < own.stop:
            own.stop, own.ends = claim.ends.at, claim.ends

    def _carve(self, fresh: Stretch, by: Evidence) -> None:
        """Take the time of a stretch away from the others."""
        rest: list[Stretch] = []
        for one in self.stretches:
            if one is fresh or one.cancelled or one.stop <= fresh.start or one.start >= fresh.stop:
                rest.append(one)
                continue
            if one.stop > fresh.stop:
                rest.append(replace(one, start=fresh.stop, begins=fresh.ends, sources=list(one.sources)))
            if one.start < fresh.start:
                one.stop = fresh.start
                one.ends = fresh.begins or Moment(fresh.start, Precision.UNKNOWN)
                one.ended_by = [by]
                rest.append(one)
        self.stretches = rest

    def _end(self, item: Evidence, key: str) -> None:
        claim = item.claim
        told = claim.ends or claim.begins
        at = told.at if told is not None else item.said_at
        head = self.heads.get(key)
        named = [
            one for one in self.stretches if not one.cancelled and (not key or one.key == head or related(one.key, key))
        ]
        for one in named:
            if one.planned and one.start >= item.said_at and not (told is not None and told.at > one.start):
                one.cancelled, one.ended_by = True, [item]
        running = [one for one in named if not one.cancelled and one.start <= at < one.stop]
        for one in running:
            one.stop, one.ends, one.ended_by = at, told or Moment(at, Precision.UNKNOWN), [item]
        earlier = any(one.start <= at for one in named)
        if key and not running and not earlier and item.effect == "ended" and item.claim.modality == "asserted":
            self._past(item, key, at, told)

    def _past(self, item: Evidence, key: str, at: int, told: Moment | None) -> None:
        """Keep a value of which only the end is known."""
        begins = item.claim.begins if item.claim.ends is not None else None
        start = begins.at if begins is not None else EVER
        free = max((one.stop for one in self.stretches if one.start < at), default=EVER)
        past = Stretch(key, item.claim.value, max(start, min(free, at)), at, begins, told, [item], [item])
        past.ends = told or Moment(at, Precision.UNKNOWN)
        if past.start < past.stop:
            self.stretches.append(past)

    def _intend(self, item: Evidence, key: str) -> None:
        """Keep a plan that has no date: it stays a plan until it is fulfilled or cancelled."""
        head = self.heads.get(key, key)
        known = next((one for one in self._own(head) if not one.cancelled), None)
        if known is not None:
            known.sources.append(item)
            return
        plan = Stretch(head, item.claim.value, item.said_at, FOREVER, None, None, [item], planned=True)
        plan.start = plan.stop = FOREVER
        self.stretches.append(plan)

    def _own(self, head: str) -> list[Stretch]:
        return [one for one in self.stretches if one.key == head]

    def _at(self, moment: int, head: str) -> Stretch | None:
        return next((one for one in self._own(head) if not one.cancelled and one.start <= moment < one.stop), None)
