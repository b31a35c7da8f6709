"""Which labelled claims were found: one-to-one matches in each message, added up.

Subjects match without regard to case and possessives; values without regard to case, articles and punctuation: they
are equal (strict), or the expected value is a whole-word part of the found one (lenient). Attribute and polarity must
be the same. Equal claims of one message count once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from satchel.bench.labelled import Label
from satchel.bench.matching import plain, plain_subject, says


class Score(TypedDict):
    """Counts of claims."""

    expected: int
    found: int
    right: int
    strictly_right: int


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of one message: claims that were found rightly, found wrongly, and missed."""

    right: tuple[Label, ...]
    strictly: int
    wrong: tuple[Label, ...]
    missed: tuple[Label, ...]

    @property
    def labelled(self) -> bool:
        """Whether there was a claim to find."""
        return bool(self.right or self.missed)


def match(expected: Iterable[Label], found: Iterable[Label]) -> Matched:
    """Match the claims of one message."""
    missed, left = _distinct(expected), _distinct(found)
    right: list[Label] = []
    strictly = 0
    for exact in (True, False):
        for one in list(left):
            hit = next((other for other in missed if _same(other, one, exact=exact)), None)
            if hit is not None:
                missed.remove(hit)
                left.remove(one)
                right.append(one)
                strictly += exact
    return Matched(tuple(right), strictly, tuple(left), tuple(missed))


@dataclass(slots=True)
class Tally:
    """Counts over messages, by attribute and by file."""

    attributes: dict[str, Score] = field(default_factory=dict[str, Score])
    files: dict[str, Score] = field(default_factory=dict[str, Score])
    quiet: int = 0
    clean: int = 0

    def add(self, file: str, one: Matched) -> None:
        """Count one message."""
        self.quiet += not one.labelled
        self.clean += not one.labelled and not one.wrong
        for label in (*one.right, *one.missed):
            self._count(label, file, "expected")
        for label in (*one.right, *one.wrong):
            self._count(label, file, "found")
        for label in one.right:
            self._count(label, file, "right")
        for label in one.right[: one.strictly]:
            self._count(label, file, "strictly_right")

    @property
    def total(self) -> Score:
        """The sum over all attributes."""
        found = self.attributes.values()
        return Score(
            expected=sum(one["expected"] for one in found),
            found=sum(one["found"] for one in found),
            right=sum(one["right"] for one in found),
            strictly_right=sum(one["strictly_right"] for one in found),
        )

    def _count(self, label: Label, file: str, what: Literal["expected", "found", "right", "strictly_right"]) -> None:
        for groups, key in ((self.attributes, label.attribute), (self.files, file)):
            groups.setdefault(key, Score(expected=0, found=0, right=0, strictly_right=0))[what] += 1


def precision(score: Score, *, strict: bool = False) -> float:
    """Return the share of the found claims that are right; 1 when none were found."""
    return _right(score, strict=strict) / score["found"] if score["found"] else 1.0


def recall(score: Score, *, strict: bool = False) -> float:
    """Return the share of the expected claims that were found; 1 when none were expected."""
    return _right(score, strict=strict) / score["expected"] if score["expected"] else 1.0


def f1(score: Score, *, strict: bool = False) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * _right(score, strict=strict) / max(score["found"] + score["expected"], 1)


def _right(score: Score, *, strict: bool) -> int:
    return score["strictly_right"] if strict else score["right"]


def _distinct(labels: Iterable[Label]) -> list[Label]:
    kept: dict[tuple[str, ...], Label] = {}
    for one in labels:
        kept.setdefault((plain_subject(one.subject), one.attribute, plain(one.value), one.polarity), one)
    return list(kept.values())


def _same(expected: Label, found: Label, *, exact: bool) -> bool:
    return (
        expected.attribute == found.attribute
        and expected.polarity == found.polarity
        and plain_subject(expected.subject) == plain_subject(found.subject)
        and (plain(expected.value) == plain(found.value) if exact else says(expected.value, found.value))
    )
