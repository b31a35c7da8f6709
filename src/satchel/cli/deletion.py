"""The commands that destroy: `forget` and `erase`, each with a receipt."""

import sys
from typing import Annotated

import typer

from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.identity import message_ids
from satchel.cli.options import Json, Yes, opened_space, settings
from satchel.cli.output import document, one_line, receipt
from satchel.errors import InvalidInput


def forget(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The messages, by id or its beginning or end.")
    ] = None,
    *,
    session: Annotated[str | None, typer.Option("--session", help="All of this session.")] = None,
    before: Annotated[str | None, typer.Option("--before", help="All that was said before this time.")] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Forget messages for good, and print a receipt.

    Their words are then in no file of the store.

    Example: satchel forget --before 2025-01-01
    """
    if not ids and session is None and before is None:
        raise InvalidInput("forget what? give ids, --session or --before; erase destroys the whole space")
    with opened_space(ctx) as space:
        chosen = message_ids(space, ids or [])
        if not yes and sys.stdin.isatty():
            what = _named(ids or [], session, before)
            _confirm(f"Forget {what} in {one_line(space.name)} for good?")
        given = space.forget(chosen or None, session=session, before=before)
    document(given) if as_json else receipt(given)
    if not given.message_ids:
        raise typer.Exit(NOTHING_FOUND)


def erase(ctx: typer.Context, *, yes: Yes = False, as_json: Json = False) -> None:
    """Erase the whole space: its key and every row.

    Example: satchel --space alice erase
    """
    if not yes:
        _confirm_by_name(settings(ctx).space)
    with opened_space(ctx) as space:
        given = space.erase()
    document(given) if as_json else receipt(given)


def _named(ids: list[str], session: str | None, before: str | None) -> str:
    parts = [f"{len(ids)} message(s)" if ids else "the messages"]
    if session is not None:
        parts.append(f"of session {one_line(session)}")
    if before is not None:
        parts.append(f"said before {one_line(before)}")
    return " ".join(parts)


def _confirm(question: str) -> None:
    if not typer.confirm(question, err=True):
        raise InvalidInput("not confirmed; nothing was forgotten")


def _confirm_by_name(name: str) -> None:
    if not sys.stdin.isatty():
        raise InvalidInput("erase destroys the whole space; add --yes to do it without being asked")
    answer = typer.prompt(f"Type the space's name ({one_line(name)}) to erase it", err=True)
    if answer != name:
        raise InvalidInput("that is not the space's name; nothing was erased")
