"""The commands of what many messages add up to, of feedback, and of how long messages stay."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer

from satchel.cli import identity
from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import (
    AsOf,
    Json,
    KnownAt,
    OnlyAgent,
    OnlyApp,
    OnlyRole,
    OnlySession,
    OnlySpeaker,
    opened_space,
)
from satchel.cli.output import document, line, minute, notes, one_line, receipt
from satchel.cli.standing import day
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel.findings import Consolidation, Contradiction, Joined, Pattern, Repeated, Retention, Summary
    from satchel.model import Role

_INDENT = "  "


def consolidate(
    ctx: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be forgotten.")] = False,
    as_json: Json = False,
) -> None:
    """Forget what is past its time, and show what the rest adds up to.

    Example: satchel consolidate --dry-run
    """
    with opened_space(ctx) as space:
        found = space.consolidate(dry_run=dry_run)
    if as_json:
        document(found)
        return
    _section("said in several ways, one fact each", map(_joined, found.joined))
    _section("conversations kept more than once", map(_repeated, found.repeated))
    _section("contradictions to review", map(_contradiction, found.contradictions))
    _section("patterns", map(_pattern, found.patterns))
    _section("summaries", map(_summary, found.summaries))
    _section("past its time" if dry_run else "forgotten", _overdue(found))
    if found.receipt is not None:
        receipt(found.receipt)


def patterns(ctx: typer.Context, *, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Show what comes back at the same time of the week, day or year.

    Example: satchel --space alice patterns
    """
    with opened_space(ctx) as space:
        found = space.patterns(as_of=as_of, known_at=known_at)
    _tell(found, map(_pattern, found), as_json=as_json)


def contradictions(ctx: typer.Context, *, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Show statements that cannot all be true; correct or forget settles them.

    Example: satchel contradictions
    """
    with opened_space(ctx) as space:
        found = space.contradictions(as_of=as_of, known_at=known_at)
    _tell(found, map(_contradiction, found), as_json=as_json)


def summary(
    ctx: typer.Context,
    entity: Annotated[str | None, typer.Argument(help="By name, or by the beginning or end of an id.")] = None,
    *,
    week: Annotated[str | None, typer.Option("--week", help="A day in it, or its ISO name: 2026-W12.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Show what is known of someone or something, or what a week was about, with the messages that say so.

    Example: satchel summary --week 2026-W12
    """
    with opened_space(ctx) as space:
        whom = None if entity is None else identity.entity(space, entity)
        found = space.summary(entity=whom, week=week, as_of=as_of, known_at=known_at)
    if as_json:
        document(found)
        return
    for one in found.sentences:
        marks = dict.fromkeys(f"#{source.message_id[-8:]}" for source in one.sources)
        line(f"{one_line(one.text)} {' '.join(marks)}")


def feedback(
    ctx: typer.Context,
    message_id: Annotated[str, typer.Argument(metavar="ID", help="The message or fact, by its id.")],
    *,
    useless: Annotated[bool, typer.Option("--useless", help="It was not useful.")] = False,
    as_json: Json = False,
) -> None:
    """Say that a record was useful, so that it counts as fresh again in search.

    Example: satchel feedback 4f1c9d2e
    """
    with opened_space(ctx) as space:
        kept = space.feedback(identity.record(space, message_id), not useless)
    document(kept) if as_json else line(f"kept of {len(kept)} message(s)")


def retain(
    ctx: typer.Context,
    days: Annotated[
        int | None, typer.Argument(help="How many days messages stay; without it, the rules are shown.")
    ] = None,
    *,
    off: Annotated[bool, typer.Option("--off", help="Take the rule back.")] = False,
    role: OnlyRole = None,
    app: OnlyApp = None,
    agent: OnlyAgent = None,
    session: OnlySession = None,
    speaker: OnlySpeaker = None,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Corrections and merges too.")] = False,
    as_json: Json = False,
) -> None:
    """Set how long messages stay before they are forgotten. `satchel consolidate` applies the rules.

    Example: satchel retain 30 --role tool
    """
    if off and days is not None:
        raise InvalidInput("give days, or --off to take the rule back, and not both")
    chosen = (role, app, agent, session, speaker)
    if not off and days is None and any(one is not None for one in chosen):
        raise InvalidInput("how long? give days, as in: satchel retain 30 --role tool")
    with opened_space(ctx) as space:
        if off or days is not None:
            found = space.retain(
                days,
                role=cast("Role | None", role),
                app=app,
                agent=agent,
                session=session,
                speaker=speaker,
                by_hand=by_hand,
            )
        else:
            found = space.retention()
    document(found) if as_json else _lines(map(_rule, found) if found else ["nothing is forgotten by its age"])


def _tell(found: Sequence[object], lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        document(found)
    else:
        _lines(lines)
    if not found:
        notes(["nothing was found"])
        raise typer.Exit(NOTHING_FOUND)


def _lines(lines: Iterable[str]) -> None:
    for one in lines:
        line(one)


def _section(title: str, lines: Iterable[str]) -> None:
    found = list(lines)
    line(f"{title}: {len(found) or 'none'}")
    _lines(f"{_INDENT}{one}" for one in found)


def _joined(one: "Joined") -> str:
    ways = ", ".join(f"“{one_line(way)}” {count} times" for way, count in one.ways.items())
    return f"{one_line(one.fact.text)} ({ways})"


def _repeated(one: "Repeated") -> str:
    return (
        f"{', '.join(map(one_line, one.sessions))} (from {minute(one.began_at)} UTC, {len(one.message_ids)} messages)"
    )


def _contradiction(one: "Contradiction") -> str:
    said = ", ".join(f"{one_line(side.speaker or 'user')} on {day(side.said_at)}" for side in one.sides)
    return f"{one_line(one.text)} ({said})"


def _pattern(one: "Pattern") -> str:
    stated = f", said outright {one.stated} times" if one.stated else ""
    counts = f"seen {one.seen} times, at other times {one.elsewhere}, missed {one.missed}{stated}"
    return f"{one_line(one.text)} ({counts})"


def _summary(one: "Summary") -> str:
    return f"{one_line(one.title)}: {one_line(one.text)}"


def _overdue(found: "Consolidation") -> list[str]:
    forgotten = found.receipt.message_ids if found.receipt is not None else found.overdue.message_ids
    following = found.overdue.next_at
    return [f"message {one}" for one in forgotten] + ([f"next at {minute(following)} UTC"] if following else [])


def _rule(one: "Retention") -> str:
    given = {"role": one.role, "app": one.app, "agent": one.agent, "session": one.session, "speaker": one.speaker}
    about = ", ".join(f"{name} {one_line(value)}" for name, value in given.items() if value is not None)
    by_hand = ", corrections and merges too" if one.by_hand else ""
    return f"forgotten after {one.days} days: {about or 'all messages'}{by_hand}"
