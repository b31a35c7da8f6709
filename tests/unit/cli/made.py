"""Facts made by hand, for drawing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from satchel.ids import named_id
from satchel.model import Fact, Source, Stance, Status, Trust

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def made(
    value: str,
    *,
    subject: str = "Maya",
    attribute: str = "lives_in",
    qualifier: str | None = None,
    status: Status = "current",
    since: str | None = None,
    until: str | None = None,
    said: str = "2026-02-01",
    precision: str = "day",
    because: str | None = None,
    conflict: bool = False,
    stance: str = "stated",
    trust: Trust = Trust.PERSON,
    sources: Sequence[Source] = (Source("m1", 0, 4),),
) -> Fact:
    assert stance == "inferred" or stance in get_args(Stance)
    return Fact(
        id=named_id("fact", subject, attribute, value, str(since)),
        subject=subject,
        attribute=attribute,
        qualifier=qualifier,
        value=value,
        text=f"{subject} {attribute.replace('_', ' ')} {value}",
        status=status,
        valid_from=at(since) if since else None,
        valid_to=at(until) if until else None,
        from_precision=precision if since else "unknown",
        to_precision=precision if until else "unknown",
        said_at=at(said),
        confirmed_at=at(said),
        conflict=conflict,
        stance=stance,  # pyright: ignore[reportArgumentType]
        trust=trust,
        sources=tuple(sources),
        because=because,
    )
