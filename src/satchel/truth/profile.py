"""The profile: the few facts that are always worth knowing, in an order that stays the same.

Its lines depend on the facts alone and not on the question or the day, so that the prompt's beginning keeps its
bytes until a fact changes (law 10).
"""

from satchel.model import Fact
from satchel.truth.facts import confirmed_at, fact, status_of
from satchel.truth.knowledge import Held, Knowledge

MOST_FACTS = 40
_MOST_OF_ONE = 6


def profile_facts(knowledge: Knowledge, *, as_of: int) -> tuple[Fact, ...]:
    """Return the current facts of the profile: of the speakers, by attribute, the latest confirmed first."""
    spoken = {one.speaker: one for one in knowledge.readings.values() if one.role == "user"}
    speakers = {knowledge.resolution.owner_of(one) for one in spoken.values()}
    named = [one for one in knowledge.catalogue.attributes.values() if one.profile is not None]
    chosen: list[Held] = []
    for attribute in sorted(named, key=lambda one: (one.profile or 0, one.name)):
        of_it = knowledge.held(subjects=speakers, attributes=(attribute.name,))
        present = [one for one in of_it if status_of(knowledge, one, as_of) == "current"]
        by_subject: dict[str, list[Held]] = {}
        for one in sorted(present, key=lambda one: (-confirmed_at(one), one.stretch.value)):
            by_subject.setdefault(one.slot.subject, []).append(one)
        for subject in sorted(by_subject, key=lambda key: (knowledge.resolution.display(key, key), key)):
            chosen += by_subject[subject][:_MOST_OF_ONE]
        if len(chosen) >= MOST_FACTS:
            break
    told = (fact(knowledge, one, as_of=as_of) for one in chosen[:MOST_FACTS])
    return tuple(one for one in told if one is not None)
