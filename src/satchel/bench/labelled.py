"""Messages with hand-labelled claims, in the format of `shared/data/claims`, and which of them are set aside.

A fifth of them, blocks of 30 consecutive ids, was set aside before any rule or training. It is for counting only:
nothing here or in what uses this prints one of its messages, or writes one to a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.bench.split import Split
from satchel.bench.spoken import Spoken, spoken
from satchel.errors import InvalidInput
from satchel.extract.instants import read_instant

_EXPECTED = "labelled messages: lines of {id, role, speaker, at, context, text, claims}"


@dataclass(frozen=True, slots=True)
class Label:
    """An asserted claim, as a person labelled it."""

    subject: str
    attribute: str
    value: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with its asserted claims; `before` is what was said before it."""

    id: str
    file: str
    said: Spoken
    at: str
    before: Spoken | None
    labels: tuple[Label, ...]

    @property
    def set_aside(self) -> bool:
        """Whether it is in the fifth that nobody looks at."""
        return int(self.id.rpartition("-")[2]) // 30 % 5 == 1


def load(folder: Path, split: Split) -> list[Labelled]:
    """Read the messages of a split from every file of a folder.

    Raises:
        InvalidInput: there are none, or a line is not as expected.
    """
    found = [_labelled(entry, path.stem, where) for path in files(folder) for where, entry in _lines(path)]
    wanted = [one for one in found if split is Split.ALL or one.set_aside == (split is Split.SET_ASIDE)]
    if not wanted:
        raise InvalidInput(f"{folder} has no message of the split {split}; expected *.jsonl with {_EXPECTED}")
    return wanted


def files(folder: Path) -> Sequence[Path]:
    """Return the files of labelled messages in a folder."""
    return sorted(folder.glob("*.jsonl"))


def _lines(path: Path) -> Sequence[tuple[str, Record]]:
    return fields.lines(path, expected=_EXPECTED)


def _labelled(entry: Record, file: str, where: str) -> Labelled:
    given = fields.name(entry, "id", where)
    if not given.rpartition("-")[2].isascii() or not given.rpartition("-")[2].isdigit():
        raise InvalidInput(f"{where}.id: expected an id that ends with a number, such as a-0001")
    context = fields.optional(entry, "context", where)
    assistant = fields.string(entry, "role", where) == "assistant"
    words, name = fields.string(entry, "text", where), fields.optional(entry, "speaker", where)
    at = fields.string(entry, "at", where)
    read_instant(at, name=f"{where}.at")
    return Labelled(
        id=given,
        file=file,
        said=Spoken("assistant", None, words) if assistant else Spoken("user", name, words),
        at=at,
        before=None if context is None else spoken(context, otherwise="assistant"),
        labels=tuple(
            label
            for place, one in fields.records(entry.get("claims"), f"{where}.claims")
            if (label := _label(one, place)) is not None
        ),
    )


def _label(entry: Record, where: str) -> Label | None:
    if fields.string(entry, "modality", where) != "asserted":
        return None
    return Label(*(fields.string(entry, key, where) for key in ("subject", "attribute", "value", "polarity")))
