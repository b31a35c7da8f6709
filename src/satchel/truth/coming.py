"""What is coming: dated plans, what is to change, yearly days and what comes again, from the folded knowledge alone.

What was called off, put off or done since does not show, wherever that was said: a trip is called off as a plan and as
an appointment. Of several facts that say the same, the one that says most exactly what it is stands for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from satchel.agenda import Due, DueKind
from satchel.extract.claim import Moment
from satchel.extract.instants import from_micros
from satchel.extract.time.interval import Bound, Precision
from satchel.truth.evidence import FOREVER, Evidence
from satchel.truth.facts import fact, fact_id, status_of
from satchel.truth.knowledge import Held, Knowledge
from satchel.truth.recurring import recurrences, yearly
from satchel.truth.statements import at_most
from satchel.truth.values import same_matter

LONGEST_OVERDUE = 30
"""Days for which something is overdue: later it is no longer taken for something to be done."""

_DAY = 86_400_000_000
_KINDS: dict[str, DueKind] = {"appointment": "appointment", "deadline": "deadline", "to_do": "to_do", "plans": "plan"}
_TO_BE_DONE = frozenset(("deadline", "to_do"))
_DONE = frozenset(("completed", "attended", "visited", "bought"))
_YEARLY: dict[str, DueKind] = {"birthday": "birthday", "anniversary": "anniversary"}
_RANKS: dict[DueKind, int] = {"appointment": 0, "deadline": 1, "to_do": 2, "plan": 3, "change": 4, "recurring": 5}


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for: what is to come or goes on from one moment up to another, seen from a third."""

    since: int
    until: int
    now: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class _Coming:
    """A fact at a time to come; microseconds. `by` says that the time is an end."""

    held: Held
    kind: DueKind
    at: int
    ends: int | None
    precision: Precision
    what: str | None = None
    overdue: bool = False


def coming(knowledge: Knowledge, span: Span) -> tuple[Due, ...]:
    """Return what is due in a span of time, in its order."""
    undone = _Undone(knowledge)
    found = [one for held in knowledge.held() for one in _of(knowledge, held, span, undone)]
    found.sort(key=lambda one: (one.at, _RANKS.get(one.kind, 9), fact_id(one.held)))
    return tuple(_due(knowledge, group, span) for group in _together(found))


