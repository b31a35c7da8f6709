"""Cases of Microsoft's Recognizers-Text: an input, when it was said, and the time expressions in it with their values.

Takes the files of its parsers (DateParser, DatePeriodParser, DateTimeParser, DurationParser). What is claimed as
supported is a rule over a case's own resolution, not over what is found: it expects one expression or more, each of a
known type, with a value that the calendar has. A season without dates and 30 February are left out, and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.errors import InvalidInput

EXPECTED = "Recognizers-Text: a list of {Input, Context: {ReferenceDateTime}, Results: [{Text, Type, Start, Value}]}"
ZONE = ZoneInfo("UTC")
SUPPORTED = ("date", "daterange", "datetime", "duration")
_KEYS = {"date": ("date",), "datetime": ("dateTime",), "daterange": ("startDate", "endDate"), "duration": ("duration",)}
_SAID_AT = datetime(2016, 11, 7, tzinfo=ZONE)
"""When a case was said that does not tell: the time of most of the others."""

Value = tuple[datetime | None, datetime | None] | float
"""The start and the end of a stretch, or a length in seconds."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An expression: its characters [start, end), its type and the values that count as right."""

    start: int
    end: int
    type: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One input with what is expected of it."""

    text: str
    at: datetime
    expected: Sequence[Expected]


def load(path: Path) -> tuple[Sequence[Case], Mapping[str, int]]:
    """Read a file; return the supported cases, and how many were left out and why.

    Raises:
        InvalidInput: the file is not of this structure.
    """
    text = fields.read_text(path).removeprefix("\ufeff")
    given = fields.parse(text, where=path.name, expected=EXPECTED)
    cases: list[Case] = []
    left_out: dict[str, int] = {}
    for where, record in fields.records(given, path.name):
        case = _case(record, where)
        if isinstance(case, str):
            left_out[case] = left_out.get(case, 0) + 1
        else:
            cases.append(case)
    return cases, left_out


def _case(record: Record, where: str) -> Case | str:
    results = fields.records(record.get("Results"), f"{where}.Results")
    if not results:
        return "nothing of the file's type is expected"
    expected: list[Expected] = []
    for place, result in results:
        one = _expected(result, place)
        if isinstance(one, str):
            return one
        expected.append(one)
    context = fields.record(record.get("Context", {}), f"{where}.Context")
    said = context.get("ReferenceDateTime")
    at = _instant(said) if isinstance(said, str) else _SAID_AT
    return Case(fields.string(record, "Input", where), at or _SAID_AT, expected)


def _expected(result: Record, where: str) -> Expected | str:
    kind = fields.string(result, "Type", where)
    if kind not in SUPPORTED:
        return f"the type {kind}"
    value = fields.record(result.get("Value"), f"{where}.Value")
    sides = [fields.record(value.get(side, {}), where) for side in ("FutureResolution", "PastResolution")]
    values = [found for side in sides if (found := _value(side, kind)) is not None]
    if not values:
        return "an expression without a value that the calendar has"
    start, length = result.get("Start"), result.get("Length")
    if not isinstance(start, int) or not isinstance(length, int):
        raise InvalidInput(f"{where}: Start and Length must be numbers. Expected {EXPECTED}")
    return Expected(start, start + length, kind, tuple(values))


def _value(side: Record, kind: str) -> Value | None:
    given = [side.get(key) for key in _KEYS[kind]]
    if kind == "duration":
        return float(given[0]) if isinstance(given[0], str) else None
    found = [_instant(one) if isinstance(one, str) else None for one in given]
    if not any(found):
        return None
    return found[0], found[1] if len(found) > 1 else None


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if found.year == 1 else found.replace(tzinfo=ZONE)
