"""The limits of a language model in this process: how soon the next call may be made, and what the day has left."""

import time
from collections.abc import Callable
from datetime import date
from threading import Lock

from satchel.errors import ModelUnavailable
from satchel.limits import ModelLimits
from satchel.models.language_model import ModelBusy

LONGEST_WAIT = 30.0
"""Seconds that a call waits for its turn; later it is for the job to come back."""


class Meter:
    """Counts what the spaces of one memory take together, and spreads calls over the minute. Safe across threads."""

    def __init__(
        self,
        limits: ModelLimits,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits
        """May be replaced at any time; what is asked next goes by the new ones."""
        self.sleep = sleep
        self._now = now
        self._lock = Lock()
        self._next_call = 0.0
        self._day = date.min
        self._tokens = 0

    def wait_for_turn(self) -> None:
        """Wait until the next call may be made.

        Raises:
            ModelBusy: that would take longer than `LONGEST_WAIT`.
        """
        if self.limits.calls_a_minute is None:
            return
        with self._lock:
            now = self._now()
            turn = max(now, self._next_call)
            if turn - now > LONGEST_WAIT:
                raise ModelBusy(f"{self.limits.calls_a_minute} calls a minute are used up; try again in a minute")
            self._next_call = turn + 60 / self.limits.calls_a_minute
        if turn > now:
            self.sleep(turn - now)

    def take(self, day: date, tokens: int) -> None:
        """Count tokens of a day before they are spent; a negative number gives back what was not.

        Raises:
            ModelUnavailable: the day has not so many left.
        """
        with self._lock:
            if day != self._day:
                self._day, self._tokens = day, 0
            most = self.limits.tokens_a_day_in_all
            if most is not None and tokens > 0 and self._tokens + tokens > most:
                raise ModelUnavailable(f"the {most:,} tokens a day of this memory are used up; it goes on tomorrow")
            self._tokens = max(self._tokens + tokens, 0)

    def spent(self, day: date) -> int:
        """Return the tokens that were taken on a day."""
        with self._lock:
            return self._tokens if day == self._day else 0
