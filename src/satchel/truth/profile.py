"""The profile: the few facts that are always worth knowing, in an order that stays the same.

Its lines depend on the facts alone and not on the question or the day, so that the prompt's beginning keeps its
bytes until a fact changes (law 10).
"""

from satchel.model import Fact
from satchel.truth.facts import facts
from satchel.truth.knowledge import Knowledge

MOST_FACTS = 40
_MOST_OF_ONE = 6


def profile_facts(knowledge: Knowledge, *, as_of: int) -> tuple[Fact, ...]:
    """Return the current facts of the profile: of the speakers, by attribute, the latest confirmed first."""
    speakers = {knowledge.resolution.owner_of(one) for one in knowledge.readings.values() if one.role == "user"}
    present = [one for one in facts(knowledge, as_of=as_of, subjects=speakers) if one.status == "current"]
    chosen: list[Fact] = []
    named = [one for one in knowledge.catalogue.attributes.values() if one.profile is not None]
    for attribute in (one.name for one in sorted(named, key=lambda one: (one.profile or 0, one.name))):
        of_it = [one for one in present if one.attribute == attribute]
        of_it.sort(key=lambda one: (one.subject, -one.confirmed_at.timestamp(), one.value))
        for subject in dict.fromkeys(one.subject for one in of_it):
            chosen += [one for one in of_it if one.subject == subject][:_MOST_OF_ONE]
    return tuple(chosen[:MOST_FACTS])
