"""The commands that write: `add` and `import`."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from satchel.cli.importing import Import, Summary
from satchel.cli.options import Json, opened_space
from satchel.cli.output import document, line, notes, one_line
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.progress import Progress


def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="What was said, or - to read it from stdin.")],
    *,
    role: Annotated[str, typer.Option("--role", help="user, assistant, system or tool.")] = "user",
    name: Annotated[str | None, typer.Option("--name", help="Who said it.")] = None,
    session: Annotated[str | None, typer.Option("--session", help="The conversation it belongs to.")] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="The agent that took part.")] = None,
    app: Annotated[str | None, typer.Option("--app", help="The application it happened in.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="When it was said (RFC 3339); now, unless given.")] = None,
    message_id: Annotated[str | None, typer.Option("--id", help="Your own id: the same id is stored once.")] = None,
    idempotency_key: Annotated[
        str | None, typer.Option("--idempotency-key", help="Makes a repetition harmless.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Remember a message and print its id.

    Example: satchel add "I moved to Lisbon last month." --name Maya
    """
    message: dict[str, object] = {"role": role, "content": _read_stdin() if text == "-" else text}
    message |= {key: value for key, value in (("name", name), ("id", message_id)) if value is not None}
    with opened_space(ctx, make=True) as space:
        added = space.add(message, session=session, agent=agent, app=app, at=at, idempotency_key=idempotency_key)
    if as_json:
        document(added)
        return
    for one in added.message_ids:
        line(f"{one} (was there before)" if one in added.duplicates else one)
    notes(added.degraded)


def import_lines(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON lines: role, content, and what add takes.")],
    *,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out lines that cannot be taken.")] = False,
    as_json: Json = False,
) -> None:
    """Remember many messages: one JSON object on each line. Run it again to go on after an interruption.

    Example: satchel --space alice import messages.jsonl
    """
    with _opened(source) as file, opened_space(ctx, make=True) as space, _progress() as bar:
        task = bar.add_task("import", total=_size(source))
        importing = Import(space, skip_bad=skip_bad, advance=lambda count: bar.advance(task, count))
        summary = importing.run(file)
    if as_json:
        document({**summary.numbers(), "degraded": summary.degraded, "skipped_lines": summary.bad})
        return
    _tell(summary)


def _tell(summary: Summary) -> None:
    line(
        f"{summary.added:,} added, {summary.duplicates:,} there before, {summary.skipped:,} skipped; "
        f"{summary.seconds:.1f} s, {summary.messages_per_second:,.0f} messages per second"
    )
    notes([f"skipped {reason}" for reason in summary.bad])
    notes(summary.degraded)


def _read_stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise InvalidInput(f"stdin is not UTF-8 text ({error.reason}); convert it first") from None


def _opened(source: str) -> "AbstractContextManager[BinaryIO]":
    if source == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise InvalidInput(f"{one_line(source)} cannot be read ({error.strerror}); give a file of JSON lines") from None


def _size(source: str) -> int | None:
    return None if source == "-" else Path(source).stat().st_size or None


def _progress() -> "Progress":
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from satchel.cli.output import console

    out = console(stderr=True)
    told = (TaskProgressColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *told)
    return Progress(*columns, console=out, disable=not out.is_terminal, transient=True)
