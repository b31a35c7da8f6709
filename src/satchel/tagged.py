"""What a claim tagger says of a message: values, each with what it is about and where that stands in the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from satchel.model import Modality, Polarity, Stance


@dataclass(frozen=True, slots=True)
class Stand:
    """Characters `start` to `end` of the message, or of the message before it."""

    start: int
    end: int
    in_context: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """One value that a tagger found. `chance` is how sure it is that the claim is there and asserted (0 to 1)."""

    attribute: str
    value: Stand
    chance: float
    polarity: Polarity
    modality: Modality
    stance: Stance
    subject: Stand | None
    """Whom it is about; None for the speaker."""
    qualifier: Stand | None
    time: Stand | None


class Tagger(Protocol):
    """The port to a model that finds claims."""

    @property
    def name(self) -> str:
        """The model and its version, kept with what it found."""
        ...

    def tag(self, texts: Sequence[tuple[str, str | None]]) -> Sequence[tuple[Tagged, ...]]:
        """Return the values in each text, and those in its context that the text says something about.

        Args:
            texts: pairs of a text and its context, the message before it.

        Raises:
            ModelUnavailable: a package or a weight file is missing or not the pinned one.
        """
        ...
