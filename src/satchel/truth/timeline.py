"""The fold of one slot: claims in, stretches of time in which a value held out.

Claims are taken in the order in which they were said, and each paints its value over the time it speaks about. What
it speaks about begins where it says so, else when it was said, and reaches up to whatever is known to begin
later. So a later contradiction wins from its beginning on, a claim about the past changes the past alone, and a
plan that was dated stays in the future when the present is stated again. What was taken back or called off is set
apart before anything is painted. The result is a function of the set of claims: the order of their arrival plays
no part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from satchel.extract.claim import Claim, Moment
from satchel.extract.time.interval import Precision
from satchel.truth.evidence import EVER, FOREVER, Evidence
from satchel.truth.standing import Standing, standing
from satchel.truth.values import clusters, related

_DAY = 86_400_000_000
_LENGTHS = {
    Precision.DAYPART: _DAY,
    Precision.DAY: _DAY,
    Precision.WEEK: 7 * _DAY,
    Precision.MONTH: 31 * _DAY,
    Precision.QUARTER: 92 * _DAY,
    Precision.SEASON: 92 * _DAY,
    Precision.YEAR: 366 * _DAY,
}
"""How long after its moment a time may be meant that is only so exactly known, in microseconds; at most."""


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


def fold(evidence: Iterable[Evidence], *, one: bool, parts: bool, initials: bool = False) -> list[Stretch]:
    """Return the stretches of one slot, by their start.

    Args:
        evidence: the claims on the slot, in any order.
        one: whether there is at most one value at a time.
        parts: whether a part of a value ("Bonneville") names the whole ("Triumph Bonneville").
        initials: whether first letters do ("NYC").
    """
    heads, left = stands(evidence, one=one, parts=parts, initials=initials)
    canvases: dict[str, _Canvas] = {}
    for item in left.painted:
        for lane in [""] if one else _lanes(item.key, heads):
            canvases.setdefault(lane, _Canvas(heads, one)).take(item)
    stretches = [stretch for canvas in canvases.values() for stretch in canvas.stretches]
    stretches += [_called_off(plan, by, heads) for plan, by in left.cancelled]
    return sorted(stretches, key=lambda stretch: (stretch.start, stretch.key, stretch.stop))


def stands(
    evidence: Iterable[Evidence], *, one: bool, parts: bool, initials: bool = False
) -> tuple[Mapping[str, str], Standing]:
    """Return for each value's key the one that stands for it, and what of the claims on a slot still stands.

    The arguments are those of `fold`.
    """
    said = sorted((item for item in evidence if item.effect), key=lambda item: item.order)
    heads = clusters((item.key for item in said if item.effect in ("holds", "planned")), parts=parts, initials=initials)
    return heads, standing(said, heads, one=one)


def _lanes(key: str, heads: Mapping[str, str]) -> list[str]:
    """Return the values that a claim is about: an ending is about all that it may name."""
    if not key:
        return sorted(set(heads.values()))
    if key in heads:
        return [heads[key]]
    return sorted({head for other, head in heads.items() if related(key, other)}) or [key]


def _called_off(plan: Evidence, by: Evidence, heads: Mapping[str, str]) -> Stretch:
    claim = plan.claim
    start = claim.begins.at if claim.begins is not None else FOREVER
    head = heads.get(plan.key, plan.key)
    return Stretch(head, claim.value, start, start, claim.begins, None, [plan], [by], planned=True, cancelled=True)


def _tells_more(claim: Claim, known: Moment | None, *, one: bool) -> bool:
    """Whether the beginning that a claim gives is to be taken: the first told, a correction, or not less exact.

    Of many values side by side each may happen again, so there the first one told stays unless a later is more exact.
    """
    if known is None or claim.begins is None or known.precision is Precision.UNKNOWN:
        return claim.begins is not None
    finer = known.precision.value - claim.begins.precision.value
    return claim.stance == "corrected" or finer > 0 or (one and finer == 0)


@dataclass(slots=True)
class _Canvas:
    """The stretches of one slot, or of one value of it, as they are painted."""

    heads: Mapping[str, str]
    one: bool
    stretches: list[Stretch] = field(default_factory=list[Stretch])

    def take(self, item: Evidence) -> None:
        if item.effect in ("ended", "never"):
            self._end(item)
        elif item.effect == "planned" and item.claim.begins is None:
            self._intend(item)
        else:
            self._paint(item)

    def _paint(self, item: Evidence) -> None:
        claim, start = item.claim, item.start
        head = self.heads.get(item.key, item.key)
        own = self._at(start, head) or self._following(start, item.said_at, head)
        if own is not None:
            self._restate(own, item)
            return
        later = min((one.start for one in self.stretches if one.start > max(item.said_at, start)), default=FOREVER)
        stop = min(claim.ends.at if claim.ends is not None else FOREVER, later)
        fresh = Stretch(
            key=head,
            value=claim.value,
            start=start,
            stop=stop,
            begins=claim.begins,
            ends=claim.ends if claim.ends is not None and claim.ends.at == stop else None,
            sources=[*item.also, item],
            planned=item.effect == "planned",
            conflict=any(one.start == start < one.stop for one in self.stretches if one.key != head),
        )
        if fresh.start < fresh.stop:
            self._carve(fresh, item)
            self.stretches.append(fresh)

    def _restate(self, own: Stretch, item: Evidence) -> None:
        """Add a source to what is known; it may tell a beginning or an end that was not known."""
        claim = item.claim
        own.sources += [*item.also, item]
        if len(claim.value) > len(own.value):
            own.value = claim.value
        if item.effect == "holds" and item.said_at >= own.start:
            own.planned = False
        if item.start < own.start or (claim.begins is not None and _tells_more(claim, own.begins, one=self.one)):
            told = own.begins is not None and claim.begins is not None
            before = own.start
            own.start = claim.begins.at if told and claim.begins is not None else min(own.start, item.start)
            own.begins = claim.begins or own.begins
            self._give_back(own, before)
            self._carve(own, item)
        if claim.ends is not None and own.start < claim.ends.at < own.stop:
            own.stop, own.ends = claim.ends.at, claim.ends

    def _give_back(self, own: Stretch, before: int) -> None:
        """Let what a stretch ended hold on when that stretch turns out to begin later."""
        for one in self.stretches:
            if before == one.stop < own.start and any(end is source for end in one.ended_by for source in own.sources):
                one.stop, one.ends = own.start, own.begins

    def _carve(self, fresh: Stretch, by: Evidence) -> None:
        """Take the time of a stretch away from the others."""
        rest: list[Stretch] = []
        for one in self.stretches:
            if one is fresh or one.stop <= fresh.start or one.start >= fresh.stop:
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

    def _end(self, item: Evidence) -> None:
        key, claim = item.key, item.claim
        told = claim.ends or claim.begins
        at = told.at if told is not None else item.said_at
        head = self.heads.get(key)
        named = [one for one in self.stretches if not key or one.key == head or related(one.key, key)]
        running = [one for one in named if one.start <= at < one.stop]
        for one in running:
            one.stop, one.ends, one.ended_by = at, told or Moment(at, Precision.UNKNOWN), [item]
        if told is not None and item.effect == "ended":
            late = [one for one in named if one.begins is None and at < one.start <= item.said_at]
            self._over(late, item, told)
            running += late
        self.stretches = [one for one in self.stretches if one.start < one.stop]
        known = running or any(one.start <= at for one in named)
        if key and not known and item.effect == "ended":
            if claim.modality == "asserted":
                self._past(item, at, told)
            elif at > item.said_at:
                self._until(item, at, told)

    def _over(self, late: Iterable[Stretch], item: Evidence, told: Moment) -> None:
        """End what was said to hold at a time when, as is told later, it had ended, or was to end soon."""
        latest = told.at + _LENGTHS.get(told.precision, 0)
        for one in late:
            if one.start < latest:
                one.stop = min(max(min(latest, item.said_at), one.start + 1), one.stop)
            else:
                one.start = min(self._free(told.at, one), told.at)
                one.stop = told.at
            one.ends, one.ended_by = told, [item]

    def _until(self, item: Evidence, at: int, told: Moment | None) -> None:
        """Keep a value of which only an end to come is known: it holds up to then."""
        fresh = Stretch(item.key, item.claim.value, item.said_at, at, None, told, [item], [item])
        self._carve(fresh, item)
        self.stretches.append(fresh)

    def _past(self, item: Evidence, at: int, told: Moment | None) -> None:
        """Keep a value of which only the end is known."""
        begins = item.claim.begins if item.claim.ends is not None else None
        start = max(begins.at if begins is not None else EVER, min(self._free(at), at))
        if start < at:
            ends = told or Moment(at, Precision.UNKNOWN)
            self.stretches.append(Stretch(item.key, item.claim.value, start, at, begins, ends, [item], [item]))

    def _free(self, at: int, but: Stretch | None = None) -> int:
        """Return since when nothing else held before a moment."""
        return max((one.stop for one in self.stretches if one is not but and one.start < at), default=EVER)

    def _intend(self, item: Evidence) -> None:
        """Keep a plan that has no date; of what holds already it says how long that is to last."""
        head = self.heads.get(item.key, item.key)
        own = self._at(item.said_at, head) or next((one for one in self._own(head) if one.start == FOREVER), None)
        if own is not None:
            own.sources.append(item)
            ends = item.claim.ends
            if ends is not None and own.start < ends.at < own.stop:
                own.stop, own.ends = ends.at, ends
            return
        self.stretches.append(Stretch(head, item.claim.value, FOREVER, FOREVER, None, None, [item], planned=True))

    def _own(self, head: str) -> list[Stretch]:
        return [one for one in self.stretches if one.key == head]

    def _at(self, moment: int, head: str) -> Stretch | None:
        return next((one for one in self._own(head) if one.start <= moment < one.stop), None)

    def _following(self, start: int, said_at: int, head: str) -> Stretch | None:
        """Return the stretch of a value that was known to hold from a moment on at which a claim still speaks of it."""
        return next((one for one in self._own(head) if start < one.start <= said_at), None)
