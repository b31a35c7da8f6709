"""Corrections that do not say what they are about: "it's Elise, not Ilse", "I said Mac but I meant Windows".

Which earlier claim is meant is for the fold to find out: the last one of the same speaker that has the wrong value.
"""

import re
from collections.abc import Iterator

from satchel.extract.claim import Repair
from satchel.model import Message, Source

_WORD = r"[\w'’@.+/-]*\w"
_VALUE = rf"(?:{_WORD}(?:\s+{_WORD}){{0,4}})"
_SHORTEST = rf"(?:{_WORD}(?:\s+{_WORD}){{0,4}}?)"
_RIGHT, _WRONG = rf"(?P<right>{_SHORTEST})", rf"(?P<wrong>{_SHORTEST})"
_CAPITALISED = r"[^\W\da-z_][\w'’-]+(?:\s+[^\W\da-z_][\w'’-]+){0,2}"
_END = r"(?=\s*(?:[.,;!?)]|$|\n|\b(?:for|if|in|at|on|please|sorry|my|i)\b))"
_IS = (
    r"(?:it['’]?s|it is|that['’]?s|should be|should read|make (?:it|that)|i meant|i mean|meant to say|correction:|"
    r"i mean to say)"
)
_PATTERNS = (
    re.compile(rf"\b{_IS}\s+{_RIGHT},?\s+(?:and\s+)?not\s+(?:the\s+)?{_WRONG}{_END}", re.IGNORECASE),
    re.compile(
        rf"\bi (?:said|wrote|typed|put)\s+{_WRONG},?\s+(?:but|when)\s+i (?:meant|mean)(?: to say)?\s+{_RIGHT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bnot\s+{_WRONG}\s*[,;—\u2013-]+\s*(?:but\s+)?{_IS}\s+{_RIGHT}{_END}", re.IGNORECASE),
    re.compile(
        rf"^\W*(?:(?:no|sorry|oops|typo|actually|wait|correction|i mean)\W+)+{_RIGHT},?\s+not\s+{_WRONG}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:(?:no|sorry|oops|typo|wait|actually|correction)\W+)+"
        rf"(?:{_IS}\s+|(?:he|she|they|it)(?:['’](?:s|re)| is| are)\s+)?"
        r"(?P<right>[\d][\d\s./:,+-]*\d|\d)\b(?P<wrong>)(?=\s*(?:[.,;!?)]|$|\n))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?i:autocorrect(?:ed)?|typo|misspell?ed|spell?ing|spelled|spelt)\b[^.!?\n]{{0,30}}?[\s,:;\u2013\u2014-](?P<right>{_CAPITALISED})"
        r"(?=\s*(?:[.,;!?)]|$|\n))(?P<wrong>)"
    ),
)


def repairs_in(message: Message) -> tuple[Repair, ...]:
    """Return the corrections in a message, each once."""
    return tuple(dict.fromkeys(_repairs(message)))


def _repairs(message: Message) -> Iterator[Repair]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(message.content[:2_000]):
            right, wrong = match["right"].strip(), match["wrong"].strip()
            if right and right.casefold() != wrong.casefold():
                yield Repair(wrong, right, Source(message.id, match.start("right"), match.start("right") + len(right)))
