"""The written stores and questions: what is in `written/`, as values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MESSAGE = re.compile(r"(\d+) \| ([^|]+?) \| (\d{4}-\d\d-\d\d) \| (.+)")
_QUESTION = re.compile(r"\? (.+?) \| ([\d ,]+)")
_OWN = frozenset(("user", "assistant"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the places in its store of all messages that answer it."""

    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """What was said, as search reads it (with the speaker's name before the words), and questions about it."""

    name: str
    messages: tuple[str, ...]
    questions: tuple[Asked, ...]


def read_stores(folder: Path) -> list[Store]:
    """Read the stores of a folder and of those below it; a question whose evidence is not there is an error."""
    return [
        _store(f"{file.parent.name}/{file.stem}:{number}", part)
        for file in sorted(folder.rglob("*.txt"))
        for number, part in enumerate(file.read_text("utf-8").split("=== ")[1:])
    ]


def _store(name: str, text: str) -> Store:
    lines = [line.strip() for line in text.splitlines()[1:] if line.strip()]
    said = [found.groups() for line in lines if (found := _MESSAGE.fullmatch(line))]
    asked = [found.groups() for line in lines if (found := _QUESTION.fullmatch(line))]
    if len(said) + len(asked) != len(lines):
        odd = next(line for line in lines if not _MESSAGE.fullmatch(line) and not _QUESTION.fullmatch(line))
        raise ValueError(f"{name}: {odd[:80]!r} is neither a message nor a question")
    places = {number: place for place, (number, *_) in enumerate(said)}
    return Store(
        name,
        tuple(words if speaker.lower() in _OWN else f"{speaker}: {words}" for _, speaker, _, words in said),
        tuple(Asked(words, _evidence(name, numbers, places)) for words, numbers in asked),
    )


def _evidence(name: str, numbers: str, places: dict[str, int]) -> tuple[int, ...]:
    wanted = re.findall(r"\d+", numbers)
    if missing := [one for one in wanted if one not in places]:
        raise ValueError(f"{name}: there is no message {missing[0]}")
    return tuple(dict.fromkeys(places[one] for one in wanted))


def read_pairs(folder: Path) -> list[tuple[str, str]]:
    """Read (question, message) from `questions/` and `messages/`, which have files of the same names."""
    messages = {
        number: f"{who.removeprefix('user ')}: {words}" if who.startswith("user ") else words
        for file in sorted((folder / "messages").glob("*.txt"))
        for number, who, words in (line.split(" | ", 2) for line in file.read_text("utf-8").splitlines())
    }
    lines = [
        line.split(" | ", 1)
        for file in sorted((folder / "questions").glob("*.txt"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return [(words, messages[number.strip()]) for number, words in lines]


def set_aside(stores: Sequence[Store]) -> tuple[list[Store], list[Store]]:
    """Return the stores to train on, and every tenth, to choose by."""
    return [one for at, one in enumerate(stores) if at % 10 != 4], [
        one for at, one in enumerate(stores) if at % 10 == 4
    ]
