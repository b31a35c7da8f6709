"""The commands about slow work: `work` does it, `jobs` shows it."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import Json, opened, settings
from satchel.cli.output import document, instant, line, one_line
from satchel.errors import InvalidInput
from satchel.model import Worked

if TYPE_CHECKING:
    from satchel import Job, Memory

_REST_SECONDS = 2.0


def work(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
    seconds: Annotated[float | None, typer.Option("--for", help="End after so many seconds.")] = None,
    as_json: Json = False,
) -> None:
    """Do the slow work of every space as it comes due, until interrupted. As many may run as there are machines.

    Example: satchel work --for 3600
    """
    if once and seconds is not None:
        raise InvalidInput("give only one of --once and --for")
    with opened(settings(ctx)) as memory:
        found = memory.work() if once else _work_on(memory, seconds)
    if as_json:
        document(found)
    else:
        line(f"{found.done:,} done, {found.failed:,} failed, {found.postponed:,} postponed for want of a model")


def jobs(
    ctx: typer.Context,
    *,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was given up.")] = False,
    as_json: Json = False,
) -> None:
    """List the slow work that waits, is being done or was given up, in every space.

    Example: satchel jobs --retry
    """
    with opened(settings(ctx)) as memory:
        if retry:
            memory.retry()
        found = memory.jobs()
    if as_json:
        document(found)
    else:
        for one in found:
            line(_shown(one))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def _work_on(memory: "Memory", seconds: float | None) -> Worked:
    """Work until the time is up or somebody interrupts; return what was done."""
    end = None if seconds is None else time.monotonic() + seconds
    total = Worked(0, 0, 0)
    try:
        while end is None or time.monotonic() < end:
            found = memory.work(most=1)
            total = Worked(total.done + found.done, total.failed + found.failed, total.postponed + found.postponed)
            if found == Worked(0, 0, 0):
                time.sleep(_rest(end))
    except KeyboardInterrupt:
        return total
    return total


def _rest(end: float | None) -> float:
    return _REST_SECONDS if end is None else max(0.0, min(_REST_SECONDS, end - time.monotonic()))


def _shown(job: "Job") -> str:
    when = "given up" if job.due is None else f"until {instant(job.due)}" if job.state == "leased" else instant(job.due)
    tried = f"\t{job.attempts} failed: {one_line(job.error)}" if job.attempts and job.error else ""
    return f"{one_line(job.space)}\ttenant {one_line(job.tenant)}\t{job.task}\t{job.state}\t{when}{tried}"
