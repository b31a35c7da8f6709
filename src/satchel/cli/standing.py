"""How a fact stands in time, in words: since when, until when, whether it still holds, and what to know about it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from satchel.cli.output import one_line
from satchel.model import Fact, Trust

_DIGITS = {"month": 7, "quarter": 7, "season": 7, "year": 4, "decade": 4, "century": 4}
_DAY = 10
_STATUS = {"current": "now"}
_NOT_KNOWN = "not known"


def day(moment: datetime, precision: str = "day") -> str:
    """Return a date in UTC, no more exact than it is known: 2026-03-28, 2026-03 or 2026."""
    return moment.astimezone(UTC).isoformat()[: _DIGITS.get(precision, _DAY)]


def since(fact: Fact) -> str:
    """Return since when a fact holds; `by` a day when it held already on that day."""
    if fact.valid_from is not None:
        return day(fact.valid_from, fact.from_precision)
    over_when_said = fact.valid_to is not None and fact.valid_to <= fact.said_at
    return _NOT_KNOWN if over_when_said else f"by {day(fact.said_at)}"


def until(fact: Fact) -> str:
    """Return until when a fact held or will hold; nothing when no end is known."""
    if fact.valid_to is not None:
        return day(fact.valid_to, fact.to_precision)
    return _NOT_KNOWN if fact.status == "past" else ""


def status(fact: Fact) -> str:
    """Return in a word whether a fact holds."""
    return _STATUS.get(fact.status, fact.status)


def remarks(fact: Fact) -> Iterable[str]:
    """Give what a reader must know before believing a fact: why it is over, what speaks against it, who said it."""
    if fact.because:
        yield one_line(fact.because)
    if fact.conflict:
        yield "something else was said of the same time; what was said last counts"
    if fact.stance == "inferred":
        yield "inferred from other facts"
    if fact.stance == "corrected":
        yield "corrected"
    if fact.trust is Trust.MODEL:
        yield "said by an assistant"
    if fact.trust is Trust.UNTRUSTED:
        yield "said by a tool or a document"


def in_words(fact: Fact) -> str:
    """Return a fact as a sentence with its time."""
    ends = until(fact)
    over = f" until {ends}" if ends else ""
    planned = ", planned" if fact.status == "planned" else ""
    beginning = since(fact)
    start = beginning if beginning.startswith("by ") else f"since {beginning}"
    return f"{one_line(fact.text)} ({start}{over}{planned})"
