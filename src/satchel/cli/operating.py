"""The commands that look after a store, `satchel store …`: numbers, backups, copies, and a cluster's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.cli.failures import NOTHING_FOUND, Commands
from satchel.cli.options import Json, key_of, opened, settings
from satchel.cli.output import document, line, one_line
from satchel.cli.store import check
from satchel.errors import StoreMismatch

if TYPE_CHECKING:
    from satchel.store.postgres import PostgresStore

app = typer.Typer(
    cls=Commands, rich_markup_mode=None, no_args_is_help=True, help="Look after a store: backups, copies, clusters."
)
To = Annotated[str, typer.Option("--to", help="The other store: a directory or a postgresql:// URL.")]
ToKeyFile = Annotated[Path | None, typer.Option("--to-key-file", help="The file with the other store's master key.")]
ToKeys = Annotated[str | None, typer.Option("--to-keys", help="Where the other store keeps its wrapped keys.")]

app.command("check")(check)


@app.command("stats")
def stats(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Say what the store holds and takes.

    Example: satchel store stats
    """
    with opened(settings(ctx)) as memory:
        found = memory.stats()
    if as_json:
        document(found)
        return
    line(f"{found.spaces:,} spaces, {found.erased:,} erased, {found.keys:,} keys, {found.disk_bytes:,} bytes on disk")
    for kind, count in found.rows.items():
        line(f"{kind}\t{count:,} rows\t{found.content_bytes[kind]:,} bytes")


@app.command("backup")
def backup(ctx: typer.Context, path: Annotated[Path, typer.Argument(metavar="FILE")], *, as_json: Json = False) -> None:
    """Write every space into a new file, without any key. Back the keys up apart.

    Example: satchel store backup monday.satchel
    """
    with opened(settings(ctx)) as memory:
        found = memory.backup(path)
    if as_json:
        document(found)
    else:
        line(f"{found.spaces:,} spaces, {found.messages:,} messages, {found.bytes:,} bytes; digest {found.digest}")


@app.command("restore")
def restore(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    to: To,
    to_key_file: ToKeyFile = None,
    to_keys: ToKeys = None,
    as_json: Json = False,
) -> None:
    """Bring a backup into an empty place. The keys are those of --store as they are now: what was erased stays so.

    Example: satchel store restore monday.satchel --to ~/restored
    """
    import satchel

    given = settings(ctx)
    new_key = satchel.KeyFile(to_key_file) if to_key_file else None
    found = satchel.restore(
        path, to, keys_of=given.keys or given.store, key=key_of(given), new_key=new_key, keys=to_keys
    )
    if as_json:
        document(found)
        return
    line(f"{found.spaces:,} spaces restored; digest {found.digest}")
    if found.unreadable:
        line(f"{found.unreadable:,} left out: they were erased since, and no key opens them")


@app.command("copy")
def copy(
    ctx: typer.Context,
    *,
    to: To,
    to_key_file: ToKeyFile = None,
    to_keys: ToKeys = None,
    everything: Annotated[bool, typer.Option("--all", help="Every space, not only --space.")] = False,
    as_json: Json = False,
) -> None:
    """Copy a space, or every one, to another store of any kind, and compare digests.

    It can be interrupted and repeated.

    Example: satchel --store ~/.satchel store copy --all --to postgresql://me@db/satchel
    """
    import satchel

    given = settings(ctx)
    key = satchel.KeyFile(to_key_file) if to_key_file else None
    with opened(given) as memory, satchel.open(to, key=key, keys=to_keys, encrypt=given.encrypt) as other:
        copied = memory.copy_to(other, space=None if everything else given.space, tenant=given.tenant)
    if as_json:
        document(copied)
    else:
        for one in copied:
            line(f"{one_line(one.space)}\t{one.messages:,} messages\t{one.written:,} rows written\t{one.digest}")
    if not copied:
        raise typer.Exit(NOTHING_FOUND)


@app.command("compact")
def compact(ctx: typer.Context) -> None:
    """Give the room of what was removed back to the disk.

    Example: satchel store compact
    """
    with opened(settings(ctx)) as memory:
        before = memory.stats().disk_bytes
        memory.compact()
        line(f"{before:,} bytes before, {memory.stats().disk_bytes:,} now")


@app.command("distribute")
def distribute(ctx: typer.Context) -> None:
    """Spread a store over a Citus cluster, each space whole on one node.

    Example: satchel --store postgresql://me@coordinator/satchel store distribute
    """
    done = _postgres(ctx).distribute()
    line("Spread by space." if done else "It was spread already; nothing was changed.")


@app.command("explain")
def explain(ctx: typer.Context, *, as_json: Json = False) -> None:
    """Show on how many shards each statement of the engine runs, and by which index.

    Example: satchel --store postgresql://me@coordinator/satchel store explain
    """
    plans = _postgres(ctx).explain()
    if as_json:
        document(plans)
    else:
        for plan in plans:
            where = "one server" if plan.tasks is None else f"{plan.tasks} of the shards"
            line(f"{plan.statement}\t{where}\t{'; '.join(plan.access) or 'no rows read'}")
    if not all(plan.routed for plan in plans):
        raise typer.Exit(NOTHING_FOUND)


def _postgres(ctx: typer.Context) -> "PostgresStore":
    from satchel.locations import location_of, open_store

    given = settings(ctx)
    place = location_of(given.store)
    if not place.on_postgres:
        raise StoreMismatch(f"{given.shown} is not on PostgreSQL; give --store postgresql://…")
    store = open_store(place)
    ctx.call_on_close(store.close)
    return store  # pyright: ignore[reportReturnType]  (a store on PostgreSQL is one)
