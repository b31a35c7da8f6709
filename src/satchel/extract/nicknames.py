"""What someone is called by others: "Konstantinos, Kostas to everyone", "everybody calls her Lizzie"."""

import re

from satchel.extract.claim import Claim, Mention
from satchel.extract.words import listed
from satchel.model import Message, Source, Stance

_NAME = r"[^\W\da-z_][\w'’-]*[\w]"
_BEARER = rf"\b(?!(?:My|Our|His|Her|Their|The|This|That|And|So|But|I)\b)(?P<bearer>{_NAME}(?:\s+{_NAME})?)"
_NICK = rf"(?P<nick>{_NAME})"
_EVERYONE = (
    r"(?:every(?:one|body)|"
    r"(?:all )?(?:my|our|his|her|their|the) (?:friends|mates|fans|family|kids|students|colleagues)|"
    r"friends|family|people|we all|they all|most people|we)"
)
_DASH = r"\s*[,(\u2013\u2014-]"
_KNOWN_AS = r"(?i:aka|a\.k\.a\.|alias|also known as|(?:better )?known as)"
_PATTERNS = (
    re.compile(
        rf"{_BEARER}[^.!?\n]{{0,40}}?\b(?i:{_EVERYONE})(?i:\s+(?:just |always )?calls?\s+(?:her|him|them))\s+{_NICK}"
    ),
    re.compile(rf"{_BEARER}{_DASH}\s*(?:or\s+)?{_NICK}\s+(?i:to\s+{_EVERYONE})\b"),
    re.compile(rf"{_BEARER}(?:{_DASH})?\s*(?:{_KNOWN_AS}|or)\s+{_NICK}\s+(?i:for short)"),
    re.compile(rf"{_BEARER}(?:{_DASH})?\s*{_KNOWN_AS}\s+{_NICK}"),
)
_OWN = re.compile(rf"\b(?i:{_EVERYONE})(?i:\s+(?:just |always )?calls?\s+me)\s+{_NICK}")


def nicknames_in(message: Message) -> list[Claim]:
    """Return what a message says that someone is called by others."""
    text = message.content[:2_000]
    own = Mention("self", message.speaker or "")
    found = [_claim(own, match, message, "stated") for match in _OWN.finditer(text) if _is_name(match["nick"])]
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            bearer = match["bearer"].split()
            while bearer and bearer[0].casefold() in listed("openers"):
                bearer = bearer[1:]
            if bearer and _is_name(match["nick"]):
                found.append(_claim(Mention("name", " ".join(bearer)), match, message, "told"))
    return list({(one.subject, one.value): one for one in found}.values())


def _is_name(word: str) -> bool:
    return word.casefold() not in listed("not_names")


def _claim(subject: Mention, match: re.Match[str], message: Message, stance: Stance) -> Claim:
    return Claim(
        subject=subject,
        attribute="name",
        value=match["nick"],
        sources=(Source(message.id, match.start("nick"), match.end("nick")),),
        qualifier="nickname",
        stance=stance,
    )
