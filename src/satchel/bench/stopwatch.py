"""Measured times: how long calls took, as their median and 95th percentile in milliseconds."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import TypedDict, TypeVar

from satchel.bench.metrics import percentile

T = TypeVar("T")


class Timing(TypedDict):
    """Times of a number of calls, in milliseconds."""

    median_ms: float
    p95_ms: float
    calls: int


class Stopwatch:
    """The times, in milliseconds, of the calls made through it."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def time(self, call: Callable[[], T]) -> T:
        """Make a call and keep how long it took."""
        started = perf_counter()
        result = call()
        self.milliseconds.append((perf_counter() - started) * 1e3)
        return result

    @property
    def timing(self) -> Timing:
        """The summary of the calls so far."""
        return summary(self.milliseconds)


def summary(milliseconds: Sequence[float]) -> Timing:
    """Return the median and the 95th percentile of times in milliseconds; zeros of none."""
    return Timing(
        median_ms=round(median(milliseconds), 3) if milliseconds else 0.0,
        p95_ms=round(percentile(milliseconds, 0.95), 3),
        calls=len(milliseconds),
    )
