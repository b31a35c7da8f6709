"""The commands that show what a space knows: `facts`, `history`, `entities`, `graph`, `profile` and `timeline`."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.cli import identity, tables
from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import FactId, Json, KnownThen, OnlyAttribute, OnlySubject, TrueThen, opened_space
from satchel.cli.output import console, document, notes, one_line

if TYPE_CHECKING:
    from rich.table import Table

    from satchel import Space
    from satchel.model import Step


def facts(
    ctx: typer.Context,
    *,
    subject: OnlySubject = None,
    attribute: OnlyAttribute = None,
    as_of: TrueThen = None,
    known_at: KnownThen = None,
    past: Annotated[bool, typer.Option("--past", help="Also what is over, or only to come.")] = False,
    as_json: Json = False,
) -> None:
    """Show what is true: now, or at another time, as far as was known then.

    Example: satchel facts --subject Maya --as-of 2026-03-01
    """
    with opened_space(ctx) as space:
        found = space.facts(subject=subject, attribute=attribute, as_of=as_of, known_at=known_at, past=past)
    _tell(found, tables.fact_table(found), as_json=as_json)


def history(ctx: typer.Context, fact_id: FactId, *, as_json: Json = False) -> None:
    """Show how a fact came to be: what was said of it and of what it replaced, in whose words.

    Example: satchel history 836991ab
    """
    with opened_space(ctx) as space:
        steps = space.history(identity.fact_id(space, fact_id))
        contents = {} if as_json else _contents(space, steps)
    _tell(steps, tables.step_table(steps, contents), as_json=as_json)


def entities(
    ctx: typer.Context,
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="Only person, place, organisation, thing …")] = None,
    known_at: KnownThen = None,
    as_json: Json = False,
) -> None:
    """Show who and what the space knows of, the most mentioned first.

    Example: satchel entities --kind person
    """
    with opened_space(ctx) as space:
        found = space.entities(kind=kind, known_at=known_at)
    _tell(found, tables.entity_table(found), as_json=as_json)


def graph(
    ctx: typer.Context,
    entity: Annotated[str, typer.Argument(help="By name, or by the beginning or end of an id.")],
    *,
    depth: Annotated[int, typer.Option("--depth", help="How many facts away at most.")] = 1,
    as_of: TrueThen = None,
    known_at: KnownThen = None,
    as_json: Json = False,
) -> None:
    """Show whom and what an entity is tied to, and by which facts.

    Example: satchel graph Maya --depth 2
    """
    with opened_space(ctx) as space:
        found = space.graph(identity.entity(space, entity), depth=depth, as_of=as_of, known_at=known_at)
    if as_json:
        document(found)
        return
    if found.edges:
        console().print(tables.edge_table(found))
    else:
        notes([f"nothing ties {one_line(entity)} to anything at that time"])


def profile(ctx: typer.Context, *, as_of: TrueThen = None, known_at: KnownThen = None, as_json: Json = False) -> None:
    """Show the few facts that are always worth knowing: the beginning of every context block.

    Example: satchel --space alice profile
    """
    with opened_space(ctx) as space:
        found = space.profile(as_of=as_of, known_at=known_at)
    _tell(found, tables.fact_table(found), as_json=as_json)


def timeline(
    ctx: typer.Context, *, subject: OnlySubject = None, attribute: OnlyAttribute = None, as_json: Json = False
) -> None:
    """Draw when each fact was true, those that are over and those to come too.

    Example: satchel timeline --subject Maya --attribute lives_in
    """
    from rich.text import Text

    from satchel.cli.timeline import draw, marks_for

    with opened_space(ctx) as space:
        found = space.facts(subject=subject, attribute=attribute, past=True)
    if as_json:
        document(found)
    else:
        out = console()
        marks = marks_for(sys.stdout.encoding)
        for one in draw(found, now=datetime.now(UTC), width=out.width, events=_events(), marks=marks):
            out.print(Text(one.text, style=one.style), soft_wrap=True)
    if not found:
        _nothing()


def _tell(found: Sequence[object], table: "Table", *, as_json: bool) -> None:
    if as_json:
        document(found)
    elif found:
        console().print(table)
    if not found:
        _nothing()


def _nothing() -> None:
    notes(["nothing is known of that"])
    raise typer.Exit(NOTHING_FOUND)


def _contents(space: "Space", steps: Sequence["Step"]) -> dict[str, str]:
    return {one: space.get(one).content for one in {step.source.message_id for step in steps}}


def _events() -> frozenset[str]:
    from satchel.extract.catalogue import builtin

    return frozenset(name for name, one in builtin().attributes.items() if one.nature == "event")
