"""The entry point `satchel`: global options, and where each command is."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from satchel.cli import amending, coming, deletion, keeping, knowledge, learning, operating, questions, store, working
from satchel.cli.failures import EXIT_CODES, Commands
from satchel.cli.options import Settings

app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001  (typer calls it so)
    if wanted:
        from satchel import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def satchel(
    context: typer.Context,
    *,
    location: Annotated[
        str, typer.Option("--store", envvar="SATCHEL_STORE", help="The store: a directory or a postgresql:// URL.")
    ] = "~/.satchel",
    space: Annotated[str, typer.Option("--space", envvar="SATCHEL_SPACE", help="Whose memory.")] = "me",
    tenant: Annotated[str | None, typer.Option("--tenant", help="The tenant that the space is in.")] = None,
    no_encrypt: Annotated[bool, typer.Option("--no-encrypt", help="The store is in clear.")] = False,
    key_file: Annotated[Path | None, typer.Option("--key-file", help="The file with the master key.")] = None,
    keys: Annotated[
        str | None,
        typer.Option("--keys", envvar="SATCHEL_KEYS", help="Where the wrapped keys are: a directory or a URL."),
    ] = None,
    ask_passphrase: Annotated[bool, typer.Option("--ask-passphrase", help="Ask for the passphrase.")] = False,
    version: Annotated[  # noqa: ARG001  (its callback does the work)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """The memory layer for AI applications: remember, search, inject and forget, on this machine.

    Global options stand before the command.

    Example: satchel --space alice search "Where does she live?"
    """
    context.obj = Settings(
        store=location if "://" in location else str(Path(location).expanduser()),
        space=space,
        tenant=tenant,
        encrypt=not no_encrypt,
        key_file=key_file,
        ask_passphrase=ask_passphrase,
        keys=keys,
    )
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_PASSED_ON: dict[str, object] = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}

app.command("add")(keeping.add)
app.command("search")(questions.search)
app.command("context")(questions.context)
app.command("messages")(questions.messages)
app.command("facts")(knowledge.facts)
app.command("history")(knowledge.history)
app.command("timeline")(knowledge.timeline)
app.command("profile")(knowledge.profile)
app.command("entities")(knowledge.entities)
app.command("graph")(knowledge.graph)
app.command("due")(coming.due)
app.command("changes")(coming.changes)
app.command("window")(coming.window)
app.command("correct")(amending.correct)
app.command("merge")(amending.merge)
app.command("unmerge")(amending.unmerge)
app.command("consolidate")(learning.consolidate)
app.command("patterns")(learning.patterns)
app.command("contradictions")(learning.contradictions)
app.command("summary")(learning.summary)
app.command("feedback")(learning.feedback)
app.command("retain")(learning.retain)
app.command("forget")(deletion.forget)
app.command("erase")(deletion.erase)
app.command("spaces")(store.spaces)
app.command("check")(store.check)
app.command("demo")(store.demo)
app.command("bench", context_settings=_PASSED_ON, add_help_option=False)(store.bench)
app.command("import")(keeping.import_lines)
app.command("rotate-key")(store.rotate_key)
app.command("work")(working.work)
app.command("jobs")(working.jobs)
app.add_typer(operating.app, name="store")


def run() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 shows what it can
    app(prog_name="satchel")


if __name__ == "__main__":
    run()
