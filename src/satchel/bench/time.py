"""How many time expressions are found, and read right, in the cases of Recognizers-Text.

Three readers are measured on the same cases: Satchel's own, and dateparser and parsedatetime where they are installed.
Either reading of an ambiguous expression counts, so a reader is asked once for the past and once for the future. A
stretch's end counts in both conventions: the last day in it, or the day after. A word such as "on" or "the" before an
expression makes no difference to its place.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypedDict, cast

from satchel.bench import time_rivals
from satchel.bench.machine import Provenance, provenance
from satchel.bench.tables import Table
from satchel.bench.time_cases import SUPPORTED, ZONE, Case, Expected, Value, load
from satchel.errors import InvalidInput
from satchel.extract.time import Expression, Kind, Precision, Tense, expressions

FILES = ("DateParser.json", "DatePeriodParser.json", "DateTimeParser.json", "DurationParser.json")
FORMAT = 1
TENSES: tuple[Tense, ...] = ("future", "past")
_LEAD = re.compile(r"(?:(?:on|in|at|the|for|during|by|of|with|a|an)\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader found: the characters [start, end), and every value that it may mean."""

    start: int
    end: int
    values: tuple[Value, ...]


Reader = Callable[[str, datetime, str], Sequence[Answer]]
"""Reads a text that was said at a time, looking for one type."""


class Score(TypedDict):
    """How many of the expected expressions were found at their place, read right, and both; and the time per text."""

    file: str
    reader: str
    expressions: int
    placed: int
    right: int
    both: int
    ms: float


class Result(TypedDict):
    """The result of the benchmark of time expressions."""

    format: int
    benchmark: str
    provenance: Provenance
    settings: Mapping[str, str]
    rows: Sequence[Score]
    left_out: Mapping[str, Mapping[str, int]]


def measure(path: Path) -> Result:
    """Let every reader read every case of the files in a folder.

    Raises:
        InvalidInput: the folder has none of the files.
    """
    files = [path / name for name in FILES if (path / name).is_file()]
    if not files:
        raise InvalidInput(f"{path} has none of {', '.join(FILES)}; give the folder with Recognizers-Text's cases")
    loaded = {file.stem: load(file) for file in files}
    readers: Mapping[str, Reader] = {"satchel": own, **time_rivals.installed()}
    every = {
        **{name: cases for name, (cases, _) in loaded.items()},
        "all": [one for found, _ in loaded.values() for one in found],
    }
    return Result(
        format=FORMAT,
        benchmark="time",
        provenance=provenance(),
        settings={"supported": ", ".join(SUPPORTED), **time_rivals.versions()},
        rows=[score(name, cases, reader, read) for name, cases in every.items() for reader, read in readers.items()],
        left_out={name: reasons for name, (_, reasons) in loaded.items()},
    )


def read_time(path: Path) -> Result:
    """Read a result file of this benchmark."""
    return cast(Result, json.loads(path.read_text(encoding="utf-8")))


def tables(result: Result) -> list[Table]:
    """Return the tables of a result: the shares by file and reader, and what was left out."""
    heads = ("file", "reader", "expressions", "place and value %", "value %", "place %", "ms a text")
    rows = [
        [row["file"], row["reader"], f"{row['expressions']:,}", *_shares(row), f"{row['ms']:.2f}"]
        for row in result["rows"]
    ]
    left_out = [
        [name, reason, str(count)] for name, each in result["left_out"].items() for reason, count in each.items()
    ]
    return [
        Table("Time expressions read right", heads, rows),
        Table(f"Left out; supported: {result['settings']['supported']}", ("file", "why", "cases"), left_out),
    ]


def _shares(row: Score) -> list[str]:
    return [f"{100 * part / max(row['expressions'], 1):.1f}" for part in (row["both"], row["right"], row["placed"])]


def score(file: str, cases: Sequence[Case], reader: str, read: Reader) -> Score:
    """Let a reader read cases."""
    placed = right = both = 0
    asked = [(case, expected) for case in cases for expected in case.expected]
    began = perf_counter()
    for case, expected in asked:
        answers = read(case.text, case.at, expected.type)
        here = [one for one in answers if _same_place(case.text, one, expected)]
        overlapping = [one for one in answers if one.start < expected.end and expected.start < one.end]
        placed += bool(here)
        both += any(_is_right(one, expected) for one in here)
        right += any(_is_right(one, expected) for one in overlapping)
    ms = 1000 * (perf_counter() - began) / max(len(asked), 1)
    return Score(file=file, reader=reader, expressions=len(asked), placed=placed, right=right, both=both, ms=ms)


def own(text: str, at: datetime, kind: str) -> Sequence[Answer]:
    """Read with Satchel's own grammar."""
    found: dict[tuple[int, int], list[Value]] = {}
    for tense in TENSES:
        for one in expressions(text, at=at, zone=ZONE, tense=tense):
            found.setdefault((one.start, one.end), []).extend(_own_values(one, kind))
    return [Answer(start, end, tuple(values)) for (start, end), values in found.items()]


def _own_values(found: Expression, kind: str) -> list[Value]:
    if kind == "duration":
        return [0.0 if found.length is None else found.length.seconds]
    interval = found.interval
    if interval is None:
        return [(None, None)]
    start = None if interval.start is None else interval.start.at.astimezone(ZONE)
    end = None if interval.end is None else interval.end.at.astimezone(ZONE)
    values: list[Value] = [(start, end)]
    if found.kind is Kind.SPAN and end is not None and interval.end is not None:
        # The cases end a span where its last unit begins: "from 2014 to 2018" at 2018-01-01.
        values.append((start, _unit_start(end, interval.end.precision)))
    return values


def _unit_start(end: datetime, precision: Precision) -> datetime:
    last = end - timedelta(days=1)
    if precision is Precision.WEEK:
        return end - timedelta(days=7)
    if precision is Precision.MONTH:
        return last.replace(day=1)
    return last.replace(month=1, day=1) if precision is Precision.YEAR else last


def _same_place(text: str, answer: Answer, expected: Expected) -> bool:
    return _core(text, answer.start, answer.end) == _core(text, expected.start, expected.end)


def _core(text: str, start: int, end: int) -> str:
    phrase = text[start:end].strip(" .,!?")
    lead = _LEAD.match(phrase)
    return (phrase if lead is None else phrase[lead.end() :]).lower()


def _is_right(answer: Answer, expected: Expected) -> bool:
    return any(_equal(one, other, expected.type) for one in answer.values for other in expected.values)


def _equal(found: Value, wanted: Value, kind: str) -> bool:
    if not isinstance(found, tuple) or not isinstance(wanted, tuple):
        return found == wanted
    if kind == "daterange":
        return _same_day(found[0], wanted[0]) and (wanted[1] is None or _same_end(found[1], wanted[1]))
    if kind == "date":
        return _same_day(found[0], wanted[0])
    return found[0] == wanted[0]


def _same_day(found: datetime | None, wanted: datetime | None) -> bool:
    return found is not None and wanted is not None and found.date() == wanted.date()


def _same_end(found: datetime | None, wanted: datetime) -> bool:
    return _same_day(found, wanted) or (found is not None and _same_day(found - timedelta(days=1), wanted))
