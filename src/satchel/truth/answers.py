"""Which facts a query asks for, and what has replaced what.

A fact says in a few words what its sources say in many. It is taken for an answer when the query's own words ask for
its attribute and its subject, or name its value; the better its sources match the query, the higher it stands. What
is over never stands above what replaced it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from satchel.model import Fact, Hit
from satchel.retrieve.terms import message_terms
from satchel.truth.facts import fact
from satchel.truth.knowledge import Held, Knowledge, Slot

LEAST_COVERAGE = 0.6
"""The share of a query's words that a fact has to have among its own and its cues."""
_OWN = 0.55
_OVER = 0.9
_MOST_CONSIDERED = 200

Words = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A fact with its score (0 to 1) and the signals behind it."""

    fact: Fact
    slot: Slot
    score: float
    coverage: float
    source: float


class Answers:
    """The facts of a space by the words that ask for them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def matching(
        self,
        words: Words,
        *,
        as_of: int,
        source_score: Callable[[Sequence[str]], float | None],
        limit: int,
    ) -> tuple[Match, ...]:
        """Return the facts that a query asks for, best first.

        Args:
            words: the query's words, each as the terms that it may have.
            as_of: the moment that is asked about.
            source_score: how well the best of these messages matches the query, 0 to 1; None when none may be used.
            limit: how many at most.
        """
        found: list[Match] = []
        for coverage, held in self._covering(words):
            told = fact(self.knowledge, held, as_of=as_of)
            source = None if told is None else source_score([one.message_id for one in told.sources])
            if told is not None and source is not None:
                score = _OWN * coverage + (1 - _OWN) * source
                found.append(Match(told, held.slot, score, coverage, source))
        best: dict[Slot, float] = {}
        for one in found:
            best[one.slot] = max(best.get(one.slot, 0.0), one.score)
        levelled = [_levelled(one, best[one.slot]) for one in found]
        levelled.sort(
            key=lambda one: (-one.score, one.fact.status == "past", -one.fact.confirmed_at.timestamp(), one.fact.id)
        )
        return tuple(levelled[:limit])

    def in_succession(self, hits: Sequence[Hit], *, as_of: int) -> list[Hit]:
        """Return hits so that no message stands above the one that replaced what it said."""
        ordered = list(hits)
        for hit in hits:
            later = {new for stop, new in self._replaced.get(hit.id, ()) if stop <= as_of}
            if not later:
                continue
            place = next(number for number, one in enumerate(ordered) if one.id == hit.id)
            score = ordered[place].score
            lifted = [replace(one, score=score) for one in ordered[place + 1 :] if one.id in later]
            rest = [one for one in ordered[place + 1 :] if one.id not in later]
            ordered = [*ordered[:place], *lifted, ordered[place], *rest]
        return ordered

    def _covering(self, words: Words) -> list[tuple[float, Held]]:
        """Return the stretches that have enough of the words, the best covered first."""
        counts: dict[int, int] = {}
        for terms in words:
            for place in {place for term in terms for place in self._asked_by.get(term, ())}:
                counts[place] = counts.get(place, 0) + 1
        least = LEAST_COVERAGE * len(words)
        covered = sorted(((-count, place) for place, count in counts.items() if count >= least))
        return [(-count / len(words), self._held[place]) for count, place in covered[:_MOST_CONSIDERED]]

    @cached_property
    def _held(self) -> tuple[Held, ...]:
        return tuple(self.knowledge.held())

    @cached_property
    def _asked_by(self) -> Mapping[int, Sequence[int]]:
        """Term → the places of the stretches whose sentence or cues have it."""
        postings: dict[int, list[int]] = {}
        for place, held in enumerate(self._held):
            for term in _terms(self._sentence(held)):
                postings.setdefault(term, []).append(place)
        return postings

    @cached_property
    def _replaced(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        """Message → when what it said was replaced, and by which message."""
        replaced: dict[str, list[tuple[int, str]]] = {}
        for held in self._held:
            for old, new in _successions(held):
                replaced.setdefault(old, []).append((held.stretch.stop, new))
        return replaced

    def _sentence(self, held: Held) -> str:
        attribute = self.knowledge.catalogue[held.slot.attribute]
        source = held.stretch.sources[0].claim
        subject = self.knowledge.resolution.display(held.slot.subject, held.slot.subject)
        sentence = attribute.phrase(subject, held.stretch.value, source.qualifier)
        return " ".join((sentence, attribute.name.replace("_", " "), *attribute.cues))


def _successions(held: Held) -> Iterable[tuple[str, str]]:
    if held.stretch.cancelled:
        return
    for old in held.stretch.sources:
        for new in held.stretch.ended_by:
            if new.effect == "holds" and new.reading.message_id != old.reading.message_id:
                yield old.reading.message_id, new.reading.message_id


def _levelled(one: Match, best: float) -> Match:
    return replace(one, score=min(one.score, best * _OVER) if one.fact.status == "past" else best)


@lru_cache(maxsize=65_536)
def _terms(text: str) -> frozenset[int]:
    return frozenset(message_terms(text, "en"))
