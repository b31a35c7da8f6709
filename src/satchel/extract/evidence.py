"""What the words around a value allow: whether a context may be quoted, and how far a name goes."""

import re

from satchel.extract.words import listed
from satchel.tagged import Stand

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|\n")
_ADDRESSED = re.compile(r"\b(?:you|your|you're|you've|yours|ur|u|ya)\b", re.IGNORECASE)
_REPLY = re.compile(
    r"^\W*(?:(?:ha|haha|lol|oh|well|um|hmm|aye|nah|ok|okay|thanks|sorry|god|actually)\W+)*"
    r"(?:yes|yep|yeah|yup|ya|yea|aye|ja|si|no|nope|not|nah|never|correct|right|exactly|true|indeed|still|sure|"
    r"of course|absolutely|definitely|sadly|unfortunately|afraid|used to|was|were|did|do|does|am|is|are|i am|i do|"
    r"i did|i was|we do|we are|we did|he is|she is|they are|that'?s|it'?s|spot on|close|wrong|almost|nearly|both|"
    r"neither|guilty|confirmed|you got it|bingo|always)\b",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"[A-ZÀ-ÞĀ-Ž0-9&][\w'’&-]*(?:\s+(?:(?:of the|of|de|da|di|van|von|der|&)\s+)?[A-ZÀ-ÞĀ-Ž0-9&][\w'’&-]*)*"
)
_LINKS = frozenset(("of", "the", "de", "da", "di", "van", "von", "der"))
_GENITIVE = re.compile(r"['’]s$")
_NO_NAME = re.compile(
    r"^(?:I|I'm|I've|I'll|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|"
    r"May|June|July|August|September|October|November|December|The|And|But|So|My|We|He|She|It|They|\d+)$"
)


_YES = re.compile(
    r"^\W*(?:(?:oh|haha|lol|well|ok|hmm)\W+)*(?:yes|yep|yeah|yup|yea|aye|correct|right|exactly|true|indeed|"
    r"that['’]?s right|of course|absolutely|definitely|sure (?:do|am|did|have)|i (?:do|am|did|have)|"
    r"still (?:do|am|is|there))\b(?!\W+(?:right|but|not|no|nope|never|didn['’]?t|don['’]?t)\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:(?:oh|haha|lol|well|ok|hmm)\W+)*(?:no(?! (?:worries|idea|problem|clue|doubt|rush|need))|nope|nah|never|"
    r"not (?:at all|me|really)|of course not|absolutely not|definitely not|i (?:do|did|am|have)(?: not|n['’]t))\b",
    re.IGNORECASE,
)


def affirms(reply: str) -> bool:
    """Whether a reply begins with a plain yes."""
    return _YES.match(reply) is not None


def denies(reply: str) -> bool:
    """Whether a reply begins with a plain no."""
    return _NO.match(reply) is not None


def may_quote(context: str, value: Stand, reply: str, *, answers: bool) -> bool:
    """Whether a value of the message before may be taken as said by the one who replies.

    Only what was asked of them or said about them, and only by a reply that takes it up.

    Args:
        context: the message before.
        value: the place of the value in it.
        reply: the message.
        answers: whether the tagger takes the message for a correction or a denial.
    """
    sentence = sentence_at(context, value.start)
    addressed = "?" in sentence or _ADDRESSED.search(sentence) is not None
    return addressed and (answers or _REPLY.match(reply) is not None)


def sentence_at(text: str, place: int) -> str:
    """Return the sentence that a place is in."""
    start, end = sentence_span(text, place)
    return text[start:end]


def sentence_span(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence that a place is in begins and ends."""
    return next(
        (match.span() for match in _SENTENCE.finditer(text) if match.start() <= place < match.end()), (0, len(text))
    )


def sentence_number(text: str, place: int) -> int:
    """Return the number of the sentence that a place is in."""
    return sum(match.end() <= place for match in _SENTENCE.finditer(text))


def whole_name(text: str, stand: Stand) -> Stand:
    """Return the place of the whole name that a value is a part of: "Corvid" of "Corvid Health"."""
    if not text[stand.start : stand.start + 1].isupper():
        return stand
    for match in _RUN.finditer(text):
        if match.start() <= stand.start and stand.end <= match.end():
            start, end = match.start(), match.end()
            words = text[start : stand.start].split()
            if any(_no_name(word) for word in words):
                start = stand.start
            tail = text[stand.end : end].split()
            if any(_no_name(word) for word in tail if word not in _LINKS):
                end = stand.end
            return Stand(start, len(_GENITIVE.sub("", text[:end]).rstrip(".'’-")), stand.in_context)
    return stand


def _no_name(word: str) -> bool:
    return _NO_NAME.match(word) is not None or word.casefold() in listed("openers")
