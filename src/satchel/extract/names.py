"""Names that a message mentions, and what kind of thing each seems to be."""

import re
from collections.abc import Iterator

from satchel.extract.words import listed
from satchel.model import Message

_WORD = r"[A-ZÀ-ÞĀ-Ž][\w-]*(?:['’](?!s\b)[\w-]+)*"
_NAME = re.compile(rf"\b{_WORD}(?:\s+(?:(?:of the|of|de|van|von|der|del|da|the)\s+)?{_WORD})*")
_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|company|group|bank|university|institute|college|school|hospital|studio|labs?|agency|"
    r"society|foundation|council|ministry|library|museum|church|club|team|department|clinic|press|media|systems)\b",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(?:project|protocol|framework|engine|pipeline|api|app|platform|service|toolkit)\b", re.IGNORECASE
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|from|to|around|outside|across|visit(?:ed|ing)?|through)\s+(?:the\s+)?$", re.IGNORECASE
)
_PERSON_AFTER = re.compile(
    r"^(?:['’]s\s+\w+|\s+(?:and\s+I|said|says|mentioned|told|asked|thinks|wants|is\s+(?:a|an|the|my|our)|was|has|had|will|works|"
    r"lives|moved|joined|pushed|fixed|wrote|met|called|likes|loves|prefers|sent|who))\b"
)


def names_in(message: Message) -> tuple[tuple[str, str], ...]:
    """Return each name of a message once, with its kind: person, place, organisation, topic, or thing."""
    return tuple(dict(_names(message.content[:20_000])).items())


def _names(text: str) -> Iterator[tuple[str, str]]:
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and _is_common(words[0]):
            words = words[1:]
        while words and _is_common(words[-1]):
            words = words[:-1]
        name = re.sub(r"['’]s$", "", " ".join(words)).strip("-'’")
        if len(name) < 2 or (name.isupper() and len(name) > 12):  # noqa: PLR2004
            continue
        yield name, _kind(name, text[: match.start()], text[match.end() :])


def _is_common(word: str) -> bool:
    plain = word.casefold().replace("’", "'")
    return plain in listed("not_names") or plain in listed("openers")


def _kind(name: str, before: str, after: str) -> str:
    if _ORGANISATION.search(name):
        return "organisation"
    if _PROJECT.search(name) or _PROJECT.match(after.lstrip()):
        return "topic"
    if _PERSON_AFTER.match(after):
        return "person"
    if _PLACE_BEFORE.search(before[-20:]):
        return "place"
    return "person" if len(name.split()) == 2 and all(word.isalpha() for word in name.split()) else "thing"  # noqa: PLR2004
