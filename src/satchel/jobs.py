"""A job: slow work of one space that waits, is being done, or was given up; one row for each task.

Since a task has one row in a space, to want it again changes nothing while it waits. The row's time says when a worker
should look at it next: when it is due; while it is leased, when the lease ends; never, when it was given up. So workers
find what is due without a key, and one that dies gives its job back by doing nothing. All decisions are pure and are
made inside the space's transaction; a worker that lost its lease changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from satchel.model import JobState
from satchel.records import Records
from satchel.serial import pack, unpack
from satchel.store.port import Changes, Row, RowKind, View

NEVER = (1 << 63) - 1
"""The time of a job that was given up."""

MOST_FAILURES = 8
"""So many failures in a row, about twenty minutes of them, and a job is given up."""

_FORMAT = 1
_MICROS = 1_000_000
_SHORTEST_PAUSE = 10 * _MICROS
_LONGEST_PAUSE = 3_600 * _MICROS
_LONGEST_ERROR = 300
_NOT_BACK = "a worker took it and did not come back in time: it was ended, or the task takes longer than its lease"

Rows = tuple[list[Row], list[tuple[RowKind, str]]]
"""Rows to put and to remove."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What follows from a change of a space's messages: a task, so long after it."""

    task: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """What the row of a job says."""

    task: str
    due: int
    """When a worker should look at it, in microseconds since 1970."""
    lease: str | None = None
    """The token of the worker that does it."""
    again: int | None = None
    """When it is due once more, if that was asked for while it was being done."""
    attempts: int = 0
    """How often in a row it did not succeed."""
    failures: int = 0
    """How many of these count against it; that a model cannot be reached does not."""
    error: str | None = None
    """Why not, the last time."""

    @property
    def state(self) -> JobState:
        """Whether it waits, is being done, or was given up."""
        if self.due == NEVER:
            return "dead"
        return "waiting" if self.lease is None else "leased"

    def wanted(self, due: int) -> "Entry":
        """Return the job when it is to be done by a time: sooner than planned, or once more when it is being done.

        One that failed keeps its pause, and one that was given up stays so.
        """
        if self.state == "leased":
            return replace(self, again=due if self.again is None else min(self.again, due))
        return replace(self, due=min(self.due, due)) if not self.attempts else self

    def taken(self, token: str, *, seen: int, now: int, until: int) -> "Entry":
        """Return the job leased under a token until a time, if it still is as it was seen.

        Whoever had it before and did not come back has failed, and the job may be given up for that.
        """
        if self.due != seen or self.state == "dead" or (self.state == "leased" and self.due > now):
            return self
        free = self if self.lease is None else self.failed(self.lease, _NOT_BACK, until=now, counts=True)
        return free if free.state == "dead" else replace(free, lease=token, due=until)

    def finished(self, token: str, *, now: int, more: bool) -> "Entry | None":
        """Return the job after it was done: due at once where there is more to do, None where there is no more."""
        if self.lease != token:
            return self
        due = now if more else self.again
        return None if due is None else Entry(self.task, due)

    def failed(self, token: str, error: str, *, until: int, counts: bool) -> "Entry":
        """Return the job after an attempt that failed: it waits until a time, or is given up."""
        if self.lease != token:
            return self
        failures = self.failures + counts
        return Entry(
            self.task,
            NEVER if failures >= MOST_FAILURES else until,
            attempts=self.attempts + 1,
            failures=failures,
            error=error[:_LONGEST_ERROR],
        )

    def retried(self, now: int) -> "Entry":
        """Return the job due now with all its attempts, when it was given up."""
        return Entry(self.task, now) if self.state == "dead" else self


def pause(attempts: int, jitter: float) -> int:
    """Return how many microseconds to wait after so many failed attempts: twice as long each time, an hour at most.

    Args:
        attempts: in a row, this one too.
        jitter: 0 to 1; takes up to half of it off, so that what failed together is not tried together again.
    """
    whole = min(_SHORTEST_PAUSE << min(attempts - 1, 20), _LONGEST_PAUSE)
    return round(whole * (1 - jitter / 2))


def entries(view: View, records: Records) -> dict[str, Entry]:
    """Return the jobs of a space by task."""
    return {row.id: _opened(records, row) for row in view.rows(RowKind.JOB)}


def wanted_rows(view: View, records: Records, wanted: Iterable[Wanted], now: int) -> Rows:
    """Return the rows of the jobs that follow from a change; none where they wait already."""
    before = entries(view, records)
    return _rows(records, before, _with_wanted(before, wanted, now))


def forgetting_rows(view: View, records: Records, wanted: Iterable[Wanted], now: int) -> Rows:
    """Return the rows of the jobs after messages were forgotten: no error is kept, since it might quote them."""
    before = entries(view, records)
    silent = {task: replace(one, error=None) for task, one in before.items()}
    return _rows(records, before, _with_wanted(silent, wanted, now))


def revised(view: View, records: Records, task: str, revise: Callable[[Entry], Entry | None]) -> Changes:
    """Return the changes that bring a job to what `revise` makes of it; nothing when it is gone."""
    row = view.get(RowKind.JOB, [task]).get(task)
    if row is None:
        return Changes()
    before = {task: _opened(records, row)}
    after = revise(before[task])
    put, remove = _rows(records, before, {} if after is None else {task: after})
    return Changes(put=put, remove=remove)


def _with_wanted(before: Mapping[str, Entry], wanted: Iterable[Wanted], now: int) -> dict[str, Entry]:
    after = dict(before)
    for one in wanted:
        due = now + one.after // timedelta(microseconds=1)
        after[one.task] = after[one.task].wanted(due) if one.task in after else Entry(one.task, due)
    return after


def _rows(records: Records, before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Rows:
    put = [_sealed(records, one) for task, one in after.items() if before.get(task) != one]
    return put, [(RowKind.JOB, task) for task, one in before.items() if after.get(task) != one]


def _sealed(records: Records, entry: Entry) -> Row:
    body = pack(_FORMAT, entry.lease, entry.again, entry.attempts, entry.failures, entry.error)
    return records.row(RowKind.JOB, entry.task, entry.due, body)


def _opened(records: Records, row: Row) -> Entry:
    _, lease, again, attempts, failures, error = unpack(records.body(row))
    return Entry(row.id, row.at, lease, again, attempts, failures, error)
