"""Claims as callers see them: with names in place of mentions, and datetimes in place of microseconds."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from satchel.extract.claim import Claim as Found
from satchel.extract.claim import Moment, Reading
from satchel.extract.instants import from_micros
from satchel.extract.time.interval import Precision
from satchel.model import Claim
from satchel.truth.entities import USER


def public_claims(readings: Iterable[Reading]) -> Iterator[Claim]:
    """Yield every claim of some readings."""
    return (_public(one) for reading in readings for one in reading.claims if one.value)


def _public(one: Found) -> Claim:
    return Claim(
        subject=one.subject.text or USER,
        attribute=one.attribute,
        value=one.value,
        qualifier=one.qualifier,
        polarity=one.polarity,
        modality=one.modality,
        stance=one.stance,
        valid_from=instant(one.begins),
        valid_to=instant(one.ends),
        sources=one.sources,
    )


def instant(moment: Moment | None) -> datetime | None:
    """Return a moment as a datetime; None when it is not known."""
    if moment is None or moment.precision is Precision.UNKNOWN:
        return None
    return at_most(moment.at)


def at_most(micros: int) -> datetime:
    """Return a time as a datetime, and one that lies outside the calendar as the end of it."""
    try:
        return from_micros(micros)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC) if micros < 0 else datetime(9999, 12, 31, tzinfo=UTC)
