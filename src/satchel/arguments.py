"""The arguments of the public verbs, checked: what is wrong is named, and nothing happens."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from satchel.asking import Clocks
from satchel.errors import InvalidInput, NotFound
from satchel.extract.instants import read_bound, to_micros
from satchel.model import Kind, Role
from satchel.retrieve.block import ROLES
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter

Instant = datetime | date | str
"""An aware datetime or RFC 3339 string; in filters also a date, which means that whole day in UTC."""

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")

MAX_QUERY = 100_000
MAX_LIMIT = 10_000


def clocks_of(as_of: Instant | None, known_at: Instant | None) -> Clocks:
    """Return the two times that a question is asked of."""
    return Clocks(
        as_of=None if as_of is None else to_micros(read_bound(as_of, name="as_of", end="last")),
        known_at=None if known_at is None else to_micros(read_bound(known_at, name="known_at", end="last")),
    )


def choice_of(
    ids: Sequence[str] | None, session: str | None, before: int | None
) -> Callable[[SpaceIndex], NDArray[np.bool_]]:
    """Return which messages of an index are meant."""

    def choose(index: SpaceIndex) -> NDArray[np.bool_]:
        chosen = np.ones(len(index), bool)
        if ids is not None:
            chosen &= index.among(ids)
            if int(chosen.sum()) < len(ids):
                missing = sorted(set(ids) - {index.id_at(i) for i in np.flatnonzero(chosen).tolist()})
                raise NotFound(f"no message {missing[0]} in this space; nothing was forgotten")
        if session is not None:
            chosen &= index.where("session", session)
        if before is not None:
            chosen &= index.said_at < before
        return chosen

    return choose


def filter_of(
    *,
    session: str | None,
    agent: str | None,
    app: str | None,
    speaker: str | None,
    role: Role | None,
    since: Instant | None,
    until: Instant | None,
    as_of: Instant | None,
    known_at: Instant | None,
) -> Filter:
    """Return which messages may be recalled."""
    if role is not None and role not in ROLES:
        raise InvalidInput(f"role={role!r}: use user, assistant, system or tool")
    return Filter(
        session=None if session is None else text_of(session, "session"),
        agent=None if agent is None else text_of(agent, "agent"),
        app=None if app is None else text_of(app, "app"),
        speaker=None if speaker is None else text_of(speaker, "speaker"),
        role=role,
        since=None if since is None else to_micros(read_bound(since, name="since", end="first")),
        until=None if until is None else to_micros(read_bound(until, name="until", end="last")),
        as_of=None if as_of is None else to_micros(read_bound(as_of, name="as_of", end="last")),
        known_at=None if known_at is None else to_micros(read_bound(known_at, name="known_at", end="last")),
    )


def week_day_of(value: object, name: str) -> datetime:
    """Return a moment in a week that is given by its ISO name, such as 2026-W12, a date or a time."""
    if isinstance(value, str) and (match := _WEEK.fullmatch(value.strip())):
        try:
            return datetime.fromisocalendar(int(match[1]), int(match[2]), 3).replace(hour=12, tzinfo=UTC)
        except ValueError:
            raise InvalidInput(f"{name}={value!r} is no week of the calendar") from None
    return read_bound(value, name=name, end="first")


def kinds_of(kinds: Sequence[Kind] | None) -> frozenset[Kind]:
    """Return the kinds of records that are wanted."""
    if kinds is None:
        return frozenset(get_args(Kind))
    listed = isinstance(kinds, Sequence) and not isinstance(kinds, str)  # pyright: ignore[reportUnnecessaryIsInstance]
    if not listed or any(kind not in get_args(Kind) for kind in kinds):
        raise InvalidInput(f"kinds={kinds!r}: give a list of {', '.join(get_args(Kind))}")
    return frozenset(kinds)


def query_of(query: object) -> str:
    """Return a query."""
    text = text_of(query, "query")
    if len(text) > MAX_QUERY:
        raise InvalidInput(f"query has {len(text):,} characters; the limit is {MAX_QUERY:,}")
    return text


def text_of(value: object, name: str) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"{name} must be a non-empty string")
    return value.encode(errors="replace").decode()


def ids_of(given: str | Sequence[str]) -> tuple[str, ...]:
    """Return ids, each once."""
    if not isinstance(given, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(f"give the id of a message, or a list of ids, not {type(given).__name__}")
    ids = (given,) if isinstance(given, str) else tuple(given)
    if not ids:
        raise InvalidInput("the list of ids to forget is empty")
    return tuple(dict.fromkeys(text_of(one, "id") for one in ids))


def count_of(value: object, name: str, most: int) -> int:
    """Return a whole number from 1 to `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise InvalidInput(f"{name} must be a whole number from 1 to {most:,}")
    return value
