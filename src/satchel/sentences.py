"""Sentences of a text, by their marks alone: what is quoted when there is no room for a whole message."""

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…\u061f\u037e]+['\")\]]*(?=\s|$)|[。！？]+['\")\]]*|\n")
_SHORTENED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|e\.g|i\.e|approx|No)|\b[A-Z])\.$")
_ASKING = ("?", "？", "\u061f", "\u037e")
_LONGEST_TITLE = 8


def sentences(text: str) -> list[Span]:
    """Return the characters of each sentence that has a letter or digit, without the white space around it."""
    found: list[Span] = []
    start = 0
    for end in (*_ends(text), len(text)):
        words = text[start:end]
        if any(map(str.isalnum, words)):
            found.append((end - len(words.lstrip()), start + len(words.rstrip())))
        start = end
    return found


def _ends(text: str) -> list[int]:
    """Return where sentences end: not after a title or an initial."""
    ends = (found.end() for found in _END.finditer(text))
    return [end for end in ends if not _SHORTENED.search(text, max(end - _LONGEST_TITLE, 0), end)]


def last_question(text: str) -> Span:
    """Return the last sentence that asks, or else the last one."""
    found = sentences(text)
    asking = [span for span in found if text[span[0] : span[1]].rstrip("'\")]").endswith(_ASKING)]
    return (asking or found or [(0, len(text))])[-1]


def around(text: str, start: int, end: int) -> Span:
    """Return the whole sentences that some characters of a text lie in."""
    touched = [span for span in sentences(text) if span[0] < end and span[1] > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
