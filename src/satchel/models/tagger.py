"""The bundled claim tagger: a MiniLM encoder trained here, int8, run by ONNX Runtime on the CPU.

Two graphs: the reader gives each token its chance to begin or to go on with a value of each attribute, and the heads
tell of each value found its polarity, modality, stance, and where its subject, qualifier and time stand. Each
message is run alone, so that what is found in it cannot depend on its neighbours. `training/` holds the data and the
script that made the weights, and the model card.
"""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from satchel.models.sessions import load_session
from satchel.models.tagging import (
    ATTRIBUTES,
    MODALITIES,
    POINTERS,
    POLARITIES,
    STANCES,
    TEXT_TOKENS,
    Encoded,
    Tag,
    decode,
    encode,
)
from satchel.models.tokenizer import load_tokenizer
from satchel.tagged import Stand, Tagged

_DATA = Path(__file__).parent / "data"
READER_SHA256 = "b94e509ad495913121c5b1c65a8eabda0f69f84718d7265024cba5bda0dbe0f0"
HEADS_SHA256 = "b298e44434a8fff9f62e0e8cfaf268c211b2ac1aedd18dd583905a72fe47b9f3"
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+|\n+")
_SPLIT = np.cumsum([len(POLARITIES), len(MODALITIES)]).tolist()
_LEAST_BEGINNING = 0.5
MOST_WINDOWS = 40


class ClaimTagger:
    """Finds claims in English chat. Loaded when it is first used, and checked against its pinned digests."""

    name = "satchel-claims-minilm-l6-int8/1"

    def __init__(self) -> None:
        self._lock = Lock()
        self._tokenizer: Any = None
        self._reader: Any = None
        self._heads: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def load(self) -> None:
        """Load the weights now rather than at first use.

        Raises:
            ModelUnavailable: a package or a weight file is missing or not the pinned one.
        """
        with self._lock:
            if self._reader is None:
                self._tokenizer = load_tokenizer()
                self._pool = ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="satchel-tag")
                self._heads = load_session(_DATA / "claims_heads.onnx", sha256=HEADS_SHA256)
                self._reader = load_session(_DATA / "claims_reader.onnx", sha256=READER_SHA256)

    def tag(self, texts: Sequence[tuple[str, str | None]]) -> Sequence[tuple[Tagged, ...]]:
        """Return the values in each text, and those in its context that the text says something about."""
        self.load()
        assert self._pool is not None  # noqa: S101  (load made it)
        if len(texts) == 1:
            return [self._tag(*texts[0])]
        return list(self._pool.map(self._tag, [text for text, _ in texts], [context for _, context in texts]))

    def _tag(self, text: str, context: str | None) -> tuple[Tagged, ...]:
        found: list[Tagged] = []
        for number, (start, end) in enumerate(self._windows(text)):
            before = context if number == 0 else None
            found += [_moved(one, start) for one in self._window(text[start:end], before)]
        return tuple(found)

    def _windows(self, text: str) -> list[tuple[int, int]]:
        """Return the stretches of a text, of whole sentences where that is possible, that fit the model."""
        if len(text) <= TEXT_TOKENS:  # a token has a character at least
            return [(0, len(text))]
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        if len(offsets) <= TEXT_TOKENS:
            return [(0, len(text))]
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        starts = [start for start, _ in offsets]
        windows: list[tuple[int, int]] = []
        start = first = 0
        while first < len(starts) and len(windows) < MOST_WINDOWS:
            last = min(first + TEXT_TOKENS, len(starts))
            limit = len(text) if last == len(starts) else starts[last]
            cut = limit if limit == len(text) else max((end for end in ends if start < end <= limit), default=limit)
            windows.append((start, cut))
            start = cut
            first = next((place for place in range(first, len(starts)) if starts[place] >= cut), len(starts))
        return windows

    def _window(self, text: str, context: str | None) -> list[Tagged]:
        encoded = encode(self._tokenizer, text, context)
        logits, hidden = self._reader.run(
            None,
            {"ids": encoded.ids[None], "segment": encoded.segment[None], "shape": encoded.shape[None]},
        )
        tags = decode(encoded, _chances(logits[0]), threshold=_LEAST_BEGINNING)
        if not tags:
            return []
        classes, pointers = self._heads.run(
            None,
            {
                "hidden": hidden[0],
                "first": np.array([one.first for one in tags], np.int64),
                "last": np.array([one.last for one in tags], np.int64),
                "attribute": np.array([one.attribute for one in tags], np.int64),
            },
        )
        return [_tagged(encoded, tag, classes[n], pointers[n]) for n, tag in enumerate(tags)]


def _tagged(encoded: Encoded, tag: Tag, classes: NDArray[np.float32], pointers: NDArray[np.float32]) -> Tagged:
    polarity, modality, stance = (_softmax(part) for part in np.split(classes, _SPLIT))
    pointed = [_pointed(encoded, pointers[2 * n], pointers[2 * n + 1]) for n in range(len(POINTERS))]
    best = int(modality.argmax())
    return Tagged(
        attribute=ATTRIBUTES[tag.attribute],
        value=_stand(encoded, tag.first, tag.last),
        chance=tag.score * float(modality[best]),
        polarity=POLARITIES[int(polarity.argmax())],
        modality=MODALITIES[best],
        stance=STANCES[int(stance.argmax())],
        subject=pointed[0],
        qualifier=pointed[1],
        time=pointed[2],
    )


def _pointed(encoded: Encoded, firsts: NDArray[np.float32], lasts: NDArray[np.float32]) -> Stand | None:
    first, last = int(firsts.argmax()), int(lasts.argmax())
    if not encoded.real[first] or first == 0:
        return None
    inside = last >= first and encoded.segment[last] == encoded.segment[first] and encoded.real[last]
    return _stand(encoded, *_whole_words(encoded, first, last if inside else first))


def _whole_words(encoded: Encoded, first: int, last: int) -> tuple[int, int]:
    """Return the tokens of the whole words from one token to another."""
    while not encoded.starts[first]:
        first -= 1
    while last + 1 < len(encoded.ids) and encoded.real[last + 1] and not encoded.starts[last + 1]:
        last += 1
    return first, last


def _stand(encoded: Encoded, first: int, last: int) -> Stand:
    return Stand(encoded.spans[first][0], encoded.spans[last][1], bool(encoded.segment[first]))


def _moved(one: Tagged, by: int) -> Tagged:
    """Return what was found in a window with places of the whole text."""
    if by == 0:
        return one

    def moved(stand: Stand | None) -> Stand | None:
        return stand if stand is None or stand.in_context else Stand(stand.start + by, stand.end + by)

    return Tagged(
        one.attribute,
        cast(Stand, moved(one.value)),
        one.chance,
        one.polarity,
        one.modality,
        one.stance,
        moved(one.subject),
        moved(one.qualifier),
        moved(one.time),
    )


def _chances(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()
