"""The options that commands share, and the memory that they name."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict, cast

import typer

from satchel.errors import InvalidInput, NotFound
from satchel.model import DEFAULT_TENANT, Role

if TYPE_CHECKING:
    from satchel import Memory, Space
    from satchel.vault.vault import Key

Json = Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")]
Limit = Annotated[int, typer.Option("--limit", help="How many at most.")]
OnlySession = Annotated[str | None, typer.Option("--session", help="Only of this session.")]
OnlyAgent = Annotated[str | None, typer.Option("--agent", help="Only of this agent.")]
OnlyApp = Annotated[str | None, typer.Option("--app", help="Only of this application.")]
OnlySpeaker = Annotated[str | None, typer.Option("--speaker", help="Only what this person said.")]
OnlyRole = Annotated[str | None, typer.Option("--role", help="user, assistant, system or tool.")]
Since = Annotated[str | None, typer.Option("--since", help="Said at this time or later (date or RFC 3339).")]
Until = Annotated[str | None, typer.Option("--until", help="Said by this time.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Leave out what was said later than this.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="Leave out what was received later than this.")]
OnlySubject = Annotated[str | None, typer.Option("--subject", help="Only about this one: a name, or user.")]
OnlyAttribute = Annotated[str | None, typer.Option("--attribute", help="Only this attribute, such as lives_in.")]
TrueThen = Annotated[str | None, typer.Option("--as-of", help="What was true at this time (date or RFC 3339).")]
KnownThen = Annotated[str | None, typer.Option("--known-at", help="What was known at this time.")]
FactId = Annotated[str, typer.Argument(metavar="FACT_ID", help="The fact, by the beginning or end of its id.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class Filters(TypedDict):
    """The filters of `Space.search`, `Space.context` and `Space.messages`."""

    session: str | None
    agent: str | None
    app: str | None
    speaker: str | None
    role: Role | None
    since: str | None
    until: str | None
    as_of: str | None
    known_at: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options: which store, which space, and how it is opened."""

    store: str
    space: str
    tenant: str | None
    encrypt: bool
    key_file: Path | None
    ask_passphrase: bool
    keys: str | None

    @property
    def exists(self) -> bool:
        """Whether there is a store; of a server that is seen when it is opened."""
        return "://" in self.store or (Path(self.store) / "satchel.db").exists()

    @property
    def tenant_or_default(self) -> str:
        """The tenant that is meant."""
        return self.tenant or DEFAULT_TENANT

    @property
    def shown(self) -> str:
        """The store, without a password."""
        from satchel.locations import without_password

        return without_password(self.store)


def settings(context: typer.Context) -> Settings:
    """Return the global options of this run."""
    return cast(Settings, context.find_root().obj)


def filters(
    *,
    session: str | None,
    agent: str | None,
    app: str | None,
    speaker: str | None,
    role: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    known_at: str | None,
) -> Filters:
    """Gather the filters; the engine checks their values."""
    return Filters(
        session=session,
        agent=agent,
        app=app,
        speaker=speaker,
        role=cast(Role | None, role),
        since=since,
        until=until,
        as_of=as_of,
        known_at=known_at,
    )


@contextmanager
def opened(given: Settings, *, make: bool = False) -> Generator["Memory"]:
    """Open the memory that the global options name.

    Raises:
        NotFound: there is no store, and `make` does not ask for one: a mistyped path makes no directory.
    """
    import satchel

    if not make and not given.exists:
        raise NotFound(f"there is no store in {given.shown}; give --store DIR, or add a message to make one")
    with satchel.open(given.store, key=key_of(given), keys=given.keys, encrypt=given.encrypt, work=False) as memory:
        yield memory


@contextmanager
def opened_space(context: typer.Context, *, make: bool = False) -> Generator["Space"]:
    """Open the space that the global options name."""
    given = settings(context)
    with opened(given, make=make) as memory:
        yield memory.space(given.space, tenant=given.tenant_or_default)


def ask_passphrase(prompt: str, *, confirm: bool) -> str:
    """Ask for a passphrase on the terminal, without showing it."""
    return cast(str, typer.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True))


def key_of(given: Settings) -> "Key":
    """Return what the global options say about the master key."""
    import satchel

    if sum((given.key_file is not None, given.ask_passphrase, not given.encrypt)) > 1:
        raise InvalidInput("give only one of --key-file, --ask-passphrase and --no-encrypt")
    if given.key_file is not None:
        return satchel.KeyFile(os.fspath(given.key_file))
    if given.ask_passphrase:
        return satchel.Passphrase(ask_passphrase("Passphrase", confirm=not given.exists))
    return satchel.EnvironmentKey() if given.encrypt and os.environ.get("SATCHEL_KEY") else None
