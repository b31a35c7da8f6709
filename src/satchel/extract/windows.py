"""Long texts cut into overlapping windows that an embedding model can take whole.

Nothing is lost: every token lies in at least one window. A window ends at a sentence end where one lies in its
last third, so that sentences stay whole where they can.
"""

import re
from collections.abc import Sequence

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]]*\s|\n")


def windows(text: str, tokens: Sequence[Span], *, size: int, overlap: int) -> tuple[Span, ...]:
    """Return character spans of `text`, each of at most `size` tokens.

    Args:
        text: the text that was tokenized.
        tokens: the character span of each of its tokens, in order.
        size: tokens in a window at most.
        overlap: tokens that a window shares with the one before it; less than a third of `size`.
    """
    size = max(size, 1)
    if len(tokens) <= size:
        return ((0, len(text)),)
    found: list[Span] = []
    first = 0
    while True:
        last = min(first + size, len(tokens))
        if last < len(tokens):
            last = _end_of_sentence(text, tokens, first + size - size // 3, last)
        start = 0 if first == 0 else tokens[first][0]
        end = len(text) if last == len(tokens) else tokens[last][0]
        found.append((start, end))
        if last == len(tokens):
            return tuple(found)
        first = max(last - overlap, first + 1)


def _end_of_sentence(text: str, tokens: Sequence[Span], earliest: int, latest: int) -> int:
    """Return the index of the last token in earliest..latest that starts a sentence, else `latest`."""
    for index in range(latest, earliest, -1):
        if _SENTENCE_END.search(text[tokens[index - 1][0] : tokens[index][0]]):
            return index
    return latest
