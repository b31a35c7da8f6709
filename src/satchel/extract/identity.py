"""When two messages are the same message: the material that their fingerprints are made of.

A message comes again when the caller's id is the same, or when session, role, speaker, content and the time
that the caller gave are. Without an id and without a time it is always a new message: people repeat themselves.
The same holds for a whole call under an idempotency key. Fingerprints themselves are keyed with the space's own
secret elsewhere, so that a stored one tells nothing about the words.
"""

import json
from collections.abc import Sequence

from satchel.extract.messages import Utterance


def message_identities(utterance: Utterance) -> tuple[bytes, ...]:
    """Return what identifies this message, each as bytes to be keyed; empty when nothing does."""
    found: list[bytes] = []
    if utterance.caller_id is not None:
        found.append(_material("caller", utterance.caller_id))
    if utterance.said_at is not None:
        found.append(_material("words", *_words(utterance)))
    return tuple(found)


def call_identity(idempotency_key: str) -> bytes:
    """Return what identifies a call of `add` by the caller's idempotency key."""
    return _material("call", idempotency_key)


def call_content(utterances: Sequence[Utterance]) -> bytes:
    """Return the material of all that a call said, to recognise a key used for something else."""
    return _material("said", *(part for utterance in utterances for part in (utterance.caller_id, *_words(utterance))))


def _words(utterance: Utterance) -> tuple[str | None, ...]:
    said_at = utterance.said_at.isoformat() if utterance.said_at else None
    return (utterance.session, utterance.role, utterance.speaker, utterance.content, said_at)


def _material(kind: str, *parts: str | None) -> bytes:
    return json.dumps([kind, *parts]).encode()
