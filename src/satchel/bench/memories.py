"""Memories that people would keep of a text, against MemPalace's `memory_extraction.jsonl` and its labels.

The labels are sentences in their authors' own words, so no equality is asked for. Each text is one message in a space
of its own. A labelled memory counts as *covered* when one claim of any modality, or one fact, shares at least half of
its content words, and as *touched* when the claims and facts of the text together do. Content words are those that
search compares: stems, without the words that questions are made of.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import satchel
from satchel.bench import fields
from satchel.bench.entity_names import texts_of
from satchel.model import Claim
from satchel.models.embedding import Embedder
from satchel.retrieve.terms import message_terms

_LABELS = "lines of {id, memories: [{type, content}]}"
_ENOUGH = 0.5


class MemoryScore(TypedDict):
    """Counts of labelled memories of one type."""

    memories: int
    covered: int
    touched: int


class Memories(TypedDict):
    """What came of the texts."""

    texts: int
    without_claims: int
    """Texts in which nothing was found."""
    types: Mapping[str, MemoryScore]
    uncovered: Sequence[str]


def memories(texts: Path, labels: Path, embedder: Embedder) -> Memories:
    """Read every text, and see which of the labelled memories its claims and facts cover."""
    wanted, given = _labels(labels), texts_of(texts)
    types: dict[str, MemoryScore] = {}
    uncovered: list[str] = []
    empty = 0
    with satchel.open(":memory:", embedder=embedder) as memory:
        for name, text in given.items():
            kept = _kept(memory.space(name), text)
            empty += not kept
            for kind, content in wanted.get(name, []):
                score = types.setdefault(kind, MemoryScore(memories=0, covered=0, touched=0))
                covered = any(_share(content, one) >= _ENOUGH for one in kept)
                score["memories"] += 1
                score["covered"] += covered
                score["touched"] += _share(content, " ".join(kept)) >= _ENOUGH
                if not covered:
                    uncovered.append(f"{name}: {content}")
    return Memories(texts=len(given), without_claims=empty, types=dict(sorted(types.items())), uncovered=uncovered)


def _kept(space: satchel.Space, text: str) -> list[str]:
    """Return what is kept of a text: its claims and facts, in words."""
    claims = space.add(text).claims
    return list(dict.fromkeys([*map(_words, claims), *(one.text for one in space.facts(past=True))]))


def _words(claim: Claim) -> str:
    return f"{claim.subject} {claim.attribute.replace('_', ' ')} {claim.qualifier or ''} {claim.value}"


def _share(content: str, kept: str) -> float:
    """Return the share of a memory's content words that something kept has too."""
    wanted = set(message_terms(content, "en"))
    return len(wanted & set(message_terms(kept, "en"))) / len(wanted) if wanted else 0.0


def _labels(path: Path) -> Mapping[str, Sequence[tuple[str, str]]]:
    return {
        fields.name(entry, "id", where): [
            (fields.name(one, "type", place), fields.string(one, "content", place))
            for place, one in fields.records(entry.get("memories"), f"{where}.memories")
        ]
        for where, entry in fields.lines(path, expected=_LABELS)
    }
