"""Endings in set phrases: "I quit today", "the Oslo trip is cancelled", "stop answering in French", "Pickle died".

The first names nothing: it ends whatever holds then. The others end only what is known to hold.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from satchel.extract.claim import Claim, Mention
from satchel.extract.words import listed
from satchel.model import Message, Source

_STOP = (
    r"(?=\s*(?:[.,;:!?\n)]|$|\b(?:today|yesterday|last|this|so|and|but|because|finally|after|when|two)\b|"
    r"\b(?:on|in) (?!me\b|read\b)|\ba (?:day|week|month|year|while|few|couple)\b))"
)
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
_OFF = re.compile(
    r"\b(?:the |my |our |this |that )?(?P<value>[\w'’ -]{2,40}?)(?:['’]s| is| are| was| has been| have been) "
    r"(?:now |all |just |officially |sadly |been )*"
    r"(?:cancelled|canceled|called off|not happening|off the table|(?P<off>off))"
    r"(?=\s*(?:[.,!;)]|$)|\s+(?:so|because|after)\b)",
    re.IGNORECASE,
)
_OUTING = re.compile(
    r"[^\W\da-z_][a-zà-þ]|\b(?:trip|holiday|vacation|wedding|party|dinner|lunch|meeting|visit|date|flight|match|game|concert|"
    r"weekend|tour|cruise|plan|course|move|gig|race|hike)\b"
)
_STOP_DOING = re.compile(
    r"(?:^|[.!?\n]\s*|\b(?:you can|please|pls|can you|could you|no need to|you may)\s+)(?:now\s+)?stop\s+"
    r"(?P<value>\w+ing\b[^.,;!?\n]{0,60}?)(?=\s+(?:now|please|pls|from now on|any ?more|again)\b|\s*(?:[.,;!?\n]|$))",
    re.IGNORECASE,
)
_NAME = r"[^\W\da-z_][\w'’-]+"
_GONE = re.compile(
    rf"(?:(?P<value>{_NAME})(?:['’]s| has| have| was| is)?(?i:\s+(?:sadly |just |finally |peacefully )*"
    r"(?:died|dead|passed away|put (?:down|to sleep)|gone to live with|been rehomed|rehomed))"
    rf"\b|\b(?i:(?:had|have|having|got) (?:to )?(?:have |let |put )?)(?P<other>{_NAME})"
    r"(?i:\s+(?:go\b|down\b|put (?:down|to sleep)|to sleep\b)))"
)
_UNREAL = re.compile(
    r"\b(?:if|suppose|imagine|what if|wish|might|maybe|perhaps|should i|when|before|until|almost|nearly|said|says)\b"
    r"[^.!?]*$",
    re.IGNORECASE,
)


def endings_in(message: Message, named: Sequence[Claim]) -> list[Claim]:
    """Return the endings of a message that say of no value that it ended.

    Args:
        message: what a person said.
        named: the claims that were found in it; an attribute of which one ends is left alone.
    """
    ended = {one.attribute for one in named if one.polarity == "ended" and one.subject.kind == "self"}
    return [*_unnamed(message, ended), *_called_off(message, ended)]


def _called_off(message: Message, ended: Collection[str]) -> Iterator[Claim]:
    for attribute, pattern in (("plans", _OFF), ("instruction", _STOP_DOING), ("pet", _GONE)):
        for match in pattern.finditer(message.content[:2_000]) if attribute not in ended else ():
            groups = match.groupdict()
            value = (match["value"] or groups.get("other") or "").strip()
            real = not _UNREAL.search(message.content[: match.start()] + value) and value.casefold() not in listed(
                "openers"
            )
            if real and (not groups.get("off") or _OUTING.search(value)):
                yield Claim(
                    subject=Mention("self", message.speaker or ""),
                    attribute=attribute,
                    value=value,
                    sources=(Source(message.id, match.start(), match.end()),),
                    polarity="never",
                )


def _unnamed(message: Message, ended: Collection[str]) -> list[Claim]:
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
