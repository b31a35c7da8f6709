"""The tasks that there are, by name: slow work on one space, done a bounded batch at a time.

To add one is to add a line to `TASKS`. Its function takes the ports and a space, does one batch and returns whether
there is more to do. It may be run twice at once or be ended at any step, so what it does is decided inside
`engine.write`, and to do it again changes nothing. It raises a `SatchelError` when it cannot go on, `ModelUnavailable`
when that is for want of a language model. To come back at a time of its own, it puts the rows of
`satchel.jobs.wanted_rows` into a change that it makes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from satchel.engine import Engine, Place
from satchel.jobs import Wanted

Run = Callable[[Engine, Place], bool]


@dataclass(frozen=True, slots=True)
class Task:
    """Slow work on one space."""

    name: str
    run: Run
    after: timedelta = timedelta(0)
    """How long after a change of the messages it is wanted; what comes meanwhile is done with it."""
    needs_model: bool = True
    """Whether it does nothing without a language model."""
    lease: timedelta = timedelta(minutes=5)
    """How long a batch may take; then another worker may take it."""


Tasks = Mapping[str, Task]


def by_name(*tasks: Task) -> Tasks:
    """Return tasks by their names."""
    return {one.name: one for one in tasks}


TASKS = by_name()


def usable(tasks: Tasks, *, with_model: bool) -> Tasks:
    """Return the tasks that can be done, with a language model or without one."""
    return {name: one for name, one in tasks.items() if with_model or not one.needs_model}


def wanted_of(tasks: Tasks) -> tuple[Wanted, ...]:
    """Return what a change of messages asks for, when these tasks can be done."""
    return tuple(Wanted(one.name, one.after) for one in tasks.values())
