"""Endings that name nobody and nothing: "I quit today", "we broke up". They end whatever holds then."""

import re
from collections.abc import Sequence

from satchel.extract.claim import Claim, Mention
from satchel.model import Message, Source

_STOP = r"(?=\s*(?:[.,;:!?\n)]|$|\b(?:today|yesterday|last|this|on|in|so|and|but|because|finally|after|when|two|a)\b))"
_PATTERNS = {
    "works_at": re.compile(
        r"\bI(?:['’]ve| have)? (?:just |finally |actually |officially )*"
        r"(?:quit(?: my job)?|resigned|handed in my notice|lost my job|"
        r"got (?:fired|sacked|laid off|made redundant)|was (?:fired|sacked|laid off|let go|made redundant)|"
        r"been (?:fired|sacked|laid off|let go|made redundant)|left my job|retired)" + _STOP,
        re.IGNORECASE,
    ),
    "partner": re.compile(
        r"\b(?:we(?:['’]ve)? (?:just |finally |have )*(?:broke up|broken up|split up|split|separated|got divorced)|"
        r"we(?:['’]re| are) (?:not together any ?more|no longer together|over|divorced|separated)|"
        r"(?:he|she|they) (?:dumped me|left me|broke up with me)|I (?:dumped (?:him|her|them)|left (?:him|her)))"
        + _STOP,
        re.IGNORECASE,
    ),
}
_UNREAL = re.compile(
    r"\b(?:if|suppose|imagine|what if|wish|might|should i|when|before|until|almost|nearly|said|says)\b[^.!?]*$",
    re.IGNORECASE,
)


def endings_in(message: Message, named: Sequence[Claim]) -> list[Claim]:
    """Return the endings of a message that say of no value that it ended.

    Args:
        message: what a person said.
        named: the claims that were found in it; an attribute of which one ends is left alone.
    """
    ended = {one.attribute for one in named if one.polarity == "ended" and one.subject.kind == "self"}
    return [
        Claim(
            subject=Mention("self", message.speaker or ""),
            attribute=attribute,
            value="",
            sources=(Source(message.id, match.start(), match.end()),),
            polarity="ended",
        )
        for attribute, pattern in _PATTERNS.items()
        if attribute not in ended
        for match in list(pattern.finditer(message.content))[:1]
        if not _UNREAL.search(message.content[: match.start()])
    ]
