"""From labelled messages to what the network is trained on."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from examples import Example, Label

from satchel.models.tagging import ATTRIBUTES, MODALITIES, POINTERS, POLARITIES, STANCES, Encoded, encode

_SWAPPED = frozenset(
    [
        "name",
        "lives_in",
        "born_in",
        "grew_up_in",
        "works_at",
        "studies_at",
        "partner",
        "child",
        "sibling",
        "parent",
        "grandparent",
        "relative",
        "friend",
        "neighbour",
        "roommate",
        "colleague",
        "manager",
        "pet",
        "speaks",
        "allergic_to",
        "medication",
        "medical_condition",
        "nationality",
        "religion",
        "instrument",
        "sport",
        "hobby",
        "reading",
        "watching",
        "playing",
        "subscribes_to",
        "uses",
        "likes",
        "dislikes",
        "field_of_study",
        "team",
    ]
)


@dataclass(frozen=True, slots=True)
class Target:
    """One claim in tokens: the value's first and last, its classes, and where it points (first, last; 0, 0 nowhere)."""

    attribute: int
    first: int
    last: int
    classes: tuple[int, int, int]
    pointers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One message, encoded."""

    example: Example
    encoded: Encoded
    targets: tuple[Target, ...]


def prepared(tokenizer: object, example: Example) -> Item:
    """Encode a message and its labels; a label that was cut off is left out."""
    encoded = encode(tokenizer, example.text, example.context)
    targets: dict[tuple[int, int, int], Target] = {}
    for label in example.labels:
        target = _target(example, encoded, label)
        if target is not None:
            targets.setdefault((target.attribute, target.first, target.last), target)
    return Item(example, encoded, tuple(targets.values()))


def _target(example: Example, encoded: Encoded, label: Label) -> Target | None:
    value = _tokens(example, encoded, label.value, segment=int(label.in_context))
    if value is None:
        return None
    own = label.subject in ("user", example.speaker)
    pointed = (None if own else label.subject, label.qualifier, label.time)
    near = encoded.spans[value[0]][0]
    return Target(
        ATTRIBUTES.index(label.attribute),
        *value,
        (
            POLARITIES.index(label.polarity),
            MODALITIES.index(label.modality),
            STANCES.index(label.stance) if label.stance in STANCES else 0,
        ),
        tuple(_pointed(example, encoded, words, near) for words in pointed[: len(POINTERS)]),
    )


def _pointed(example: Example, encoded: Encoded, words: str | None, near: int) -> tuple[int, int]:
    if not words:
        return 0, 0
    return (
        _tokens(example, encoded, words, segment=0, near=near) or _tokens(example, encoded, words, segment=1) or (0, 0)
    )


def _tokens(
    example: Example, encoded: Encoded, words: str, *, segment: int, near: int | None = None
) -> tuple[int, int] | None:
    text = (example.context if segment else example.text) or ""
    found = _find(text, words, near)
    if found is None:
        return None
    start, end = found
    inside = [
        place
        for place, (a, b) in enumerate(encoded.spans)
        if encoded.real[place] and encoded.segment[place] == segment and a < end and b > start
    ]
    return (inside[0], inside[-1]) if inside else None


def _find(text: str, words: str, near: int | None) -> tuple[int, int] | None:
    low, wanted = text.lower(), words.lower()
    places: list[int] = []
    at = low.find(wanted)
    while at >= 0:
        whole = not (at and low[at - 1].isalnum()) and not low[at + len(wanted) : at + len(wanted) + 1].isalnum()
        places.append(at if whole else at + 1_000_000)
        at = low.find(wanted, at + 1)
    if not places:
        return None
    best = min(places, key=lambda at: (at >= 1_000_000, abs(at % 1_000_000 - near) if near is not None else at))
    return best % 1_000_000, best % 1_000_000 + len(wanted)


def pools(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return the values that may stand in for each other, by attribute."""
    found: dict[str, list[str]] = {}
    for example in examples:
        for label in example.labels:
            if label.attribute in _SWAPPED and len(label.value.split()) <= 3:
                found.setdefault(label.attribute, []).append(label.value)
    return found


@dataclass(frozen=True, slots=True)
class Strangers:
    """Messages that may stand before another one that has nothing to do with them."""

    said: tuple[str, ...]
    """What people said, with the name of who said it."""
    guesses: tuple[str, ...]
    """What was asked or guessed about a person."""

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "Strangers":
        """Take them from the training messages."""
        said = tuple(f"{one.speaker}: {one.text}" if one.speaker else one.text for one in examples)
        guesses = tuple(
            one.context for one in examples if one.context and any(label.in_context for label in one.labels)
        )
        return cls(said, guesses)

    def before(self, example: Example, rng: random.Random) -> Example:
        """Return a message without context after a stranger's words, which say nothing about its speaker."""
        answers = _ANSWER.match(example.text) is not None
        pool = self.guesses if self.guesses and not answers and not example.labels and rng.random() < 0.4 else self.said
        if example.context is not None or answers or (len(example.text.split()) < 4 and example.labels):
            return example
        return Example(
            example.id, example.role, example.speaker, rng.choice(pool), example.text, example.labels, example.at
        )


_ANSWER = re.compile(
    r"(?:y(?:es|ep|eah|up|a)?|no(?:pe|t)?|nah|correct|right|exactly|true|indeed|still|sure|of course|that|it|never|always|used)\b",
    re.IGNORECASE,
)


def varied(example: Example, values: dict[str, list[str]], strangers: Strangers, rng: random.Random) -> Example:
    """Return the message with some values replaced by others of their kind, after a stranger's words, or in lower case."""
    if rng.random() < 0.25:
        example = strangers.before(example, rng)
    if rng.random() < 0.35 and example.labels:
        example = _swapped(example, values, rng)
    if rng.random() < 0.12:
        example = _lowered(example)
    return example


def _swapped(example: Example, values: dict[str, list[str]], rng: random.Random) -> Example:
    label = rng.choice(example.labels)
    place = (example.context if label.in_context else example.text) or ""
    if label.attribute not in values or len(label.value.split()) > 3 or place.count(label.value) != 1:
        return example
    others = [one for one in example.labels if one is not label]
    if any(label.value in (o.value, o.subject) or label.value in o.value or o.value in label.value for o in others):
        return example
    new = rng.choice(values[label.attribute])
    if label.value.islower():
        new = new.lower()
    changed = place.replace(label.value, new)
    labels = tuple(Label(**{**_fields(one), "value": new}) if one is label else one for one in example.labels)
    if any(one.value not in ((example.context if one.in_context else example.text) or "") for one in others):
        return example
    text, context = (example.text, changed) if label.in_context else (changed, example.context)
    return Example(example.id, example.role, example.speaker, context, text, labels, example.at)


def _lowered(example: Example) -> Example:
    labels = tuple(Label(**{**_fields(one), "value": one.value.lower()}) for one in example.labels)
    context = example.context.lower() if example.context else None
    return Example(example.id, example.role, example.speaker, context, example.text.lower(), labels, example.at)


def _fields(label: Label) -> dict[str, object]:
    return {name: getattr(label, name) for name in Label.__slots__}


def tag_targets(item: Item) -> np.ndarray:
    """(t, 2 x attributes): 1 where a value of the attribute begins, and where it goes on."""
    tags = np.zeros((len(item.encoded.ids), 2 * len(ATTRIBUTES)), np.float32)
    for target in item.targets:
        tags[target.first, 2 * target.attribute] = 1
        tags[target.first + 1 : target.last + 1, 2 * target.attribute + 1] = 1
    return tags
