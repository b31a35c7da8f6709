"""From a message to what search keeps of it: terms, windows and their vectors.

What is compared is the speaker's name and the words, since questions name who said something.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from satchel.embedded import Embedded
from satchel.extract.instants import to_micros
from satchel.extract.questions import asks
from satchel.extract.windows import Span, windows
from satchel.model import Message
from satchel.models.embedding import Embedder, embedded
from satchel.retrieve.block import Block, Features, pack_one
from satchel.retrieve.terms import message_terms

WINDOW_TOKENS = 200
OVERLAP_TOKENS = 40
NEAR = 0.9
"""The cosine above which a token says nothing that an earlier one of its window does not. Leaving such out makes tokens
a sixth fewer and cost nothing that could be measured on LoCoMo and LongMemEval."""

_NO_EMBEDDER = ""
_NOTHING = np.zeros((0, 0), np.float32)


def features_of(messages: Sequence[Message], embedder: Embedder | None) -> list[Block]:
    """Return one block for each message; without an embedder, blocks without vectors."""
    spans = [_windows(message, embedder) for message in messages]
    found: Sequence[Embedded] = ()
    if embedder is not None:
        titles = [_fitting(_title(message), embedder) for message in messages]
        texts = [
            title + message.content[start:end]
            for title, message, own in zip(titles, messages, spans, strict=True)
            for start, end in own
        ]
        found = embedded(embedder, texts)
    blocks: list[Block] = []
    first = 0
    for message, own in zip(messages, spans, strict=True):
        features = _features(message, own, found[first : first + len(own)])
        blocks.append(pack_one(features, embedder=embedder.name if embedder else _NO_EMBEDDER))
        first += len(own)
    return blocks


def _features(message: Message, spans: Sequence[Span], found: Sequence[Embedded]) -> Features:
    return Features(
        id=message.id,
        said_at=to_micros(message.said_at),
        received_at=to_micros(message.received_at),
        role=message.role,
        language=message.language,
        terms=message_terms(_title(message) + message.content, message.language),
        windows=spans,
        vectors=np.stack([one.vector for one in found]) if found else _NOTHING,
        tokens=np.concatenate([distinct(one.tokens) for one in found]) if found else _NOTHING,
        speaker=message.speaker,
        session=message.session,
        agent=message.agent,
        app=message.app,
        turn=message.turn,
        asks=asks(message.content),
    )


def distinct(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors of tokens, each of length 1, without those that are near to one kept before."""
    near = np.tril(tokens @ tokens.T, -1) > NEAR
    kept = np.ones(len(tokens), bool)
    for place in np.flatnonzero(near.any(axis=1)):
        kept[place] = not (near[place] & kept).any()
    return tokens[kept]


def _windows(message: Message, embedder: Embedder | None) -> Sequence[Span]:
    if embedder is None:
        return ()
    return windows(message.content, embedder.tokens(message.content), size=WINDOW_TOKENS, overlap=OVERLAP_TOKENS)


def _fitting(title: str, embedder: Embedder) -> str:
    """Return the title when a window has room for it beside the words, else nothing."""
    return title if len(embedder.tokens(title)) <= embedder.max_tokens - WINDOW_TOKENS else ""


def _title(message: Message) -> str:
    return f"{message.speaker}: " if message.speaker else ""
