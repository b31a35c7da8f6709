"""Whether claims were found: precision and recall of (subject, attribute, value, polarity), and clean messages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_ARTICLES = re.compile(r"\b(a|an|the|my|our|his|her|their)\b")
_OTHER = re.compile(r"[^\w\s]+")

Found = tuple[str, str, str, str]
"""(subject, attribute, value, polarity) of an asserted claim."""


def plain(text: str) -> str:
    """Return a text without case, articles and punctuation."""
    return " ".join(_ARTICLES.sub(" ", _OTHER.sub(" ", text.lower())).split())


def same(expected: Found, found: Found) -> bool:
    """Whether a claim was found: a value counts when the expected one is a whole-word part of it."""
    if expected[1] != found[1] or expected[3] != found[3] or plain(expected[0]) != plain(found[0]):
        return False
    return f" {plain(expected[2])} " in f" {plain(found[2])} "


@dataclass(slots=True)
class Score:
    """Counts over messages."""

    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    clean: int = 0

    def add(self, expected: Sequence[Found], found: Iterable[Found]) -> None:
        """Count one message."""
        found = list(dict.fromkeys(found))
        left = list(dict.fromkeys(expected))
        self.quiet += not left
        self.clean += not left and not found
        self.expected.update(one[1] for one in left)
        self.found.update(one[1] for one in found)
        for one in found:
            match = next((other for other in left if same(other, one)), None)
            if match is not None:
                left.remove(match)
                self.right[one[1]] += 1

    @property
    def precision(self) -> float:
        """Share of the found claims that are right."""
        return self.right.total() / max(self.found.total(), 1)

    @property
    def recall(self) -> float:
        """Share of the expected claims that were found."""
        return self.right.total() / max(self.expected.total(), 1)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} clean {self.clean}/{self.quiet} {self.clean / max(self.quiet, 1):.3f}"
