"""What comes back at the same time of the week, the day or the year, with what speaks for it and against it.

Much falls together by chance: whoever writes about a hundred things has some of them on three Mondays. So what was
seen is compared with when else this person wrote (a binomial test), and the chance is multiplied by all that was
looked at (Bonferroni). Someone who writes only on Mondays has no Monday habits by that alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import comb

from satchel.findings import Cycle, Pattern
from satchel.ids import named_id
from satchel.model import Source, Trust
from satchel.truth.consolidation.sightings import Cell, Sighting, month_of, part_of, weekday_of

MOST_PATTERNS = 100
LEAST_DATES = 3
MOST_CHANCE = 0.02
_LEAST_SHARE = 0.6
"""Of the dates, how many at least must be at the time of the pattern."""
_ONE_THING = 0.7
"""What share of their dates two words must have in common to be words for one thing."""
_CELLS: Mapping[Cycle, int] = {"weekday": 7, "part of the day": 4, "month": 12}

Unit = tuple[date, str]
"""A day, a day with its part, or a month (by its first day), and the cell of the cycle that it is in."""


@dataclass(slots=True)
class _Told:
    """What one speaker told of one term."""

    words: Counter[str] = field(default_factory=Counter[str])
    seen: list[Sighting] = field(default_factory=list[Sighting])
    denied: list[Sighting] = field(default_factory=list[Sighting])
    stated: list[Sighting] = field(default_factory=list[Sighting])


@dataclass(frozen=True, slots=True)
class _Found:
    """A term that comes back."""

    cell: Cell
    term: int
    told: _Told
    inside: tuple[date, ...]
    outside: int
    missed: int
    chance: float


def patterns(sightings: Sequence[Sighting]) -> tuple[Pattern, ...]:
    """Return what recurs in what was told, given in the order in which it was said; the surest first, at most 100."""
    found: list[Pattern] = []
    for speaker in sorted({one.speaker for one in sightings}, key=lambda one: one or ""):
        own = [one for one in sightings if one.speaker == speaker]
        groups = _grouped(_recurring(own))
        found += [_pattern(speaker, group) for group in groups]
    found.sort(key=lambda one: (one.chance, -one.seen - one.stated, one.text))
    return tuple(found[:MOST_PATTERNS])


def _recurring(own: Sequence[Sighting]) -> list[_Found]:
    """Return the terms of one speaker that come back, each with its time. Words of the same days are one thing."""
    told = _by_term(own)
    days = (frozenset(map(_day, one.seen)) for one in told.values())
    things = {one for one in days if len(one) >= LEAST_DATES}
    looked_at = max(len(things), 1) * sum(_CELLS.values())
    found: list[_Found] = []
    for cycle in _CELLS:
        active = _units(cycle, own)
        for term, one in sorted(told.items()):
            found += _at_times(cycle, term, one, active, looked_at)
    return found


def _by_term(own: Sequence[Sighting]) -> dict[int, _Told]:
    told: dict[int, _Told] = {}
    for sighting in own:
        for term, word in sighting.words.items():
            one = told.setdefault(term, _Told())
            one.words[word] += 1
            (one.stated if sighting.stated else one.denied if sighting.denied else one.seen).append(sighting)
    return told


def _at_times(cycle: Cycle, term: int, told: _Told, active: set[Unit], looked_at: int) -> Iterator[_Found]:
    """Yield the times of a cycle at which a term comes back."""
    units, denied = _units(cycle, told.seen), _units(cycle, told.denied)
    said = {name for one in told.stated for own, name in one.stated if own == cycle}
    counted = Counter(name for _, name in units)
    for name in sorted(said | {name for name, count in counted.items() if count >= LEAST_DATES}):
        inside = {unit for unit in units if unit[1] == name}
        outside = len(units) - len(inside) + len(denied - inside)
        chance = min(_chance(len(inside), len(units), name, active - units, _CELLS[cycle]) * looked_at, 1.0)
        seen = len(inside) >= LEAST_DATES and len(inside) >= _LEAST_SHARE * (len(inside) + outside)
        if name in said or (seen and chance <= MOST_CHANCE):
            days = sorted({unit[0] for unit in inside})
            yield _Found((cycle, name), term, told, tuple(days), outside, _missed(name, days, active - inside), chance)


def _chance(inside: int, of: int, name: str, others: set[Unit], cells: int) -> float:
    """Return how likely at least so many of the units fall into a cell, if it were as for all other that was told.

    The share of the others is that of Laplace's rule: with no others, all cells are alike.
    """
    share = (sum(cell == name for _, cell in others) + 1) / (len(others) + cells)
    return sum(comb(of, hits) * share**hits * (1 - share) ** (of - hits) for hits in range(inside, of + 1))


def _missed(name: str, days: Sequence[date], without: set[Unit]) -> int:
    """Return at how many such times between the first and the last something else was told."""
    return sum(cell == name and days[0] < day < days[-1] for day, cell in without) if days else 0


def _units(cycle: Cycle, sightings: Iterable[Sighting]) -> set[Unit]:
    return {
        _unit(cycle, one.at) for one in sightings if one.at is not None and (one.timed or cycle != "part of the day")
    }


def _unit(cycle: Cycle, at: datetime) -> Unit:
    if cycle == "weekday":
        return at.date(), weekday_of(at)
    return (at.date(), part_of(at)) if cycle == "part of the day" else (at.date().replace(day=1), month_of(at))


def _day(sighting: Sighting) -> date | None:
    return None if sighting.at is None else sighting.at.date()


def _grouped(found: Sequence[_Found]) -> list[list[_Found]]:
    """Put words for one thing together: those of the same time that were said on the same dates."""
    groups: list[list[_Found]] = []
    for one in sorted(found, key=lambda one: (one.cell, one.chance, -sum(one.told.words.values()), one.term)):
        group = next((group for group in groups if group[0].cell == one.cell and _one_thing(group[0], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _one_thing(one: _Found, other: _Found) -> bool:
    these, those = (_sentences(found) for found in (one, other))
    return len(these & those) >= _ONE_THING * max(len(these), len(those))


def _sentences(found: _Found) -> set[Source]:
    """Return the sentences that a find rests on."""
    return {one.source for one in _evidence(found)}


def _evidence(found: _Found) -> list[Sighting]:
    cycle, name = found.cell
    seen = [one for one in found.told.seen if one.at is not None and _unit(cycle, one.at)[1] == name]
    return [*seen, *(one for one in found.told.stated if found.cell in one.stated)]


def _pattern(speaker: str | None, group: Sequence[_Found]) -> Pattern:
    first = group[0]
    cycle, name = first.cell
    evidence = _evidence(first)
    place = {term: number for number, term in enumerate(evidence[0].words)}
    in_order = sorted(group, key=lambda one: place.get(one.term, len(place)))
    words = ", ".join(dict.fromkeys(one.told.words.most_common(1)[0][0] for one in in_order))
    when = {"weekday": f"on {name}s", "part of the day": _in_part(name), "month": f"in {name}"}[cycle]
    sources = tuple(dict.fromkeys(one.source for one in evidence))
    return Pattern(
        id=named_id("pattern", speaker or "", cycle, name, *sorted(str(one.term) for one in group)),
        speaker=speaker,
        cycle=cycle,
        when=when,
        what=words,
        text=f"{speaker or 'user'}, {when}: {words}",
        seen=len(first.inside),
        elsewhere=first.outside,
        missed=first.missed,
        stated=len({one.source.message_id for one in first.told.stated if first.cell in one.stated}),
        chance=first.chance,
        dates=first.inside,
        sources=sources,
        trust=Trust(min(one.trust for one in evidence)),
    )


def _in_part(name: str) -> str:
    return "at night" if name == "night" else f"in the {name}"
