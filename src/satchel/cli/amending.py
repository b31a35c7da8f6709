"""The commands that put right what the memory took from the words: `correct`, `merge` and `unmerge`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.cli import identity
from satchel.cli.options import FactId, Json, opened_space
from satchel.cli.output import console, document, line, notes
from satchel.cli.tables import fact_table
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel.model import Added, Fact

One = Annotated[str, typer.Argument(help="By name, or by the beginning or end of an id.")]


def correct(
    ctx: typer.Context,
    fact_id: FactId,
    value: Annotated[str | None, typer.Argument(help="What is right.")] = None,
    *,
    why: Annotated[str | None, typer.Option("--why", help="The reason, kept with the correction.")] = None,
    never: Annotated[bool, typer.Option("--never", help="Nothing is right: it was never true.")] = False,
    as_json: Json = False,
) -> None:
    """Put a fact right from its beginning on. What was believed before stays visible with --known-at.

    Example: satchel correct 836991ab Porto --why "misheard"
    """
    if (value is None) != never:
        raise InvalidInput("give the right value, or --never when it was never true, and not both")
    with opened_space(ctx) as space:
        added = space.correct(identity.fact_id(space, fact_id), value, why=why)
        now = [one for one in space.facts(past=True) if _rests_on(one, added.message_ids)]
    _tell(added, as_json=as_json)
    if now and not as_json:
        console().print(fact_table(now))


def merge(ctx: typer.Context, one: One, other: One, *, as_json: Json = False) -> None:
    """Say that two names mean one person, place or thing.

    Example: satchel merge Tom "my husband"
    """
    with opened_space(ctx) as space:
        added = space.merge(identity.entity(space, one), identity.entity(space, other))
    _tell(added, as_json=as_json)


def unmerge(ctx: typer.Context, one: One, other: One, *, as_json: Json = False) -> None:
    """Say that two names do not mean the same.

    Example: satchel unmerge Tom "Tom from work"
    """
    with opened_space(ctx) as space:
        added = space.unmerge(identity.entity(space, one), identity.entity(space, other))
    _tell(added, as_json=as_json)


def _rests_on(fact: "Fact", message_ids: Sequence[str]) -> bool:
    return any(source.message_id in message_ids for source in fact.sources)


def _tell(added: "Added", *, as_json: bool) -> None:
    if as_json:
        document(added)
        return
    for one in added.message_ids:
        line(f"kept as message {one}; undo it with: satchel forget {one}")
    notes(added.degraded)
