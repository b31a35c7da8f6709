"""From stretches to facts: what is current, past, planned or unknown at a moment, as sentences with their sources."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from satchel.extract.claim import Moment
from satchel.extract.instants import from_micros
from satchel.ids import named_id
from satchel.model import Fact, Source, Status, Trust
from satchel.truth.evidence import EVER, FOREVER, Evidence
from satchel.truth.knowledge import Held, Knowledge
from satchel.truth.statements import at_most, instant

_UNKNOWN = "unknown"


def fact_id(held: Held) -> str:
    """Return the id of a fact: a UUID made of what it says, so that it is the same however it was derived."""
    slot = held.slot
    parts = (slot.subject, slot.attribute, slot.qualifier, held.stretch.key, str(held.occurrence))
    return named_id("fact", *parts)


def facts(
    knowledge: Knowledge,
    *,
    as_of: int,
    past: bool = False,
    subjects: Collection[str] | None = None,
    attributes: Collection[str] | None = None,
) -> list[Fact]:
    """Return the facts at a moment: what is current, unknown or planned; with `past`, all others too.

    Args:
        knowledge: what the space knows.
        as_of: the moment, in microseconds.
        past: whether what is over, or only to come, is wanted too.
        subjects: keys of the entities wanted; None for all.
        attributes: names of the attributes wanted; None for all.
    """
    wanted = knowledge.held(subjects=subjects, attributes=attributes)
    found = (fact(knowledge, held, as_of=as_of) for held in wanted)
    return [one for one in found if one is not None and (past or _present(knowledge, one))]


def fact(knowledge: Knowledge, held: Held, *, as_of: int) -> Fact | None:
    """Return a stretch as a fact at a moment; None when nothing was said of that moment or before it."""
    stretch, slot = held.stretch, held.slot
    attribute = knowledge.catalogue[slot.attribute]
    status = status_of(knowledge, held, as_of)
    if status is None:
        return None
    sources = sorted(stretch.sources, key=lambda one: one.order)
    ended = sorted(stretch.ended_by, key=lambda one: one.order)
    first = sources[0]
    qualifier = next((one.claim.qualifier for one in reversed(sources) if one.claim.qualifier), None)
    subject = knowledge.resolution.display(slot.subject, first.claim.subject.text or slot.subject)
    begins = stretch.begins
    return Fact(
        id=fact_id(held),
        subject=subject,
        attribute=slot.attribute,
        qualifier=qualifier,
        value=stretch.value,
        text=attribute.phrase(subject, stretch.value, qualifier),
        status=status,
        valid_from=instant(begins) if stretch.start != FOREVER else None,
        valid_to=_end(held),
        from_precision=_precision(begins),
        to_precision=_precision(stretch.ends),
        said_at=from_micros(first.said_at),
        confirmed_at=from_micros(sources[-1].said_at),
        conflict=stretch.conflict,
        stance="inferred" if held.inferred else sources[-1].claim.stance,
        trust=Trust(min(one.reading.trust for one in (*sources, *ended))),
        sources=_sources(sources),
        premises=tuple(fact_id(one) for one in held.premises),
        because=_because(knowledge, held, status, ended),
    )


def confirmed_at(held: Held) -> int:
    """Return when a stretch was last said to hold, in microseconds."""
    return max(held.stretch.sources, key=lambda one: one.order).said_at


def _present(knowledge: Knowledge, one: Fact) -> bool:
    """Whether a fact is listed without asking for past ones: not a state that is only planned yet."""
    if one.status == "planned":
        return knowledge.catalogue[one.attribute].nature == "plan" or one.attribute == "goal"
    return one.status in ("current", "unknown")


def status_of(knowledge: Knowledge, held: Held, as_of: int) -> Status | None:
    """Return how a stretch stands at a moment; None when nothing was said of that moment or before it."""
    stretch = held.stretch
    nature = knowledge.catalogue[held.slot.attribute].nature
    if stretch.cancelled:
        known = as_of >= min(one.said_at for one in stretch.sources)
        over = as_of >= min(one.said_at for one in stretch.ended_by)
        return ("past" if over else "planned") if known else None
    if stretch.start == FOREVER or (nature == "plan" and as_of < _due(held)):
        return "planned" if as_of >= min(one.said_at for one in stretch.sources) else None
    if as_of < stretch.start:
        said = min(one.said_at for one in stretch.sources)
        return "planned" if stretch.start > said and as_of >= said else None
    if as_of >= (_due(held) if nature == "plan" else stretch.stop):
        return "past"
    return "unknown" if as_of >= held.unknown_from else "current"


def _due(held: Held) -> int:
    """Return when a plan's time is over: at its end, else a day after it begins; never if it has no date."""
    stretch = held.stretch
    if stretch.stop != FOREVER or stretch.begins is None:
        return stretch.stop
    return stretch.start + 86_400_000_000


def _because(knowledge: Knowledge, held: Held, status: Status, ended: Sequence[Evidence]) -> str | None:
    if status == "unknown":
        premise = held.premises[-1]
        rests = knowledge.catalogue[premise.slot.attribute]
        named = knowledge.resolution.display(premise.slot.subject, premise.slot.subject)
        return f"it rested on {rests.phrase(named, premise.stretch.value, None)!r}, which ended"
    if status != "past" or not ended:
        return None
    last = ended[-1]
    what = "cancelled" if held.stretch.cancelled else "ended"
    if last.effect in ("holds", "planned") and last.claim.value != held.stretch.value:
        what = f"replaced by {last.claim.value!r}"
    return f"{what}, said on {from_micros(last.said_at).date().isoformat()}"


def _end(held: Held) -> datetime | None:
    stop = held.stretch.stop
    return None if stop in (FOREVER, EVER) else at_most(stop)


def _precision(moment: Moment | None) -> str:
    return _UNKNOWN if moment is None else moment.precision.name.lower()


def _sources(evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for one in evidence for source in one.claim.sources))
