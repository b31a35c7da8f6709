"""What a phrase may mean: one period, or one of those that come again, of which the tense chooses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from satchel.extract.time.calendar import Period
from satchel.extract.time.interval import Tense

Latest = Callable[[datetime], Period]

DAILY, WEEKLY, MONTHLY, YEARLY = (timedelta(days=days) for days in (1, 7, 15, 180))
"""Steps in which to look for the next of what comes again: no longer than from one to the next."""
_MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """The periods that a phrase can mean.

    Attributes:
        past: what it means of the past.
        future: what it means of what is to come.
        near: without a tense the nearer of both is meant ("in May"), else the coming one ("on Friday").
        sure: it is a time even without a preposition before it; "may" and "2019" are not.
        latest: of what comes again, the last that begins no later than a moment.
    """

    past: Period
    future: Period
    near: bool = False
    sure: bool = True
    latest: Latest | None = None

    def of(self, tense: Tense | None, now: datetime) -> Period:
        """Return the period that is meant."""
        if tense is None:
            tense = "past" if self.near and self._is_past_nearer(now) else "future"
        return self.past if tense == "past" else self.future

    def at_latest(self, moment: datetime, tense: Tense | None, now: datetime) -> Period:
        """Return the last such period that begins no later than a moment, or the one meant if it does not recur."""
        return self.of(tense, now) if self.latest is None else self.latest(moment)

    def unsure(self) -> "Reading":
        """Return the reading of a word that has other meanings."""
        return replace(self, sure=False)

    def certain(self) -> "Reading":
        """Return the reading of a word that its surroundings make a time."""
        return replace(self, sure=True)

    def each(self, change: Callable[[Period], Period]) -> "Reading":
        """Return the reading with every period changed."""
        if self.latest is None:
            return replace(self, past=change(self.past), future=change(self.future))
        original = self.latest

        def latest(moment: datetime) -> Period:
            return change(original(moment))

        return replace(self, past=change(self.past), future=change(self.future), latest=latest)

    def _is_past_nearer(self, now: datetime) -> bool:
        return now - self.past.end < self.future.start - now


Found = tuple[Reading, int]
"""A reading and the index of the token after its phrase."""


def only(period: Period) -> Reading:
    """Return the reading of a phrase that means one period."""
    return Reading(period, period)


def recurring(latest: Latest, step: timedelta, now: datetime, *, near: bool, strict: bool = False) -> Reading:
    """Return the reading of what comes again.

    Args:
        latest: the last one that begins no later than a moment.
        step: no longer than from one to the next.
        now: when it was said.
        near: without a tense the nearer is meant.
        strict: one that is running now is neither past nor future, as "on Friday" said on a Friday.
    """
    running = latest(now)
    following = _following(latest, running, step)
    if running.end <= now:
        return Reading(running, following, near, latest=latest)
    if strict:
        return Reading(latest(running.start - timedelta(microseconds=1)), following, near, latest=latest)
    return Reading(running, running, near, latest=latest)


def _following(latest: Latest, period: Period, step: timedelta) -> Period:
    for number in range(1, _MOST_STEPS):
        found = latest(period.start + number * step)
        if found.start > period.start:
            return found
    raise ValueError("it does not come again")
