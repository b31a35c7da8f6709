"""How much a language model may be used, and what it was used for: values that cross Satchel's border."""

from dataclasses import dataclass
from datetime import date

from satchel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """What a language model may take. None lifts a limit; what waits for a model goes on when there is room again.

    A call counts with what it may take at most until it is answered, so that no limit is ever exceeded.
    """

    off: bool = False
    """The switch: nothing is sent to the model while it is off."""
    tokens_a_day: int | None = 1_000_000
    """Of each space, in and out together, by days of UTC; kept in the store."""
    tokens_a_day_in_all: int | None = 5_000_000
    """Of all spaces together, in this process."""
    calls_a_minute: int | None = 60
    seconds: float = 120
    """How long one call may take."""
    attempts: int = 3
    """How often a call is made that the model was too busy for, with growing, jittered pauses."""
    price_in: float | None = None
    """What a million tokens cost that are sent, in whatever currency; likewise `price_out` for those that come back."""
    price_out: float | None = None

    def __post_init__(self) -> None:
        for name in ("tokens_a_day", "tokens_a_day_in_all", "calls_a_minute", "seconds", "attempts"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise InvalidInput(f"ModelLimits({name}={value!r}): give a number above 0; off=True stops all calls")

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Return what so many tokens cost; None where no price is known."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls of a language model took on one day, for one purpose."""

    day: date
    purpose: str
    """The name of the prompt: `distil`, …"""
    calls: int = 0
    failed: int = 0
    """Calls that were not answered, or not in time."""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    """In the currency of the prices in `ModelLimits`; None where none were given."""

    @property
    def tokens(self) -> int:
        """Tokens in and out."""
        return self.tokens_in + self.tokens_out

    def plus(self, other: "Spent") -> "Spent":
        """Return both together."""
        costs = [one for one in (self.cost, other.cost) if one is not None]
        return Spent(
            day=self.day,
            purpose=self.purpose,
            calls=self.calls + other.calls,
            failed=self.failed + other.failed,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost=sum(costs) if costs else None,
        )
