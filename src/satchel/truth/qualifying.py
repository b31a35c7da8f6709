"""Which qualifier a claim takes over: of "switched from the Pixel 7 to a Fairphone", that of the Pixel, a phone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from satchel.extract.claim import Claim, Mention, Reading
from satchel.truth.values import key_of

Known = tuple[str | None, Mention, str, str]
"""The speaker, the subject, the attribute and the value of a claim."""


def qualifiers(readings: Sequence[Reading]) -> Mapping[Known, str]:
    """Return the qualifiers that values were said to have; the one that was said last counts."""
    return {
        (reading.speaker, claim.subject, claim.attribute, key_of(claim.value)): claim.qualifier
        for reading in readings
        for claim in reading.claims
        if claim.qualifier and claim.polarity == "holds"
    }


def qualified(reading: Reading, known: Mapping[Known, str]) -> Iterator[Claim]:
    """Yield a message's claims; what ends takes the qualifier that it had, and what replaces it takes it over."""
    taken: dict[tuple[Mention, str], str] = {}
    for claim in reading.claims:
        had = known.get((reading.speaker, claim.subject, claim.attribute, key_of(claim.value)))
        if had and claim.polarity != "holds" and not claim.qualifier:
            taken[claim.subject, claim.attribute] = had
    for claim in reading.claims:
        own = taken.get((claim.subject, claim.attribute))
        yield claim if own is None or claim.qualifier else replace(claim, qualifier=own)