class _Undone:
    """What was said later of plans, by subject: what ends, moves or fulfils one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._later: dict[str, list[Evidence]] = {}
        for slot, evidence in knowledge.said.items():
            plan = knowledge.catalogue[slot.attribute].nature == "plan"
            if plan or slot.attribute in _DONE:
                self._later.setdefault(slot.subject, []).extend(one for one in evidence if _settles(one, plan=plan))

    def holds(self, held: Held) -> bool:
        """Whether a plan still stands after all that was said."""
        last = max(one.order for one in held.stretch.sources)
        return not any(
            one.order > last and same_matter(one.key, held.stretch.key) and _about(one, held)
            for one in self._later.get(held.slot.subject, ())
        )


def _settles(one: Evidence, *, plan: bool) -> bool:
    """Whether a claim can settle a plan: it ends or moves one, or tells that something was done."""
    if plan:
        moved = one.corrects and one.effect in ("holds", "planned") and one.claim.begins is not None
        return moved or one.effect in ("ended", "never")
    return one.effect == "holds"


def _about(one: Evidence, held: Held) -> bool:
    """Whether what was done can be what was planned then: not what had been done before that."""
    begins = one.claim.begins
    return one.effect != "holds" or begins is None or begins.at >= held.stretch.sources[0].said_at - _DAY


def _of(knowledge: Knowledge, held: Held, span: Span, undone: _Undone) -> Iterator[_Coming]:
    """Yield when a stretch is due in the span."""
    attribute = knowledge.catalogue[held.slot.attribute]
    if held.inferred or held.stretch.cancelled:
        return
    if held.slot.attribute in _YEARLY:
        yield from _yearly(knowledge, held, span)
    elif attribute.nature == "plan" or held.slot.attribute == "habit":
        if undone.holds(held):
            yield from _recurring(knowledge, held, span) if _rule(held) else _planned(held, span)
    elif attribute.nature == "state":
        yield from _changing(knowledge, held, span)


def _planned(held: Held, span: Span) -> Iterator[_Coming]:
    """Yield a dated plan; one that should have been done stays for a while."""
    stretch, name = held.stretch, held.slot.attribute
    begins, ends = stretch.begins, stretch.ends
    told = ends if name == "deadline" and ends is not None else begins or ends
    if told is None or stretch.ended_by or told.precision is Precision.UNKNOWN:
        return
    last = ends.at if ends is not None else told.at + (_DAY if begins is told else 0)
    late = name in _TO_BE_DONE and last < span.now
    kind = _KINDS.get(name, "plan")
    if told.at <= span.until and last >= span.since:
        yield _Coming(held, kind, told.at, ends.at if ends and ends is not told else None, told.precision, overdue=late)
    elif late and span.since <= span.now <= span.until and last >= span.now - LONGEST_OVERDUE * _DAY:
        yield _Coming(held, kind, told.at, ends.at if ends and ends is not told else None, told.precision, overdue=True)


def _changing(knowledge: Knowledge, held: Held, span: Span) -> Iterator[_Coming]:
    """Yield when a state is to begin or to end."""
    stretch = held.stretch
    said = min(one.said_at for one in stretch.sources)
    if _dated(stretch.begins) and said < stretch.start != FOREVER and span.since <= stretch.start <= span.until:
        yield _Coming(held, "change", stretch.start, None, stretch.begins.precision if stretch.begins else _UNSURE)
    ending = [one for one in stretch.ended_by if one.effect == "ended" and one.said_at < stretch.stop]
    if ending and _dated(stretch.ends) and span.since <= stretch.stop <= span.until:
        told = fact(knowledge, held, as_of=stretch.stop - 1)
        what = None if told is None else f"no longer: {told.text}"
        yield _Coming(held, "ending", stretch.stop, None, stretch.ends.precision if stretch.ends else _UNSURE, what)


_UNSURE = Precision.UNKNOWN


def _dated(moment: Moment | None) -> bool:
    return moment is not None and moment.precision is not Precision.UNKNOWN


def _yearly(knowledge: Knowledge, held: Held, span: Span) -> Iterator[_Coming]:
    normal = next((one.claim.normal for one in reversed(held.stretch.sources) if one.claim.normal), None)
    if normal is None or status_of(knowledge, held, span.now) != "current":
        return
    for day in yearly(normal, held.stretch.value, since=span.since, until=span.until, zone=span.zone):
        told = fact(knowledge, held, as_of=span.now)
        turns = told is not None and day.years is not None and held.slot.attribute == "birthday"
        what = f"{told.subject} turns {day.years}" if told is not None and turns else None
        yield _Coming(held, _YEARLY[held.slot.attribute], day.at, day.ends, Precision.DAY, what)


def _recurring(knowledge: Knowledge, held: Held, span: Span) -> Iterator[_Coming]:
    if status_of(knowledge, held, span.now) not in ("current", "planned"):
        return
    said = min(one.said_at for one in held.stretch.sources)
    daily = held.slot.attribute != "habit"
    for one in recurrences(_rule(held) or "", said=said, since=span.since, until=span.until, zone=span.zone):
        if daily or not one.daily:
            yield _Coming(held, "recurring", one.at, one.ends, one.precision)


def _rule(held: Held) -> str | None:
    """Return the rule by which a plan comes again, as it was said last."""
    told = (one.claim.normal for one in reversed(held.stretch.sources) if one.claim.normal)
    return next((one for one in told if one.startswith("FREQ=")), None)


def _together(found: Sequence[_Coming]) -> Iterator[list[_Coming]]:
    """Yield what is due in groups that say the same."""
    groups: list[list[_Coming]] = []
    for one in found:
        same = next((group for group in reversed(groups[-20:]) if _alike(group[0], one)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    yield from groups


def _alike(one: _Coming, other: _Coming) -> bool:
    plans = one.kind in _RANKS and other.kind in _RANKS
    near = abs(one.at - other.at) < _DAY
    return plans and near and one.held.slot.subject == other.held.slot.subject and _same(one.held, other.held)


def _same(one: Held, other: Held) -> bool:
    return same_matter(one.stretch.key, other.stretch.key)


def _due(knowledge: Knowledge, group: Sequence[_Coming], span: Span) -> Due:
    best = min(group, key=lambda one: (_RANKS.get(one.kind, 9), -len(one.held.stretch.value), fact_id(one.held)))
    facts = [told for one in group if (told := fact(knowledge, one.held, as_of=_seen(one.held, span))) is not None]
    own = next(told for told in facts if told.id == fact_id(best.held))
    return Due(
        at=from_micros(best.at),
        precision=best.precision.name.lower(),
        when=Bound(from_micros(best.at), best.precision).prefix(span.zone),
        until=None if best.ends is None else at_most(best.ends),
        what=best.what or own.text,
        kind=best.kind,
        subject=own.subject,
        fact_id=own.id,
        sources=tuple(dict.fromkeys(source for told in facts for source in told.sources)),
        trust=min(told.trust for told in facts),
        overdue=best.overdue,
    )


def _seen(held: Held, span: Span) -> int:
    """Return a moment at which a fact can be told of."""
    return max(span.now, *(one.said_at for one in held.stretch.sources))
