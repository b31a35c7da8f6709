"""Messages, and what a tagger finds in them, made by hand."""

from dataclasses import replace
from datetime import UTC, datetime

from satchel.extract.claim import Claim
from satchel.model import Message
from satchel.tagged import Stand, Tagged

WEDNESDAY = datetime(2024, 3, 13, 12, 0, tzinfo=UTC)


def message(content: str, *, speaker: str | None = None, id: str = "m") -> Message:  # noqa: A002
    """Return what a person said on Wednesday, 13 March 2024."""
    return Message(id=id, role="user", content=content, said_at=WEDNESDAY, received_at=WEDNESDAY, speaker=speaker)


def place(text: str, words: str | None = None, *, in_context: bool = False) -> Stand:
    """Return the first place of some words in a text."""
    words = text if words is None else words
    start = text.index(words)
    return Stand(start, start + len(words), in_context)


def tagged(attribute: str, value: Stand, **rest: object) -> Tagged:
    """Return a value that a tagger found: asserted by the speaker, of themselves, unless the rest says otherwise."""
    plain = Tagged(attribute, value, 1.0, "holds", "asserted", "stated", subject=None, qualifier=None, time=None)
    return replace(plain, **rest)  # type: ignore[arg-type]


def quoted(claims: list[Claim], text: str) -> list[str]:
    """Return the words that each claim was first found in."""
    return [text[one.sources[0].start : one.sources[0].end] for one in claims]
