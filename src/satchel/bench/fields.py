"""Reading values out of other people's JSON: each has the expected type, or an error names where and what was expected.

`where` is the place in the file for the message, such as "locomo10.json: [3].qa[7]".
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from satchel.errors import InvalidInput

Record = Mapping[str, object]


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); give the path of a benchmark file") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} is not text in UTF-8; give the path of a benchmark file") from None


def parse(text: str, *, where: str, expected: str) -> object:
    """Return what a JSON text says."""
    try:
        return cast(object, json.loads(text))
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{where} is not JSON ({error}); expected {expected}") from None
    except RecursionError:
        raise InvalidInput(f"{where} is nested too deeply; expected {expected}") from None


def lines(path: Path, *, expected: str) -> Sequence[tuple[str, Record]]:
    """Return the objects of a file of JSON lines, each with its place; empty lines are left out."""
    numbered = ((f"{path.name}:{n}", line) for n, line in enumerate(read_text(path).split("\n"), 1) if line.strip())
    return [(where, record(parse(line, where=where, expected=expected), where)) for where, line in numbered]


def optional(given: Record, key: str, where: str) -> str | None:
    """Return a string, or None where there is none."""
    return None if given.get(key) is None else string(given, key, where)


def record(value: object, where: str) -> Record:
    """Return an object."""
    if not isinstance(value, dict):
        raise _unexpected("an object", value, where)
    return cast(Record, value)


def records(value: object, where: str) -> Sequence[tuple[str, Record]]:
    """Return the objects of a list, each with its place."""
    return [(f"{where}[{i}]", record(one, f"{where}[{i}]")) for i, one in enumerate(items(value, where))]


def items(value: object, where: str) -> Sequence[object]:
    """Return the items of a list."""
    if not isinstance(value, list):
        raise _unexpected("a list", value, where)
    return cast(Sequence[object], value)


def string(given: Record, key: str, where: str) -> str:
    """Return a string; an empty one is allowed."""
    return _string(given.get(key), f"{where}.{key}")


def name(given: Record, key: str, where: str) -> str:
    """Return a string that is not empty and can be printed."""
    return checked_name(given.get(key), f"{where}.{key}")


def checked_name(value: object, where: str) -> str:
    """Return a value that is a string, not empty, and can be printed."""
    text = _string(value, where)
    if not text.strip() or not text.isprintable():
        raise InvalidInput(f"{where}: expected a name, got {text[:40]!r}")
    return text


def number(given: Record, key: str, where: str) -> float:
    """Return a number."""
    value = given.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _unexpected("a number", value, f"{where}.{key}")
    return value


def strings(value: object, where: str) -> Sequence[str]:
    """Return the strings of a list."""
    return [_string(one, f"{where}[{i}]") for i, one in enumerate(items(value, where))]


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _unexpected("a string", value, where)
    return value.encode(errors="replace").decode()


def _unexpected(expected: str, value: object, where: str) -> InvalidInput:
    got = "nothing" if value is None else type(value).__name__
    return InvalidInput(f"{where}: expected {expected}, got {got}")
