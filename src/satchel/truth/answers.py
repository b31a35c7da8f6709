"""Which facts a query asks for, and what has replaced what.

A fact says in a few words what its sources say in many. It is taken for an answer when the query's own words ask for
its attribute and its subject, or name its value; the better its sources match the query, the higher it stands. What
is over never stands above what replaced it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from satchel.extract.catalogue import Attribute
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
            later = {new for stop, new in self._replaced(hit.id) if stop <= as_of}
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
        counts: dict[Slot, int] = {}
        for terms in words:
            for slot in {slot for term in terms for slot in self._asked_by.get(term, ())}:
                counts[slot] = counts.get(slot, 0) + 1
        least = LEAST_COVERAGE * len(words)
        likely = sorted(slot for slot, count in counts.items() if count >= least)
        covered = [(self._coverage(held, words), held) for slot in likely for held in self.knowledge.on(slot)]
        enough = sorted((one for one in covered if one[0] >= LEAST_COVERAGE), key=lambda one: -one[0])
        return enough[:_MOST_CONSIDERED]

    def _coverage(self, held: Held, words: Words) -> float:
        """Return the share of the words that a stretch has among its own and its cues."""
        own = self._terms_of(held.slot, held.stretch.value, held.stretch.sources[0].claim.qualifier)
        return sum(not own.isdisjoint(terms) for terms in words) / len(words)

    @cached_property
    def _asked_by(self) -> Mapping[int, Sequence[Slot]]:
        """Term → the slots of which something was said or inferred that has it, or whose cues have it."""
        postings: dict[int, list[Slot]] = {}
        for slot in self.knowledge.slots:
            for term in self._slot_terms(slot):
                postings.setdefault(term, []).append(slot)
        return postings

    def _slot_terms(self, slot: Slot) -> frozenset[int]:
        claims = [one.claim for one in self.knowledge.said.get(slot, ())]
        values = {(one.value, one.qualifier) for one in claims}
        if not values:
            inferred = self.knowledge.inferred[slot].stretch
            values = {(inferred.value, inferred.sources[0].claim.qualifier)}
        return frozenset[int]().union(*(self._terms_of(slot, *one) for one in values))

    def _replaced(self, message_id: str) -> list[tuple[int, str]]:
        """Return when what a message said was replaced, and by which message."""
        return [
            (held.stretch.stop, new)
            for slot in self._said_in.get(message_id, ())
            for held in self.knowledge.on(slot)
            for old, new in _successions(held)
            if old == message_id
        ]

    @cached_property
    def _said_in(self) -> Mapping[str, Collection[Slot]]:
        """Message → the slots that it says something on."""
        slots: dict[str, dict[Slot, None]] = {}
        for slot, evidence in self.knowledge.said.items():
            for one in evidence:
                slots.setdefault(one.reading.message_id, {})[slot] = None
        return slots

    def _terms_of(self, slot: Slot, value: str, qualifier: str | None) -> frozenset[int]:
        """Return the terms of the sentence that says a value of a slot, and of the words that ask for it."""
        attribute = self.knowledge.catalogue[slot.attribute]
        subject = self.knowledge.resolution.display(slot.subject, slot.subject)
        return _terms(_frame(attribute)) | _terms(subject) | _terms(value) | _terms(qualifier or "")


@lru_cache(maxsize=1_024)
def _frame(attribute: Attribute) -> str:
    """Return the words of an attribute's sentence, its name and its cues."""
    return " ".join((attribute.phrase("", "", None), attribute.name.replace("_", " "), *attribute.cues))


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
