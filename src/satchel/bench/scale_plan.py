"""Which spaces a store of a million messages has, and in which order they are filled.

A few spaces are large and most are small, as in a service with many users. They are filled in sittings that are
shuffled, so that every stretch of the filling has spaces of every size in the same proportion, and a large space is
come back to many times, from memory or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from satchel.errors import InvalidInput

MILLION = 1_000_000
SPACES = 3_600
"""Of a million messages."""
SITTING = 1_000
"""Messages that a space is given before it is another one's turn."""
_LARGER = ((100_000, 1), (10_000, 10), (1_000, 100))
_SMALLEST = 200
_SEED = 20_251_125


@dataclass(frozen=True, slots=True)
class Group:
    """The spaces of one size."""

    size: int
    """Messages in each."""
    spaces: int

    @property
    def names(self) -> list[str]:
        """The names of its spaces."""
        return [f"{self.size} {number}" for number in range(self.spaces)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured with."""

    groups: Sequence[Group]
    """The largest first."""
    marks: int = 10
    """How often the growing store is looked at."""
    batch: int = 200
    """Messages in a call of `add`."""
    chosen: int = 20
    """Spaces of each size that are searched, where there are as many."""
    warm: int = 400
    """Warm searches of each size, at least."""
    cold: int = 20
    """Cold ones."""
    erased: Group = Group(1_000, 7)
    """Spaces that are made to be erased, when everything else is measured."""
    clients: int = 8
    searches: int = 250
    """Of each client."""

    @property
    def messages(self) -> int:
        """Messages in all spaces, those to be erased left out."""
        return sum(group.size * group.spaces for group in self.groups)


def plan_of(messages: int) -> Plan:
    """Return the plan for a store of about so many messages: of a smaller one the largest spaces are left out.

    Raises:
        InvalidInput: they are too few for one space.
    """
    larger = [Group(size, spaces * messages // MILLION) for size, spaces in _LARGER]
    smallest = Group(_SMALLEST, SPACES * messages // MILLION - sum(group.spaces for group in larger))
    if smallest.spaces < 1:
        raise InvalidInput(f"{messages} messages are too few for spaces of several sizes; give at least 1,000")
    return Plan([group for group in (*larger, smallest) if group.spaces])


def sittings(groups: Sequence[Group]) -> list[tuple[str, int]]:
    """Return the spaces' names, each with how many messages it is given then, in an order shuffled by a seed."""
    found = [
        (name, min(SITTING, group.size - start))
        for group in groups
        for name in group.names
        for start in range(0, group.size, SITTING)
    ]
    Random(_SEED).shuffle(found)  # noqa: S311
    return found
