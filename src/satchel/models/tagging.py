"""What the claim tagger reads and says: the encoding of a message, its labels, and the spans that it found.

Shared by the run-time model and by its training, so that the two cannot drift apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from satchel.model import Modality, Polarity, Stance

TEXT_TOKENS = 180
CONTEXT_TOKENS = 24
ATTRIBUTES = tuple((Path(__file__).parent / "data" / "claims_attributes.txt").read_text().split())
"""In the order of the weights."""
POLARITIES: tuple[Polarity, ...] = ("holds", "ended", "never")
MODALITIES: tuple[Modality, ...] = ("asserted", "planned", "wished", "hypothetical", "asked", "quoted")
STANCES: tuple[Stance, ...] = ("stated", "corrected", "confirmed")
POINTERS = ("subject", "qualifier", "time")
"""What a value points to, by the first and the last token of it; token 0 stands for the speaker, or for nothing."""

Span = tuple[int, int]
_CLASSIFY, _SEPARATE = 101, 102
_GOES_ON = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A message and the one before it as the tagger reads them: [CLS] text [SEP] context [SEP].

    All arrays have shape (t,). `starts` marks the first piece of each word; `spans` are characters of the text, or
    of the context where `segment` is 1.
    """

    ids: NDArray[np.int64]
    segment: NDArray[np.int64]
    shape: NDArray[np.int64]
    starts: NDArray[np.bool_]
    spans: tuple[Span, ...]

    @property
    def real(self) -> NDArray[np.bool_]:
        """(t,): the tokens that stand for words."""
        return (self.ids != _CLASSIFY) & (self.ids != _SEPARATE)


def encode(tokenizer: Any, text: str, context: str | None) -> Encoded:
    """Encode a text of at most `TEXT_TOKENS` tokens, and the end of its context."""
    own = tokenizer.encode(text, add_special_tokens=False)
    before = tokenizer.encode(context or "", add_special_tokens=False)
    first = (own.ids[:TEXT_TOKENS], own.offsets[:TEXT_TOKENS], own.word_ids[:TEXT_TOKENS])
    second = (before.ids[-CONTEXT_TOKENS:], before.offsets[-CONTEXT_TOKENS:], before.word_ids[-CONTEXT_TOKENS:])
    ids = [_CLASSIFY, *first[0], _SEPARATE, *second[0], _SEPARATE]
    segment = [0] * (len(first[0]) + 2) + [1] * (len(second[0]) + 1)
    spans: list[Span] = [(0, 0), *first[1], (0, 0), *second[1], (0, 0)]
    shapes = [0, *_shapes(text, first[1]), 0, *_shapes(context or "", second[1]), 0]
    starts = [False, *_starts(first[2]), False, *_starts(second[2]), False]
    return Encoded(
        np.array(ids, np.int64),
        np.array(segment, np.int64),
        np.array(shapes, np.int64),
        np.array(starts, bool),
        tuple(spans),
    )


def _starts(words: Sequence[int | None]) -> list[bool]:
    return [number == 0 or word != words[number - 1] for number, word in enumerate(words)]


def _shapes(text: str, spans: Sequence[Span]) -> list[int]:
    """Tell what the uncased vocabulary does not see: 1 lower case, 2 Capitalised, 3 CAPITALS, 4 digits, 5 others."""
    return [_shape(text[start:end]) for start, end in spans]


def _shape(piece: str) -> int:
    if piece.isdigit():
        return 4
    if not piece.isalpha():
        return 5
    if piece.islower():
        return 1
    return 3 if piece.isupper() and len(piece) > 1 else 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A value that the tagger found: its attribute, its first and last token, and how sure it is (0 to 1)."""

    attribute: int
    first: int
    last: int
    score: float


def decode(encoded: Encoded, chances: NDArray[np.float32], *, threshold: float) -> list[Tag]:
    """Read values off the tags.

    Args:
        encoded: the message.
        chances: (t, 2 x attributes), the chance of each token to begin a value, and to go on with it.
        threshold: the least chance of a beginning.
    """
    begins, goes_on = chances[:, 0::2], chances[:, 1::2]
    tags: list[Tag] = []
    for place, attribute in np.argwhere((begins >= threshold) & encoded.starts[:, None]).tolist():
        column, own = goes_on[:, attribute], begins[:, attribute]
        if place and own[place - 1] > own[place] and column[place] < own[place]:
            continue
        last = place
        while last + 1 < len(column) and encoded.real[last + 1] and _continues(encoded, column, own, last + 1):
            last += 1
        tags.append(Tag(attribute, place, last, float(own[place])))
    return tags


def _continues(encoded: Encoded, column: NDArray[np.float32], own: NDArray[np.float32], place: int) -> bool:
    if not encoded.starts[place]:
        return True
    return bool(column[place] >= _GOES_ON and column[place] > own[place])
