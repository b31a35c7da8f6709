"""The files of truth suites, in the format of `shared/data/truth`: dialogues, and what must follow from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.errors import InvalidInput
from satchel.extract.instants import read_instant
from satchel.model import Role

_EXPECTED = "a truth suite: lines of {id, tags, messages, checks}"


@dataclass(frozen=True, slots=True)
class Expected:
    """A value that must hold, and prefixes of the ISO dates of its bounds."""

    value: str
    begins: str | None
    ends: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One check."""

    subject: str
    attribute: str
    qualifier: str | None
    as_of: str | None
    known_at: str | None
    forget: tuple[str, ...]
    expect: tuple[Expected, ...]
    reject: tuple[str, ...]


class Said(TypedDict):
    """One message of a dialogue, as it is in the file."""

    id: str
    role: Role
    name: str | None
    content: str
    at: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One dialogue with its checks."""

    id: str
    tags: tuple[str, ...]
    messages: tuple[Said, ...]
    checks: tuple[Question, ...]


def load(path: Path) -> list[Scenario]:
    """Read a suite.

    Raises:
        InvalidInput: the file is not one.
    """
    found = [_scenario(entry, where) for where, entry in fields.lines(path, expected=_EXPECTED)]
    if not found:
        raise InvalidInput(f"{path} has no scenario; expected {_EXPECTED}")
    return found


def _scenario(entry: Record, where: str) -> Scenario:
    messages = tuple(_said(one, place) for place, one in fields.records(entry.get("messages"), f"{where}.messages"))
    checks = tuple(_check(one, place) for place, one in fields.records(entry.get("checks"), f"{where}.checks"))
    if not messages:
        raise InvalidInput(f"{where}.messages: expected at least one")
    unknown = {one for check in checks for one in check.forget} - {one["id"] for one in messages}
    if unknown:
        raise InvalidInput(f"{where}: no message {', '.join(sorted(unknown))} to forget")
    tags = tuple(fields.strings(entry.get("tags", []), f"{where}.tags"))
    return Scenario(id=fields.name(entry, "id", where), tags=tags, messages=messages, checks=checks)


def _said(entry: Record, where: str) -> Said:
    role = fields.string(entry, "role", where)
    if role not in ("user", "assistant"):
        raise InvalidInput(f"{where}.role: expected user or assistant, got {role!r}")
    said = Said(
        id=fields.name(entry, "id", where),
        role=cast(Role, role),
        name=fields.optional(entry, "name", where),
        content=fields.string(entry, "content", where),
        at=fields.string(entry, "at", where),
    )
    read_instant(said["at"], name=f"{where}.at")
    return said


def _check(entry: Record, where: str) -> Question:
    return Question(
        subject=fields.string(entry, "subject", where),
        attribute=fields.string(entry, "attribute", where),
        qualifier=fields.optional(entry, "qualifier", where),
        as_of=fields.optional(entry, "as_of", where),
        known_at=fields.optional(entry, "known_at", where),
        forget=tuple(fields.strings(entry.get("forget", []), f"{where}.forget")),
        expect=tuple(_value(one, place) for place, one in fields.records(entry.get("expect", []), f"{where}.expect")),
        reject=tuple(fields.strings(entry.get("reject", []), f"{where}.reject")),
    )


def _value(entry: Record, where: str) -> Expected:
    return Expected(
        fields.string(entry, "value", where), fields.optional(entry, "from", where), fields.optional(entry, "to", where)
    )
