"""Which message comes before which: what a message is an answer to is part of what it means.

The message before is the last one of the session that is clearly earlier and not long ago. It is found from the
messages' own times, never from the order of their arrival: of several that share one time, none is the one before.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satchel.extract.instants import to_micros
from satchel.model import Message
from satchel.retrieve.block import ROLES
from satchel.retrieve.index import SpaceIndex

_HOUR = 3_600_000_000
LONGEST_PAUSE = 6 * _HOUR
LONGEST_PAUSE_WITHOUT_SESSION = _HOUR
_SPOKEN = (ROLES.index("user"), ROLES.index("assistant"))

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """A message's place in its session."""

    key: Key
    id: str
    spoken: bool
    """Whether a person or an assistant said it."""


def before_each(
    index: SpaceIndex, arriving: Sequence[Message], leaving: Collection[str] = ()
) -> Mapping[str, str | None]:
    """Return what comes before each message that a change touches.

    Args:
        index: the space before the change.
        arriving: messages that are added.
        leaving: ids of messages that are removed.

    Returns:
        For each arriving message, and for each message that stays and gets another one before it, the id of the
        message before it, or None.
    """
    changed: dict[str, str | None] = {}
    leaving_by_session = _leaving(index, leaving)
    for session in dict.fromkeys([*(one.session for one in arriving), *leaving_by_session]):
        fresh = [_turn(one) for one in arriving if one.session == session]
        gone = leaving_by_session.get(session, {})
        touched = {one.key for one in fresh} | set(gone.values())
        old = _around(index, session, min(touched)[0], max(touched)[0])
        new = sorted([*(one for one in old if one.id not in gone), *fresh], key=lambda one: one.key)
        fresh_ids = {one.id for one in fresh}
        for one in _affected(new, touched):
            before = _before(new, one, session)
            if one.id in fresh_ids or before != _before(old, one, session):
                changed[one.id] = before
    return changed


def all_before(index: SpaceIndex) -> Mapping[str, str | None]:
    """Return what comes before every message of a space."""
    found: dict[str, str | None] = {}
    for session in dict.fromkeys(index.sessions):
        turns = _around(index, session, int(index.said_at.min()), int(index.said_at.max()))
        found |= {one.id: _before(turns, one, session) for one in turns}
    return found


def _leaving(index: SpaceIndex, leaving: Collection[str]) -> dict[str | None, dict[str, Key]]:
    """Return the ids of what leaves, with their keys, by session."""
    found: dict[str | None, dict[str, Key]] = {}
    if leaving:
        for place in np.flatnonzero(index.among(leaving)).tolist():
            key = (int(index.said_at[place]), int(index.turn[place]))
            found.setdefault(index.sessions[place], {})[index.id_at(place)] = key
    return found


def _around(index: SpaceIndex, session: str | None, first: int, last: int) -> list[Turn]:
    """Return the messages of a session from a pause before one time to the next message after another, in order."""
    own = index.in_session(session)
    later = index.said_at[own & (index.said_at > last)]
    upto = int(later.min()) if len(later) else last
    places: NDArray[np.int64] = np.flatnonzero(own & (index.said_at >= first - LONGEST_PAUSE) & (index.said_at <= upto))
    order = places[np.lexsort((index.turn[places], index.said_at[places]))]
    times: list[int] = index.said_at[order].tolist()
    turns: list[int] = index.turn[order].tolist()
    roles: list[int] = index.role[order].tolist()
    return [
        Turn((time, turn), index.id_at(place), role in _SPOKEN)
        for place, time, turn, role in zip(order.tolist(), times, turns, roles, strict=True)
    ]


def _turn(message: Message) -> Turn:
    key = (to_micros(message.said_at), message.turn)
    return Turn(key, message.id, message.role in ("user", "assistant"))


def _affected(turns: Sequence[Turn], touched: Collection[Key]) -> Iterator[Turn]:
    """Yield the messages at the touched places, and those right after them."""
    keys = [one.key for one in turns]
    seen: set[int] = set()
    for key in sorted(touched):
        place = bisect_left(keys, key)
        after = None
        while place < len(turns) and (keys[place] == key or after in (None, keys[place])):
            if keys[place] != key:
                after = keys[place]
            if place not in seen:
                seen.add(place)
                yield turns[place]
            place += 1


def _before(turns: Sequence[Turn], one: Turn, session: str | None) -> str | None:
    place = bisect_left(turns, one.key, key=lambda other: other.key) - 1
    if place < 0 or (place and turns[place - 1].key == turns[place].key) or not turns[place].spoken:
        return None
    pause = LONGEST_PAUSE if session is not None else LONGEST_PAUSE_WITHOUT_SESSION
    return turns[place].id if one.key[0] - turns[place].key[0] <= pause else None
