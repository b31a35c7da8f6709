"""Short ways to say what a text is read as."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from satchel.extract.time import Expression, Tense, expressions, resolve

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2024, 3, 13, 12, 0, tzinfo=UTC)


def found(
    text: str, *, at: datetime = WEDNESDAY, zone: ZoneInfo = BERLIN, tense: Tense | None = None
) -> list[tuple[str, str, str | None, str | None]]:
    """Return for each expression its words, its kind, and the prefixes of its first and last unit."""
    return [_shown(text, one, zone) for one in expressions(text, at=at, zone=zone, tense=tense)]


def words(text: str, *, at: datetime = WEDNESDAY) -> list[str]:
    """Return the words of each expression."""
    return [text[one.start : one.end] for one in expressions(text, at=at, zone=BERLIN)]


def days(
    text: str, *, at: datetime = WEDNESDAY, zone: ZoneInfo = BERLIN, tense: Tense | None = None
) -> tuple[str | None, str | None]:
    """Return the first and the last unit of the only expression."""
    (only,) = found(text, at=at, zone=zone, tense=tense)
    return only[2], only[3]


def day(text: str, *, at: datetime = WEDNESDAY, zone: ZoneInfo = BERLIN, tense: Tense | None = None) -> str | None:
    """Return the first unit of the only expression."""
    return days(text, at=at, zone=zone, tense=tense)[0]


def known(phrase: str, *, at: datetime = WEDNESDAY, tense: Tense | None = None) -> Expression:
    """Return what a phrase means that is a time."""
    read = resolve(phrase, at=at, zone=BERLIN, tense=tense)
    assert read is not None
    return read


def known_day(phrase: str, *, at: datetime = WEDNESDAY, tense: Tense | None = None) -> str | None:
    """Return the first unit of a phrase that is a time."""
    interval = known(phrase, at=at, tense=tense).interval
    return None if interval is None else interval.first(BERLIN)


def _shown(text: str, one: Expression, zone: ZoneInfo) -> tuple[str, str, str | None, str | None]:
    interval = one.interval
    ends = (None, None) if interval is None else (interval.first(zone), interval.last(zone))
    return text[one.start : one.end], one.kind.value, *ends
