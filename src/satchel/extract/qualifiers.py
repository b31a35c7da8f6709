"""What refines an attribute: the word used, or the kind of partner that a word stands for."""

import re

from satchel.extract.people import Said
from satchel.extract.words import listed, singular

_PARTNER = {
    "spouse": r"husband|wife|hubby|missus|spouse|married|marriage|wed(?:ding|ded)?",
    "fiance": r"fianc[eé]e?|engaged|engagement|proposed",
    "dating": r"boyfriend|girlfriend|bf|gf|dating|seeing|going out|date|together",
}
_LEADING = re.compile(r"^(?:(?:my|our|your|his|her|the|a|an|favou?rite|new|old|current|own)\s+)+")
_KINDS = {"phone": "contact_kinds", "email": "contact_kinds", "address": "contact_kinds", "name": "name_kinds"}


def qualifier_of(words: str | None, attribute: str, value: str, said: Said) -> str | None:
    """Return a claim's qualifier in lower case, or None.

    Args:
        words: what the tagger takes for it.
        attribute: what it refines.
        value: the claim's value.
        said: where it was found.
    """
    if attribute == "partner":
        near = words or f"{said.message.content} {said.context or ''}"
        return next(
            (kind for kind, word in _PARTNER.items() if re.search(rf"\b(?:{word})\b", near, re.IGNORECASE)), None
        )
    if words is None:
        return _head(value) if attribute == "prefers" else None
    text = _LEADING.sub("", words.strip().casefold() + " ").strip(" .,:;!?'\"")
    if attribute in _KINDS and text not in listed(_KINDS[attribute]):
        return None
    return text or None


def _head(value: str) -> str | None:
    """Return what a preference is about, if its value says it: the "seats" of "window seats"."""
    words = value.casefold().split()
    return singular(words[-1]) if len(words) in (2, 3) and words[-1].isalpha() else None
