"""The commands that read: `search`, `context` and `messages`."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.cli.failures import NOTHING_FOUND
from satchel.cli.options import (
    AsOf,
    Json,
    KnownAt,
    Limit,
    OnlyAgent,
    OnlyApp,
    OnlyRole,
    OnlySession,
    OnlySpeaker,
    Since,
    Until,
    filters,
    opened_space,
)
from satchel.cli.output import console, document, entry, line, minute, notes, safe
from satchel.cli.standing import day

if TYPE_CHECKING:
    from satchel.model import Hit


def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="A question or key words.")],
    *,
    limit: Limit = 10,
    explain: Annotated[bool, typer.Option("--explain", help="Show what each score is made of.")] = False,
    session: OnlySession = None,
    agent: OnlyAgent = None,
    app: OnlyApp = None,
    speaker: OnlySpeaker = None,
    role: OnlyRole = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Find the facts and the messages that answer a question, best first.

    Example: satchel search "What is she allergic to?" --limit 3
    """
    wanted = filters(
        session=session,
        agent=agent,
        app=app,
        speaker=speaker,
        role=role,
        since=since,
        until=until,
        as_of=as_of,
        known_at=known_at,
    )
    with opened_space(ctx) as space:
        hits = space.search(query, limit=limit, explain=explain, **wanted)
    if as_json:
        document(hits)
    else:
        out = console()
        for hit in hits:
            entry(out, _hit_heading(hit), hit.text)
            if explain:
                out.print(f"  {_signals(hit.signals)}", style="dim", soft_wrap=True)
        if not hits.supported:
            notes([f"nothing in this space supports an answer: {hits.reason}"])
        notes(hits.degraded)
    if not len(hits):
        raise typer.Exit(NOTHING_FOUND)


def context(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="The question, or the message that is to be answered.")],
    *,
    budget: Annotated[int, typer.Option("--budget", help="Tokens at most: a quarter of the characters.")] = 1500,
    limit: Annotated[int | None, typer.Option("--limit", help="How many messages may be quoted at most.")] = None,
    session: OnlySession = None,
    agent: OnlyAgent = None,
    app: OnlyApp = None,
    speaker: OnlySpeaker = None,
    role: OnlyRole = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Write the block to put into a prompt, and nothing else.

    Example: satchel context "Plan a dinner for her" --budget 600
    """
    wanted = filters(
        session=session,
        agent=agent,
        app=app,
        speaker=speaker,
        role=role,
        since=since,
        until=until,
        as_of=as_of,
        known_at=known_at,
    )
    with opened_space(ctx) as space:
        found = space.context(query, budget=budget, limit=limit, **wanted)
    if as_json:
        document(found)
    else:
        line(safe(found.text))
        notes(found.degraded)
    if not found.hits:
        raise typer.Exit(NOTHING_FOUND)


def messages(
    ctx: typer.Context,
    *,
    limit: Limit = 20,
    session: OnlySession = None,
    agent: OnlyAgent = None,
    app: OnlyApp = None,
    speaker: OnlySpeaker = None,
    role: OnlyRole = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Show the latest messages, the oldest of them first.

    Example: satchel messages --session monday --limit 50
    """
    wanted = filters(
        session=session,
        agent=agent,
        app=app,
        speaker=speaker,
        role=role,
        since=since,
        until=until,
        as_of=as_of,
        known_at=known_at,
    )
    with opened_space(ctx) as space:
        log = space.messages(limit=limit, **wanted)
    if as_json:
        document(log)
    else:
        out = console()
        for one in log:
            entry(out, _heading("", one.said_at, one.speaker or one.role, one.session, one.id), one.content)
    if not log:
        raise typer.Exit(NOTHING_FOUND)


def _heading(
    score: str, said_at: datetime, who: str | None, session: str | None, message_id: str
) -> list[tuple[str, str]]:
    return [
        (score, "green"),
        (minute(said_at), "dim"),
        (who or "", "bold"),
        (session or "", "dim"),
        (message_id, "dim"),
    ]


def _hit_heading(hit: "Hit") -> list[tuple[str, str]]:
    score = f"{hit.score:.2f}"
    if hit.kind == "message":
        return _heading(score, hit.said_at, hit.speaker or hit.role, hit.session, hit.id)
    state = str(hit.metadata.get("status", ""))
    since = f"since {day(hit.valid_from)}" if hit.valid_from else f"said {day(hit.said_at)}"
    until = f"until {day(hit.valid_to)}" if hit.valid_to else ""
    known = "" if state == "current" else state
    return [(score, "green"), (hit.kind, "bold"), (known, "yellow"), (since, ""), (until, ""), (hit.id, "dim")]


def _signals(signals: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value:.2f}" for name, value in signals.items())
