"""Names in texts, against the labels of MemPalace's `entity_extraction.jsonl` and `entity_extraction_labels.jsonl`.

Each text is one message in a space of its own; what counts is `entities()`, without the speaker. A labelled name is
found when an entity has it as its name or an alias, without regard to case, articles and punctuation; each entity
counts for one label. Satchel's kind `organisation` is the labels' `organization`, and `topic` their `project`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import satchel
from satchel.bench import fields
from satchel.bench.matching import plain
from satchel.errors import InvalidInput
from satchel.model import Entity
from satchel.models.embedding import Embedder

_TEXTS = "lines of {id, text}"
_LABELS = "lines of {id, entities: [{name, type}]}"
_TYPES = {"organisation": "organization", "topic": "project"}
_SPEAKER = "user"


class NameScore(TypedDict):
    """Counts of names; those of one type, or of all."""

    expected: int
    found: int
    """Entities of this kind that Satchel found, right or wrong."""
    right: int
    """Labels whose name was found, of whatever kind."""
    right_type: int


class Names(TypedDict):
    """What came of the texts."""

    texts: int
    total: NameScore
    types: Mapping[str, NameScore]
    missed: Sequence[str]
    wrong: Sequence[str]
    """Names that no label has."""


def names(texts: Path, labels: Path, embedder: Embedder) -> Names:
    """Find the names of every text, and compare them with the labels."""
    wanted = _labels(labels)
    scores: dict[str, NameScore] = {}
    missed: list[str] = []
    wrong: list[str] = []
    given = texts_of(texts)
    with satchel.open(":memory:", embedder=embedder) as memory:
        for name, text in given.items():
            space = memory.space(name)
            space.add(text)
            found = [one for one in space.entities() if one.name != _SPEAKER]
            left = _matched(wanted.get(name, []), found, scores)
            missed += [f"{name}: {one} ({kind})" for one, kind in left[0]]
            wrong += [f"{name}: {one.name} ({one.kind})" for one in left[1]]
    types = dict(sorted(scores.items()))
    return Names(texts=len(given), total=_total(types), types=types, missed=missed, wrong=wrong)


def texts_of(path: Path) -> Mapping[str, str]:
    """Return the texts of a file by their ids."""
    lines = fields.lines(path, expected=_TEXTS)
    if not lines:
        raise InvalidInput(f"{path} has no text; expected {_TEXTS}")
    return {fields.name(one, "id", where): fields.string(one, "text", where) for where, one in lines}


def _labels(path: Path) -> Mapping[str, Sequence[tuple[str, str]]]:
    return {
        fields.name(entry, "id", where): [
            (fields.name(one, "name", place), fields.name(one, "type", place))
            for place, one in fields.records(entry.get("entities"), f"{where}.entities")
        ]
        for where, entry in fields.lines(path, expected=_LABELS)
    }


def _matched(
    wanted: Sequence[tuple[str, str]], found: Sequence[Entity], scores: dict[str, NameScore]
) -> tuple[list[tuple[str, str]], list[Entity]]:
    """Count one text; return the labels and the entities that are left over."""
    left, missed = list(found), list[tuple[str, str]]()
    for one in found:
        _score(scores, _type(one))["found"] += 1
    for name, kind in wanted:
        score = _score(scores, kind)
        score["expected"] += 1
        hit = next((one for one in left if plain(name) in map(plain, (one.name, *one.aliases))), None)
        if hit is None:
            missed.append((name, kind))
            continue
        left.remove(hit)
        score["right"] += 1
        score["right_type"] += _type(hit) == kind
    return missed, left


def _type(one: Entity) -> str:
    return _TYPES.get(one.kind, one.kind)


def _score(scores: dict[str, NameScore], kind: str) -> NameScore:
    return scores.setdefault(kind, NameScore(expected=0, found=0, right=0, right_type=0))


def _total(scores: Mapping[str, NameScore]) -> NameScore:
    every = scores.values()
    return NameScore(
        expected=sum(one["expected"] for one in every),
        found=sum(one["found"] for one in every),
        right=sum(one["right"] for one in every),
        right_type=sum(one["right_type"] for one in every),
    )
