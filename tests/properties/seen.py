"""What a space shows of itself, without the ids that were drawn at random.

A message is told by what it says and when, so that two spaces which were told the same can be compared. Ids of facts
and entities follow from what they say and are compared as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta

import satchel
from satchel.records import Records
from satchel.store.port import RowKind, View

LATE = datetime(2031, 1, 1, tzinfo=UTC)
Labels = Mapping[str, str]


class HandClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = LATE) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, by: timedelta) -> None:
        self.now += by


def labels(space: satchel.Space) -> Labels:
    """Return for the id of each message what it says and when."""
    return {
        one.id: f"{one.said_at.isoformat()} {one.session} {one.role} {one.speaker}: {one.content}"
        for one in space.messages()
    }


def without_ids(value: object, named: Labels) -> object:
    """Return a value as plain tuples, messages by what they say."""
    if isinstance(value, str):
        return named.get(value, value)
    if is_dataclass(value):
        return tuple((one.name, without_ids(getattr(value, one.name), named)) for one in fields(value))
    if isinstance(value, Mapping):
        return tuple((key, without_ids(one, named)) for key, one in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(without_ids(one, named) for one in value)
    return value


def known(space: satchel.Space, *, as_of: datetime = LATE) -> dict[str, object]:
    """Return the facts, entities and profile of a space."""
    named = labels(space)
    shown = {
        "facts": space.facts(past=True, as_of=as_of),
        "entities": space.entities(),
        "profile": space.profile(as_of=as_of),
    }
    return {name: without_ids(found, named) for name, found in shown.items()}


def told(space: satchel.Space, queries: Sequence[str]) -> dict[str, object]:
    """Return all that a space tells of itself: also how each fact came to be, and what questions find."""
    named = labels(space)
    facts = space.facts(past=True, as_of=LATE)
    found = {one: space.search(one, limit=30, explain=True, as_of=LATE) for one in queries}
    return {
        **known(space),
        "history": {one.id: without_ids(space.history(one.id), named) for one in facts},
        "sources": {one.id: without_ids(space.sources(one.id), named) for one in facts},
        "search": {one: (hits.supported, without_ids(hits.items, named)) for one, hits in found.items()},
        "context": {one: _context(space, one, named) for one in queries},
    }


def readings(space: satchel.Space) -> dict[str, bytes]:
    """Return the opened body of what was read in each message, byte for byte."""

    def opened(view: View, records: Records) -> dict[str, bytes]:
        return {row.id: records.body(row) for row in view.rows(RowKind.READING)}

    engine = space._engine
    return engine.read(space._place.scope, opened) or {}


def _context(space: satchel.Space, query: str, named: Labels) -> str:
    """Return the block for a prompt with a number in place of each message's random mark."""
    context = space.context(query, as_of=LATE)
    text = context.text
    for hit in context.hits:
        for length in range(4, len(hit.id) + 1):
            text = text.replace(f" #{hit.id[-length:]}: ", f" #{named[hit.id]}: ")
    return text
