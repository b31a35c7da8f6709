"""What goes into a system's process and what comes out of it: two JSON files.

Both ends read with the same checks as other people's files, since one of them runs among a peer's packages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.bench.peers.port import Said

_EXPECTED = "a file that satchel bench peers wrote"
_TIMES = ("add", "search", "own_add", "own_search")


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, and the questions that are put to it."""

    id: str
    turns: Sequence[Said]
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Request:
    """What a system has to do: remember every conversation turn by turn, then answer its questions."""

    adapter: str
    packages: Sequence[str]
    """Packages whose versions are wanted."""
    limit: int
    """Hits asked for in the searches that are timed."""
    deep: int
    """Hits asked for once more, not timed, to fill a context of `budget` tokens."""
    budget: int
    talks: Sequence[Talk]


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of turns for one question."""

    hits: Sequence[str]
    deep: Sequence[str]
    composed: Sequence[str] | None
    """Those in the context that the system makes itself; None where it makes none."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each call: with the embedding model, and of the same calls with its vectors remembered."""

    add: Sequence[float]
    search: Sequence[float]
    own_add: Sequence[float]
    own_search: Sequence[float]


@dataclass(frozen=True, slots=True)
class Response:
    """What a system did."""

    answers: Mapping[str, Sequence[Answer]]
    """By conversation, in the order of its questions."""
    times: Times
    bytes: int
    """On disk, after it was closed."""
    versions: Mapping[str, str]
    warnings: Sequence[str]
    """What the system or its packages said, each once."""


def write(path: Path, given: Request | Response) -> None:
    """Write a request or a response."""
    path.write_text(json.dumps(asdict(given), default=_text), encoding="utf-8")


def read_request(path: Path) -> Request:
    """Read a request."""
    given = _read(path)
    return Request(
        adapter=fields.name(given, "adapter", path.name),
        packages=fields.strings(given.get("packages"), f"{path.name}.packages"),
        limit=int(fields.number(given, "limit", path.name)),
        deep=int(fields.number(given, "deep", path.name)),
        budget=int(fields.number(given, "budget", path.name)),
        talks=[_talk(one, where) for where, one in fields.records(given.get("talks"), f"{path.name}.talks")],
    )


def read_response(path: Path) -> Response:
    """Read a response."""
    given, name = _read(path), path.name
    times = fields.record(given.get("times"), f"{name}.times")
    versions = fields.record(given.get("versions"), f"{name}.versions")
    return Response(
        answers={
            talk: [_answer(one, where) for where, one in fields.records(answers, f"{name}.answers.{talk}")]
            for talk, answers in fields.record(given.get("answers"), f"{name}.answers").items()
        },
        times=Times(**{kind: _numbers(times, kind, f"{name}.times") for kind in _TIMES}),
        bytes=int(fields.number(given, "bytes", name)),
        versions={one: fields.string(versions, one, f"{name}.versions") for one in versions},
        warnings=fields.strings(given.get("warnings"), f"{name}.warnings"),
    )


def _read(path: Path) -> Record:
    return fields.record(fields.parse(fields.read_text(path), where=path.name, expected=_EXPECTED), path.name)


def _talk(given: Record, where: str) -> Talk:
    return Talk(
        id=fields.name(given, "id", where),
        turns=[_said(one, place) for place, one in fields.records(given.get("turns"), f"{where}.turns")],
        questions=fields.strings(given.get("questions"), f"{where}.questions"),
    )


def _said(given: Record, where: str) -> Said:
    return Said(
        id=fields.name(given, "id", where),
        text=fields.string(given, "text", where),
        speaker=fields.string(given, "speaker", where),
        session=fields.string(given, "session", where),
        at=datetime.fromisoformat(fields.string(given, "at", where)),
    )


def _answer(given: Record, where: str) -> Answer:
    composed = given.get("composed")
    return Answer(
        hits=fields.strings(given.get("hits"), f"{where}.hits"),
        deep=fields.strings(given.get("deep"), f"{where}.deep"),
        composed=None if composed is None else fields.strings(composed, f"{where}.composed"),
    )


def _numbers(given: Record, key: str, where: str) -> Sequence[float]:
    numbers = fields.items(given.get(key), f"{where}.{key}")
    return [fields.number({key: one}, key, where) for one in numbers]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an exchange")
