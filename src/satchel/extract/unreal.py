"""Words that take back what the tagger may have believed: "almost bought", "yeah right", "kidding"."""

import re

from satchel.extract.evidence import sentence_span
from satchel.tagged import Stand

_NOT_QUITE = re.compile(
    r"\b(?:almost|nearly|very nearly|came close to|was about to|pretended to|forgot to)(?:\s+[\w'’]+){1,4}\s*$",
    re.IGNORECASE,
)
_IMAGINED = re.compile(
    r"\b(?:suppose|supposing|(?<!can't )(?<!can’t )(?<!cannot )(?<!couldn't )imagine|imagining|"
    r"pretend|pretending|hypothetically|what if|say that|let['’]?s say|"
    r"if (?:i|we|he|she|they)(?:['’]d)? (?:were|was|had|lived|worked|quit|moved|got|became))\b[^.!?;]*$",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"^\W*(?:(?:just |only |i['’]?m |am )*kidding|jk\b|j/k|joking|just joking|in my dreams|yeah right|psych\b|"
    r"lol no\b|haha no\b|(?:not really|obviously not|as if|i wish)(?=\s*(?:[.!?,;:)…]|$|lol|haha|\W\Z)))",
    re.IGNORECASE,
)
_IN_JEST = re.compile(r"[,;:\u2013\u2014(-]\s*(?:just |only |i['’]?m )*(?:kidding|joking|jk)\b", re.IGNORECASE)
_SCOFF = re.compile(
    r"^\W*(?:(?:yeah|yea)[,\s]+(?:right|sure|totally)|oh sure|sure[,\s]+(?:sure|totally))\b(?! now)|\bobviously not\b",
    re.IGNORECASE,
)


_CONSIDERED = re.compile(
    r"\b(?:thinking (?:of|about)|considering|contemplating|toying with|tempted to|debating (?!club|society|team)|might|"
    r"may (?:be|have|get|move)|not sure (?:if|whether)|wondering (?:if|whether)|no idea (?:if|whether))\b[^.!?;]*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hey|hi|um|well|also|quick question)\W+)*"
    r"(?:should|shall|would|could|do|does|did|is it|which|what if|who)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:my|our|i['’]?m|i am|we['’]?re|since|because|as)\b[^?]*$", re.IGNORECASE)
_FICTION = re.compile(
    r"\b(?:role[- ]?play(?:ing)?|let['’]?s pretend|pretend (?:you|that|to be|i|we)|in character|stay in role|"
    r"for (?:my|a|the) (?:novel|story|screenplay|play|d&d|dnd|rpg|campaign|scene|sketch)|"
    r"in (?:my|the|our) (?:novel|screenplay|d&d|dnd|rpg|campaign|script)|my character|"
    r"(?:write|do|try|start|continue|draft) (?:me |us )?(?:a|an|the|another|this|that|my|our) (?:[\w-]+ )?"
    r"(?:scene|story|chapter|monologue|dialogue|sketch|skit|poem|song|screenplay|fanfic|limerick))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:^|(?<=[\s(:,\u2013\u2014-]))(?:\"[^\"]+\"|“[^”]+”|\u2018.+?’(?!\w)|'(?=\w).+?[\w.!?,]'(?!\w))", re.DOTALL
)
_SHORTEST_QUOTATION = 4
_I = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|we|our)\b", re.IGNORECASE)
_I_SAID = re.compile(
    r"\bi(?:['’]ve| have| had)? (?:just |also )?(?:said|say|told|wrote|answered|replied)\b[^.!?\"“\u2018]*$",
    re.IGNORECASE,
)


def unreal(text: str, value: Stand) -> bool:
    """Whether the words around a value say that it is not so: imagined, considered, asked, in jest or in a role.

    Args:
        text: what was said.
        value: the place of the value in it.
    """
    start, end = sentence_span(text, value.start)
    before, sentence = text[start : value.start], text[start:end]
    if any(cue.search(before) for cue in (_NOT_QUITE, _IMAGINED, _CONSIDERED)) or _SCOFF.search(sentence):
        return True
    if _FICTION.search(text[: value.start]) or _in_anothers_words(text, value):
        return True
    if sentence.rstrip().endswith("?") and _ASKED.match(sentence) and not _OWN.search(before):
        return True
    if _IN_JEST.search(text[value.end : end]):
        return True
    return _TAKEN_BACK.match(text[end:]) is not None or "obviously not" in text[end : end + 40].casefold()


def _in_anothers_words(text: str, value: Stand) -> bool:
    """Whether a value stands in a quotation in the first person that the speaker does not claim to have said."""
    return any(
        match.start() < value.start
        and value.end < match.end()
        and _I.search(match[0])
        and len(match[0].split()) >= _SHORTEST_QUOTATION
        and not _I_SAID.search(before)
        for match in _QUOTED.finditer(text)
        for before in [text[: match.start()]]
    )
