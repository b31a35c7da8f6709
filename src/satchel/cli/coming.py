"""The commands of time and of the running conversation: `due`, `changes` and `window`."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, cast

import typer

from satchel.cli import tables
from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import Json, KnownThen, opened_space
from satchel.cli.output import console, document, line, notes, safe
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel.working import How

_WEEK = 7


def due(
    ctx: typer.Context,
    *,
    days: Annotated[int, typer.Option("--days", help="How many days ahead.")] = _WEEK,
    until: Annotated[str | None, typer.Option("--until", help="Up to this time, in place of --days.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="From this time on; now, unless given.")] = None,
    known_at: KnownThen = None,
    as_json: Json = False,
) -> None:
    """Show what is coming: plans, deadlines, appointments, birthdays, and what should have been done by now.

    Example: satchel due --days 30
    """
    with opened_space(ctx) as space:
        found = space.due(until or _ahead(days), since=since, known_at=known_at)
    if as_json:
        document(found)
    elif found:
        console().print(tables.due_table(found))
    if not found:
        notes(["nothing is known to be due by then"])
        raise typer.Exit(NOTHING_FOUND)


def changes(
    ctx: typer.Context,
    since: Annotated[str, typer.Argument(help="Later than this time (date or RFC 3339).")],
    *,
    until: Annotated[str | None, typer.Option("--until", help="And no later than this.")] = None,
    as_json: Json = False,
) -> None:
    """Show what was learned, replaced, ended, corrected and forgotten since a time.

    Example: satchel changes 2026-03-01
    """
    with opened_space(ctx) as space:
        found = space.changes(since, until=until)
    if as_json:
        document(found)
    elif found:
        console().print(tables.change_table(found))
    if not found:
        notes(["nothing changed in that time"])
        raise typer.Exit(NOTHING_FOUND)


def window(
    ctx: typer.Context,
    session: Annotated[str, typer.Argument(help="The conversation.")],
    *,
    budget: Annotated[int | None, typer.Option("--budget", help="Tokens at most: a quarter of the characters.")] = None,
    how: Annotated[str, typer.Option("--how", help="buffer, last, tokens, summary or summary_buffer.")] = (
        "summary_buffer"
    ),
    last: Annotated[int, typer.Option("--last", help="How many messages `--how last` means.")] = 10,
    as_json: Json = False,
) -> None:
    """Write what of a running conversation goes into the next prompt, and nothing else.

    Example: satchel window s1 --budget 800
    """
    with opened_space(ctx) as space:
        found = space.window(session, budget=budget, how=cast("How", how), last=last)
    if as_json:
        document(found)
    else:
        line(safe(found.text).rstrip("\n"))
        notes(found.degraded)
    if not found.messages:
        notes([f"nothing was said in a session {session!r}"])
        raise typer.Exit(NOTHING_FOUND)


def _ahead(days: int) -> datetime:
    try:
        return datetime.now(UTC) + timedelta(days=days)
    except OverflowError:
        raise InvalidInput(f"--days {days} lies beyond the calendar; give fewer") from None
