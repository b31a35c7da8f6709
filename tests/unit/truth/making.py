"""Readings made by hand: what was said on which day, and what a space then knows. Days count from 1 January 2025."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from satchel.extract.catalogue import builtin
from satchel.extract.claim import Claim, Joining, Mention, Moment, Reading
from satchel.extract.instants import to_micros
from satchel.extract.time.interval import Precision
from satchel.model import Fact, Modality, Polarity, Source, Stance, Trust
from satchel.truth.facts import facts
from satchel.truth.knowledge import Knowledge

ME = Mention("self", "")
LONG_AFTER = 5_000
_DAY = 86_400_000_000
_FIRST = to_micros(datetime(2025, 1, 1, tzinfo=UTC))
_NOWHERE = (Source("", 0, 0),)


def day(number: float) -> int:
    """Return a day's beginning in microseconds."""
    return _FIRST + round(number * _DAY)


def named(name: str) -> Mention:
    return Mention("name", name)


def claim(
    attribute: str,
    value: str,
    *,
    of: Mention = ME,
    begins: float | None = None,
    ends: float | None = None,
    polarity: Polarity = "holds",
    modality: Modality = "asserted",
    stance: Stance = "stated",
    qualifier: str | None = None,
    precision: Precision = Precision.DAY,
) -> Claim:
    """Return a claim whose times are days."""
    return Claim(
        subject=of,
        attribute=attribute,
        value=value,
        sources=_NOWHERE,
        qualifier=qualifier,
        polarity=polarity,
        modality=modality,
        stance=stance,
        begins=None if begins is None else Moment(day(begins), precision),
        ends=None if ends is None else Moment(day(ends), precision),
    )


def lives(value: str, **rest: object) -> Claim:
    return claim("lives_in", value, **rest)  # type: ignore[arg-type]


def left(value: str, *, ends: float | None = None) -> Claim:
    return lives(value, polarity="ended", ends=ends)


def denied(attribute: str, value: str) -> Claim:
    return claim(attribute, value, polarity="never", stance="corrected")


def said(
    on: float,
    *claims: Claim,
    known: float | None = None,
    speaker: str | None = None,
    joinings: Sequence[Joining] = (),
    trust: Trust = Trust.PERSON,
) -> Reading:
    """Return the reading of a message that was said on a day, and received on that day or on another."""
    digest = hashlib.blake2b(repr((claims, speaker, joinings)).encode(), digest_size=8).digest()
    message_id = f"{on} {digest.hex()}"
    return Reading(
        message_id=message_id,
        said_at=day(on),
        known_at=day(on if known is None else known),
        turn=0,
        digest=digest,
        role="user",
        trust=trust,
        speaker=speaker,
        claims=tuple(replace(one, sources=(Source(message_id, 0, 1),)) for one in claims),
        joinings=tuple(joinings),
    )


def knowing(*readings: Reading) -> Knowledge:
    return Knowledge(builtin(), {one.message_id: one for one in readings})


def found(
    knowledge: Knowledge, attribute: str = "lives_in", *, on: float = LONG_AFTER, past: bool = False
) -> list[Fact]:
    """Return the facts of an attribute as of a day."""
    return [one for one in facts(knowledge, as_of=day(on), past=past) if one.attribute == attribute]


def values(knowledge: Knowledge, attribute: str = "lives_in", *, on: float = LONG_AFTER) -> list[str]:
    """Return the values that hold on a day."""
    return [one.value for one in found(knowledge, attribute, on=on) if one.status == "current"]


def standing(knowledge: Knowledge, attribute: str = "lives_in", *, on: float = LONG_AFTER) -> dict[str, str]:
    """Return each value with its status on a day, past and planned ones too."""
    return {one.value: one.status for one in found(knowledge, attribute, on=on, past=True)}


def bounds(one: Fact) -> tuple[float | None, float | None]:
    """Return the days of a fact's bounds."""
    both = [None if at is None else (to_micros(at) - _FIRST) / _DAY for at in (one.valid_from, one.valid_to)]
    return both[0], both[1]


def messages(one: Fact) -> list[str]:
    return [source.message_id for source in one.sources]
