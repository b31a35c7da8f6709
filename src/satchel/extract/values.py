"""The form of values: the words that carry them, whether they can be one, and their normal form."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from satchel.extract.time import resolve
from satchel.extract.words import listed, ordered
from satchel.tagged import Stand

_LEADING = re.compile(r"(?:(?:a|an|my|our|some|his|her|their)\s+|[\s\"'“”\u2018(\[*_-]+)+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s\"'“”’,.;:!?)\]*_-]+$")
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DANGLING = re.compile(
    r"(?:\s+(?:with|in|at|from|to|of|for|on|by|and|or|but|the|a|an|my|our|is|near|as))+$", re.IGNORECASE
)
_SHAPES = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.\w+"),
    "phone": re.compile(r"\+?[\d(][\d\s().-]{4,}\d|\d{3,}"),
    "age": re.compile(r"\d|\b(?:" + "|".join((*listed("numbers"), *_TENS)) + r"|newborn|teen)", re.IGNORECASE),
    "salary": re.compile(
        r"\d|\b(?:hundred|thousand|grand|million|minimum wage|" + "|".join(_TENS) + r")", re.IGNORECASE
    ),
}
_WHOLE = frozenset(("instruction", "said", "goal"))


def minimal(words: str, stand: Stand, attribute: str) -> Stand:
    """Return the place of a value without what surrounds it: articles, quotation marks, a final stop."""
    lead = _LEADING.match(words)
    start = lead.end() if lead and lead.end() < len(words) and attribute not in _WHOLE else 0
    trail = _TRAILING.search(words)
    end = trail.start() if trail and trail.start() > start else len(words)
    dangling = None if attribute in _WHOLE else _DANGLING.search(words, start, end)
    end = dangling.start() if dangling and dangling.start() > start else end
    if words[start - 1 : start] == "(" and words[start:end].count(")") > words[start:end].count("("):
        start -= 1
    if words[start:end].count("(") > words[start:end].count(")") and words[end : end + 1] == ")":
        end += 1
    return Stand(stand.start + start, stand.start + end, stand.in_context)


def plausible(attribute: str, value: str) -> bool:
    """Whether a text can be a value of the attribute."""
    if not value.strip() or value.casefold() in listed("empty") or len(value) > 300:  # noqa: PLR2004
        return False
    shape = _SHAPES.get(attribute)
    return shape is None or shape.search(value) is not None


def normal_form(attribute: str, value: str, *, at: datetime, zone: ZoneInfo) -> str | None:
    """Return a value in a normal form: an ISO date or month, a number in digits; None where it has none."""
    if attribute == "birthday":
        found = resolve(value, at=at, zone=zone, tense="past")
        return found.interval.first(zone) if found is not None and found.interval is not None else None
    if attribute == "age":
        return _number(value)
    return None


def _number(value: str) -> str | None:
    digits = re.search(r"\d+", value)
    if digits:
        return digits[0]
    numbers = {word: number for number, word in enumerate(ordered("numbers"))} | _TENS
    parts = [numbers[word] for word in re.split(r"[\s-]+", value.casefold()) if word in numbers]
    return str(sum(parts)) if parts else None
