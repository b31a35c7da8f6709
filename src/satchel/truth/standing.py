"""What of all that was said still stands: without what was taken back, cancelled, put off or fulfilled meanwhile.

This comes before anything is painted, so that a plan that came to nothing leaves no trace on what it would have
replaced, and a correction takes the place of what it corrects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from satchel.extract.claim import Moment
from satchel.extract.time.interval import Precision
from satchel.truth.evidence import Evidence
from satchel.truth.values import related


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be painted, in the order in which it was said, and the cancelled plans with what cancelled them."""

    painted: tuple[Evidence, ...]
    cancelled: tuple[tuple[Evidence, Evidence], ...]


def standing(said: Sequence[Evidence], heads: Mapping[str, str], *, one: bool) -> Standing:
    """Return what stands of the claims on one slot.

    Args:
        said: the claims that say something about what is true, in the order in which they were said.
        heads: for each value's key the one that stands for it.
        one: whether there is at most one value at a time.
    """
    left, cancelled = _without_cancelled(_without_retracted(said, heads, one=one), heads)
    return Standing(tuple(_planned_anew(left, heads)), tuple(cancelled))


def _without_retracted(said: Sequence[Evidence], heads: Mapping[str, str], *, one: bool) -> list[Evidence]:
    """Drop what a later claim takes back, with that claim, and let what was put in its place begin where it began."""
    left: list[Evidence] = []
    for item in said:
        if item.corrects and item.effect == "never":
            denied = _denied(item, left, heads)
            left = [other for other in left if not _among(other, denied)]
            continue
        if item.corrects and item.effect in ("holds", "planned"):
            beside = [other for other in said if other.reading is item.reading and other.effect == "never"]
            wrong = [] if beside or not one else _held_last(item, left, heads)
            left = [other for other in left if not _among(other, wrong)]
            before = [other for other in said if other.order < item.order and other.reading is not item.reading]
            denied = [other for denial in beside for other in _denied(denial, before, heads)]
            item = _in_place_of(item, [*wrong, *denied])  # noqa: PLW2901
        left.append(item)
    return left


def _denied(denial: Evidence, before: Sequence[Evidence], heads: Mapping[str, str]) -> list[Evidence]:
    """Return the claims of other messages that a denial takes back: those of its very value, else of a related one."""
    held = [one for one in before if one.effect in ("holds", "planned") and one.reading is not denial.reading]
    head = heads.get(denial.key, denial.key)
    exact = [one for one in held if heads.get(one.key) == head]
    return exact or [one for one in held if related(denial.key, one.key)]


def _held_last(item: Evidence, before: Sequence[Evidence], heads: Mapping[str, str]) -> list[Evidence]:
    """Return the claims that a correction replaces although it does not name their value: the last one said."""
    held = [one for one in before if one.effect == "holds"]
    if not held or heads.get(held[-1].key) == heads.get(item.key):
        return []
    wrong = heads.get(held[-1].key)
    return [one for one in held if heads.get(one.key) == wrong]


def _in_place_of(item: Evidence, wrong: Sequence[Evidence]) -> Evidence:
    """Let a correction without a date of its own begin where what it corrects began."""
    if item.claim.begins is not None or not wrong:
        return item
    first = min(wrong, key=lambda one: one.start)
    begins = first.claim.begins or Moment(first.said_at, Precision.UNKNOWN)
    if item.claim.ends is not None and item.claim.ends.at <= begins.at:
        return item
    return replace(item, claim=replace(item.claim, begins=begins))


def _without_cancelled(
    left: Sequence[Evidence], heads: Mapping[str, str]
) -> tuple[list[Evidence], list[tuple[Evidence, Evidence]]]:
    """Set the plans apart that were called off before their time, and what called them off."""
    kept: list[Evidence] = []
    cancelled: list[tuple[Evidence, Evidence]] = []
    for item in left:
        off = [one for one in kept if item.effect in ("ended", "never") and _calls_off(item, one, heads)]
        if off:
            kept = [one for one in kept if not _among(one, off)]
            cancelled += [(one, item) for one in off]
        else:
            kept.append(item)
    return kept, cancelled


def _calls_off(item: Evidence, plan: Evidence, heads: Mapping[str, str]) -> bool:
    if plan.effect != "planned" and not (plan.effect == "holds" and plan.start > item.said_at):
        return False
    same = not item.key or heads.get(plan.key) == heads.get(item.key, item.key) or related(plan.key, item.key)
    same = same or bool(_names(plan.claim.value) & _names(item.claim.value))
    told = item.claim.ends or item.claim.begins
    begins = plan.claim.begins
    return same and (begins is None or (begins.at > item.said_at and (told is None or told.at <= begins.at)))


def _names(value: str) -> set[str]:
    """Return the words of a value that are written with a capital: "the Oslo trip" is the one of "flying to Oslo"."""
    return {word.casefold() for word in value.split() if word[0].isupper()}


def _planned_anew(left: Sequence[Evidence], heads: Mapping[str, str]) -> list[Evidence]:
    """Give a plan the date that it was put off to, and what came true the plans that it fulfils."""
    ordered = list(left)
    for place, item in enumerate(left):
        if item.effect not in ("planned", "holds"):
            continue
        open_ = [
            number
            for number in range(place)
            if ordered[number].effect == "planned"
            and heads.get(ordered[number].key) == heads.get(item.key)
            and _still_open(ordered[number], item)
        ]
        for number in open_:
            plan = ordered[number]
            if item.effect == "holds":
                ordered[place] = replace(ordered[place], also=(*ordered[place].also, plan))
                ordered[number] = _nothing(plan)
            elif item.claim.begins is not None:
                claim = replace(plan.claim, begins=item.claim.begins, ends=item.claim.ends)
                ordered[number] = replace(plan, claim=claim)
    return [one for one in ordered if one.effect is not None]


def _still_open(plan: Evidence, later: Evidence) -> bool:
    begins = plan.claim.begins
    if later.effect == "holds":
        return plan.claim.ends is None and (begins is None or begins.at > max(later.start, later.said_at))
    return begins is not None and begins.at > later.said_at


def _nothing(plan: Evidence) -> Evidence:
    """Return a plan as something that says nothing by itself: it lives on in what fulfilled it."""
    return replace(plan, claim=replace(plan.claim, modality="wished"))


def _among(one: Evidence, others: Sequence[Evidence]) -> bool:
    return any(one is other for other in others)
