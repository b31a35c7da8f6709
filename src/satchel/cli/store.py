"""The commands about a store as a whole: `spaces`, `check`, `rotate-key`, and the ways to see it work."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import Json, ask_passphrase, opened, settings
from satchel.cli.output import console, document, line, minute, one_line
from satchel.errors import InvalidInput, ModelUnavailable

if TYPE_CHECKING:
    from satchel.vault.vault import Key

_STATUS_STYLE = {"ok": "green", "warning": "yellow", "error": "bold red"}


def spaces(
    ctx: typer.Context,
    *,
    tenant: Annotated[str | None, typer.Option("--tenant", help="Only of this tenant.")] = None,
    as_json: Json = False,
) -> None:
    """List the spaces that hold something.

    Example: satchel spaces --tenant acme
    """
    given = settings(ctx)
    with opened(given) as memory:
        found = memory.spaces(tenant or given.tenant)
    if as_json:
        document(found)
    else:
        for one in found:
            line(
                f"{one_line(one.name)}\ttenant {one_line(one.tenant)}\t{one.messages} messages\t"
                f"since {minute(one.created_at)} UTC"
            )
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def check(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Say what works here and what is missing.

    Example: satchel check
    """
    from rich.text import Text

    with opened(settings(ctx), make=True) as memory:
        found = memory.check()
    if as_json:
        document({"ok": found.ok, "findings": found.findings})
    else:
        out = console()
        for finding in found.findings:
            status = Text(f"{finding.status:<8}", style=_STATUS_STYLE[finding.status])
            out.print(status + Text(f"{finding.subject}: {one_line(finding.detail)}", style="default"), soft_wrap=True)
    if not found.ok:
        raise typer.Exit(NOTHING_FOUND)


def rotate_key(
    ctx: typer.Context,
    *,
    new_key_file: Annotated[Path | None, typer.Option("--new-key-file", help="Write the new key here.")] = None,
    new_passphrase: Annotated[bool, typer.Option("--new-passphrase", help="Ask for a new passphrase.")] = False,
    as_json: Json = False,
) -> None:
    """Change the master key; content stays as it is. Without options the present key file gets a new key.

    Example: satchel rotate-key --new-passphrase
    """
    given = settings(ctx)
    with opened(given) as memory:
        memory.rotate_key(_new_key(new_key_file, new_passphrase=new_passphrase))
    if as_json:
        document({"rotated": True, "store": given.shown})
    else:
        line("The master key is changed; the old one no longer opens this store.")


def demo(
    *,
    keep: Annotated[Path | None, typer.Option("--keep", help="Leave the store in this directory.")] = None,
    as_json: Json = False,
) -> None:
    """Store a sample conversation, recall it, ask what was true when, undo and forget.

    Every number that it shows is measured while it runs.

    Example: satchel demo --keep /tmp/maya
    """
    from satchel.cli.telling import show

    if not show(keep.expanduser() if keep else None, as_json=as_json):
        raise typer.Exit(NOTHING_FOUND)


def bench(ctx: typer.Context) -> None:
    """Measure quality and speed: locomo, longmemeval, speed.

    Example: satchel bench speed --help
    """
    try:
        commands = cast(typer.Typer, import_module("satchel.bench.commands").app)
    except ImportError as error:
        raise ModelUnavailable(
            f"the benchmarks are not installed here ({error}); pip install 'satchel[bench]'"
        ) from None
    group = typer.main.get_command(commands)
    code: object = group.main(args=ctx.args, prog_name="satchel bench", standalone_mode=False)
    if isinstance(code, int) and code:
        raise typer.Exit(code)


def _new_key(path: Path | None, *, new_passphrase: bool) -> "Key":
    import satchel

    if path is not None and new_passphrase:
        raise InvalidInput("give only one of --new-key-file and --new-passphrase")
    if path is not None:
        if path.expanduser().exists():
            raise InvalidInput(f"{path} exists already; name a new file for the new key")
        return satchel.KeyFile(path)
    return satchel.Passphrase(ask_passphrase("New passphrase", confirm=True)) if new_passphrase else None
