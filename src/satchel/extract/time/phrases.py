"""One moment or stretch, said in one phrase: whichever reader of the grammar reads the most of it."""

from collections.abc import Callable
from typing import cast

from satchel.extract.time.distances import distance
from satchel.extract.time.moments import now, timed, timed_day
from satchel.extract.time.neighbours import neighbour
from satchel.extract.time.parts import part
from satchel.extract.time.periods import period
from satchel.extract.time.reading import Found
from satchel.extract.time.tokens import Text

_READERS: tuple[Callable[[Text, int], Found | None], ...] = (
    timed_day, timed, part, distance, neighbour, period, now,
)  # fmt: skip


def phrase(text: Text, index: int) -> Found | None:
    """Read the longest phrase that names one moment or stretch."""
    place = ("phrase", index)
    if place not in text.memory:
        found = [one for reader in _READERS if (one := reader(text, index)) is not None]
        text.memory[place] = max(found, key=lambda one: (one[1], one[0].sure), default=None)
    return cast("Found | None", text.memory[place])
