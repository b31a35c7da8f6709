"""The jobs of a memory, in every space: those that wait, are being done, or were given up."""

from collections.abc import Callable
from functools import partial

from satchel.engine import Engine, Place
from satchel.extract.instants import from_micros, to_micros
from satchel.jobs import NEVER, Entry, entries, revised
from satchel.model import Job
from satchel.records import Records
from satchel.store.port import Due, RowKind, Scope, View

Chosen = Callable[[Scope], bool]
"""Which spaces are meant."""


def jobs(engine: Engine) -> tuple[Job, ...]:
    """Return every job, what is due first, first."""
    scopes = dict.fromkeys(one.scope for one in engine.store.due(by=NEVER))
    found = [pair for scope in scopes for pair in engine.read(scope, _dated) or ()]
    return tuple(job for _, job in sorted(found, key=lambda pair: (pair[0], pair[1].tenant, pair[1].space)))


def retry(engine: Engine, chosen: Chosen, task: str | None) -> int:
    """Let jobs that were given up be done again, in the chosen spaces, of one task or of all; return how many."""
    dead = [one for one in engine.store.due(by=NEVER) if one.at == NEVER]
    return sum(_retried(engine, one) for one in dead if chosen(one.scope) and task in (None, one.task))


def _retried(engine: Engine, due: Due) -> bool:
    was: list[Entry] = []

    def retried(entry: Entry) -> Entry:
        was[:] = [entry]
        return entry.retried(to_micros(engine.clock()))

    engine.write(Place("", "", due.scope), partial(revised, task=due.task, revise=retried))
    return any(one.state == "dead" for one in was)


def _dated(view: View, records: Records) -> list[tuple[int, Job]]:
    tenant, name = records.names(view.rows(RowKind.SPACE)[0])
    return [(one.due, _job(one, tenant, name)) for one in entries(view, records).values()]


def _job(entry: Entry, tenant: str, name: str) -> Job:
    return Job(
        space=name,
        tenant=tenant,
        task=entry.task,
        state=entry.state,
        due=None if entry.state == "dead" else from_micros(entry.due),
        attempts=entry.attempts,
        error=entry.error,
    )
