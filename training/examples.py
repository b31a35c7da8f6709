"""Labelled messages: how they are read from files, and how they are split.

Two formats: the JSON lines of `shared/data/claims`, and the text format of `claims/*.txt` here (see claims/README.md).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FLAGS = {
    "polarity": ("holds", "ended", "never"),
    "modality": ("asserted", "planned", "wished", "hypothetical", "asked", "quoted"),
    "stance": ("stated", "told", "corrected", "confirmed"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """One claim, as a person labelled it."""

    subject: str
    attribute: str
    value: str
    qualifier: str | None = None
    polarity: str = "holds"
    modality: str = "asserted"
    stance: str = "stated"
    time: str | None = None
    in_context: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its claims."""

    id: str
    role: str
    speaker: str | None
    context: str | None
    text: str
    labels: tuple[Label, ...]
    at: str = "2025-06-11T12:00:00Z"


def held_out(example_id: str) -> bool:
    """Whether a message of `shared/data/claims` is in the fifth that is never looked at: blocks of 30 ids."""
    return int(example_id.split("-")[1]) // 30 % 5 == 1


def read_jsonl(folder: Path) -> list[Example]:
    """Read the files of `shared/data/claims`."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [_from_json(row) for row in rows]


def read_text(folder: Path) -> list[Example]:
    """Read the files of `claims/`."""
    return [
        _from_block(f"{path.parent.name}/{path.stem}-{number}", block)
        for path in sorted(folder.rglob("*.txt"))
        for number, block in enumerate(_blocks(path))
    ]


def _from_json(row: dict[str, object]) -> Example:
    claims = row["claims"]
    assert isinstance(claims, list)
    labels = tuple(
        Label(
            subject=one["subject"],
            attribute=one["attribute"],
            value=one["value"],
            qualifier=one["qualifier"],
            polarity=one["polarity"],
            modality=one["modality"],
            stance=one["stance"],
            time=one.get("time"),
            in_context=bool(one.get("value_in")),
        )
        for one in claims
    )
    return Example(row["id"], row["role"], row["speaker"], row["context"], row["text"], labels, row["at"])  # type: ignore[arg-type]


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in path.read_text().splitlines():
        if line.startswith("@") and block:
            yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _from_block(example_id: str, block: list[str]) -> Example:
    head = block[0].split(" ", 2)
    context = "\n".join(line[2:] for line in block if line.startswith("< ")) or None
    text = "\n".join(line[2:] for line in block if line.startswith("> "))
    labels = tuple(_label(line[2:]) for line in block if line.startswith("= "))
    return Example(example_id, head[1], head[2] if len(head) > 2 else None, context, text, labels)


def _label(line: str) -> Label:
    fields = [part.strip() for part in line.split("|")] + ["", ""]
    subject, attribute, value, flags, time = fields[:5]
    name, _, qualifier = attribute.partition(":")
    marks = flags.split()
    chosen = {kind: next((mark for mark in marks if mark in known), known[0]) for kind, known in _FLAGS.items()}
    return Label(
        subject, name, value, qualifier.strip() or None, **chosen, time=time or None, in_context="ctx" in marks
    )
