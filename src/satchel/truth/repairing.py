"""Which claim a correction means that names only values: the last one of its speaker that has the wrong value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from satchel.extract.claim import Claim, Reading, Repair
from satchel.truth.values import key_of, within

_SPELLED_ALIKE = 0.7
_FAR = 40
"""How many of a speaker's earlier messages with claims are looked through."""


def repaired(reading: Reading, before: Sequence[Reading]) -> Iterator[Claim]:
    """Yield the claims that a message's corrections make of what its speaker said before.

    Args:
        reading: the message.
        before: the readings of what was said before it, in order.
    """
    for repair in reading.repairs:
        if any(key_of(repair.right) in (key_of(one.value), "") for one in reading.claims if one.polarity == "holds"):
            continue
        meant = _meant(repair, reading, before)
        if meant is not None:
            yield replace(meant, polarity="never", stance="corrected", sources=(repair.source,), begins=None, ends=None)
            yield replace(
                meant,
                value=repair.right,
                stance="corrected",
                sources=(repair.source,),
                begins=None,
                ends=None,
                normal=None,
            )


def _meant(repair: Repair, reading: Reading, before: Sequence[Reading]) -> Claim | None:
    own = [one for one in before if one.speaker == reading.speaker and one.role == reading.role][-_FAR:]
    for other in reversed(own):
        for claim in other.claims:
            told = claim.polarity == "holds" and claim.modality in ("asserted", "planned")
            if told and _has(claim.value, repair):
                return claim
    return None


def _has(value: str, repair: Repair) -> bool:
    if repair.wrong:
        return within(key_of(repair.wrong), key_of(value))
    if _form(repair.right):
        return _form(value) == _form(repair.right)
    return _SPELLED_ALIKE <= SequenceMatcher(None, key_of(value), key_of(repair.right)).ratio() < 1


def _form(text: str) -> str:
    """Return the pattern of a text's digits; "" for one that has letters."""
    return "" if re.search(r"[^\W\d_]", text) else re.sub(r"\d", "0", text.strip())
