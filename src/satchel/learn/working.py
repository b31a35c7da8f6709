"""Doing jobs: take one under a lease, do its task, say how that went; each of these is a transaction of its space.

Workers of any number of processes and machines may do so at once. Which of them does a job is decided in the space's
transaction, where a job can be taken only as it was seen; they try what is due in an order of their own, so that they
seldom meet. A worker that is ended at any step leaves a job that another one finds.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom

from satchel.engine import Engine, Place
from satchel.errors import ModelUnavailable, SatchelError, StoreDamaged, WrongKey
from satchel.extract.instants import to_micros
from satchel.ids import new_id
from satchel.jobs import NEVER, Entry, pause, revised
from satchel.learn.tasks import Task, Tasks, usable
from satchel.model import Worked
from satchel.records import Records
from satchel.store.port import Changes, Due, RowKind, Scope, View

_PAGE = 64
"""So many due jobs are looked at at once."""
_COMPACT_SECONDS = 60
"""Between two looks at how much of the store is waste."""


class Worker:
    """Does the jobs of every space of a memory. One thread uses it at a time."""

    def __init__(self, engine: Engine, tasks: Tasks, *, chance: Random | None = None) -> None:
        self._engine = engine
        self._chance = chance or SystemRandom()
        self._tasks = usable(tasks, with_model=engine.llm is not None)
        self._compacted_at = -float(_COMPACT_SECONDS)

    def work(
        self, *, by: int | None = None, most: int | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> Worked:
        """Do what is due until nothing is, each job until it has no more to do; then give the store's room back.

        What fails is tried again in a later call.

        Args:
            by: do what is due by this time too, in microseconds since 1970.
            most: end after so many batches.
            stopped: whether to end before the next one.
        """
        tally: Counter[str] = Counter()
        turn = _Turn(self._engine, self._tasks, self._chance, by)
        while page := turn.page():
            for due in page:
                if stopped() or tally.total() == most:
                    return _worked(tally)
                tally.update(turn.done(due))
        self._compact()
        return _worked(tally)

    def _compact(self) -> None:
        if time.monotonic() >= self._compacted_at + _COMPACT_SECONDS:
            self._engine.store.compact()
            self._compacted_at = time.monotonic()


@dataclass(slots=True)
class _Turn:
    """What one call of `work` does, until nothing is left for it."""

    engine: Engine
    tasks: Tasks
    chance: Random
    by: int | None
    tried: set[tuple[Scope, str]] = field(default_factory=set[tuple[Scope, str]])

    def page(self) -> list[Due]:
        """Return some jobs to do, in an order that no other worker has."""
        now = to_micros(self.engine.clock())
        by = now if self.by is None else min(max(self.by, now), NEVER - 1)
        found = self.engine.store.due(by=by, tasks=self.tasks.keys(), limit=_PAGE + len(self.tried))
        page = [one for one in found if one.at <= now or (one.scope, one.task) not in self.tried]
        self.chance.shuffle(page)
        return page

    def done(self, due: Due) -> list[str]:
        """Do one batch of a job, unless another worker has taken it; return how that went."""
        self.tried.add((due.scope, due.task))
        batch = _Batch(self.engine, self.tasks[due.task], due, self.chance.random())
        try:
            return [batch.run()] if batch.take() else []
        except (WrongKey, StoreDamaged):
            batch.discard()
            return []


@dataclass(slots=True)
class _Batch:
    """One batch of a job, from its lease to its outcome."""

    engine: Engine
    task: Task
    due: Due
    jitter: float
    token: str = field(default_factory=new_id)
    attempts: int = 0
    place: Place | None = None

    def take(self) -> bool:
        """Take the lease; return whether it could be had."""
        self.engine.write(self._somewhere(), self._taken)
        return self.place is not None

    def run(self) -> str:
        """Do the batch and say in the job how that went."""
        place = self.place or self._somewhere()
        try:
            more = self.task.run(self.engine, place)
        except ModelUnavailable as error:
            self._fail(place, str(error), counts=False)
            return "postponed"
        except SatchelError as error:
            self._fail(place, str(error), counts=True)
            return "failed"
        except BaseException as error:
            self._fail(place, f"it ended in {type(error).__name__}", counts=isinstance(error, Exception))
            raise
        self._revise(place, lambda entry: entry.finished(self.token, now=self._now(), more=more))
        return "done"

    def discard(self) -> None:
        """Remove a job that cannot be opened: the space's key is lost, or the row is damaged."""
        gone = (RowKind.JOB, self.task.name)
        self.engine.store.update(
            self.due.scope, lambda view: Changes(remove=[gone] if view.get(*gone[:1], gone[1:]) else [])
        )

    def _taken(self, view: View, records: Records) -> Changes:
        now = self._now()
        until = now + self.task.lease // timedelta(microseconds=1)
        self.place = None

        def take(entry: Entry) -> Entry:
            taken = entry.taken(self.token, seen=self.due.at, now=now, until=until)
            if taken.lease == self.token:
                self.place = Place(*records.names(view.rows(RowKind.SPACE)[0]), self.due.scope)
                self.attempts = taken.attempts
            return taken

        return revised(view, records, self.task.name, take)

    def _fail(self, place: Place, error: str, *, counts: bool) -> None:
        until = self._now() + pause(self.attempts + 1, self.jitter)
        self._revise(place, lambda entry: entry.failed(self.token, error, until=until, counts=counts))

    def _revise(self, place: Place, revise: Callable[[Entry], Entry | None]) -> None:
        self.engine.write(place, lambda view, records: revised(view, records, self.task.name, revise))

    def _somewhere(self) -> Place:
        """Return the space without its names, which are sealed in it."""
        return Place("", "", self.due.scope)

    def _now(self) -> int:
        return to_micros(self.engine.clock())


def _worked(tally: Counter[str]) -> Worked:
    return Worked(done=tally["done"], failed=tally["failed"], postponed=tally["postponed"])
