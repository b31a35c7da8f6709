"""A claim with the message that it is from: what the fold works on."""

from dataclasses import dataclass
from typing import Literal

from satchel.extract.claim import Claim, Reading
from satchel.truth.values import key_of

FOREVER = 1 << 62
EVER = -(1 << 62)

Effect = Literal["holds", "planned", "ended", "never"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim, and the message that it is from."""

    claim: Claim
    reading: Reading
    number: int
    also: tuple["Evidence", ...] = ()
    """Plans that it fulfils: they support it too."""

    @property
    def order(self) -> tuple[int, int, bytes, int]:
        """When it was said."""
        return (*self.reading.order, self.number)

    @property
    def said_at(self) -> int:
        """When it was said, in microseconds."""
        return self.reading.said_at

    @property
    def key(self) -> str:
        """What its value is compared by."""
        return key_of(self.claim.value)

    @property
    def effect(self) -> Effect | None:
        """What it does to its slot; None when it says nothing about what is true."""
        claim = self.claim
        if claim.modality not in ("asserted", "planned"):
            return None
        if claim.polarity == "holds":
            return "planned" if claim.modality == "planned" else "holds"
        return claim.polarity

    @property
    def corrects(self) -> bool:
        """Whether it takes back what was said before."""
        return self.claim.stance == "corrected"

    @property
    def start(self) -> int:
        """From when on it speaks: where it says so, else when it was said; of what is over, from ever on."""
        claim = self.claim
        if claim.begins is not None:
            return claim.begins.at
        return EVER if claim.ends is not None and claim.ends.at <= self.said_at else self.said_at
