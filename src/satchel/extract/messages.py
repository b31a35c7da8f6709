"""What a caller hands to `add`, validated by name and read into utterances.

Every defect is reported with the place it is in ("message 3: …"), and nothing is stored when there is one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from satchel.errors import InvalidInput
from satchel.extract.content import Content, mend_unicode, read_content
from satchel.extract.instants import read_instant
from satchel.model import Role, Trust

MAX_CHARACTERS = 1_000_000
"""The longest message: about a 700-page book, or fifteen seconds of embedding."""

MAX_METADATA = 65_536
MAX_NESTING = 32
_NUMBER_BITS = 63
MAX_NAME = 512
MAX_MESSAGES = 100_000

_ROLES: dict[str, Role] = {
    "user": "user",
    "assistant": "assistant",
    "system": "system",
    "tool": "tool",
    "developer": "system",
    "function": "tool",
}
_TRUST: dict[Role, Trust] = {
    "user": Trust.PERSON,
    "assistant": Trust.MODEL,
    "system": Trust.OPERATOR,
    "tool": Trust.UNTRUSTED,
}

Given = str | Mapping[str, object] | Sequence[str | Mapping[str, object]]
"""The shapes `Space.add` takes."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What `add` was told about all of its messages."""

    session: str | None = None
    agent: str | None = None
    app: str | None = None
    at: datetime | None = None
    metadata: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One validated message, not yet stored. `said_at` is None when the caller gave no time."""

    role: Role
    content: str
    said_at: datetime | None
    speaker: str | None
    session: str | None
    agent: str | None
    app: str | None
    metadata: Mapping[str, object]
    trust: Trust
    caller_id: str | None
    own_time: bool = False
    """Whether the time is the message's own, and not one given for the whole call."""
    act: Mapping[str, object] | None = None


def read_defaults(*, session: object, agent: object, app: object, at: object, metadata: object) -> Defaults:
    """Validate the keyword arguments of `add`."""
    return Defaults(
        session=_name(session, "session"),
        agent=_name(agent, "agent"),
        app=_name(app, "app"),
        at=None if at is None else read_instant(at, name="at"),
        metadata=_metadata(metadata, "metadata"),
    )


def read_messages(given: Given, defaults: Defaults) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """Read what was given into utterances, in the order given, and notes on what had to be left out.

    Raises:
        InvalidInput: it is empty, or a message is not valid; the message is named by its place.
    """
    if isinstance(given, (str, Mapping)):
        given = [given]
    if not isinstance(given, Sequence) or isinstance(given, (bytes, bytearray)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInput(f"messages must be a string, a mapping or a list of them, not {type(given).__name__}")
    if not given:
        raise InvalidInput("messages is empty; give at least one message")
    if len(given) > MAX_MESSAGES:
        raise InvalidInput(f"{len(given)} messages in one call; the limit is {MAX_MESSAGES}: add them in batches")
    notes: list[str] = []
    utterances = tuple(_read_one(one, defaults, f"message {i}", notes) for i, one in enumerate(given))
    return utterances, tuple(notes)


def _read_one(given: object, defaults: Defaults, where: str, notes: list[str]) -> Utterance:
    if isinstance(given, str):
        given = {"role": "user", "content": given}
    if not isinstance(given, Mapping):
        raise InvalidInput(f"{where}: expected a string or a mapping with role and content, got {type(given).__name__}")
    message = cast(Mapping[str, object], given)
    role = _role(message.get("role"), where)
    content = read_content(message, where=where)
    _check_length(content.text, where)
    notes.extend(content.notes)
    return Utterance(
        role="tool" if content.only_tool_words else role,
        content=content.text,
        said_at=_said_at(message, defaults, where),
        speaker=_name(message.get("name"), f"{where}: name"),
        session=_name(message.get("session"), f"{where}: session") or defaults.session,
        agent=_name(message.get("agent"), f"{where}: agent") or defaults.agent,
        app=_name(message.get("app"), f"{where}: app") or defaults.app,
        metadata=_merged(defaults.metadata, _metadata(message.get("metadata"), f"{where}: metadata")),
        trust=_trust(role, content),
        caller_id=_caller_id(message.get("id"), where),
        own_time=any(message.get(key) is not None for key in ("timestamp", "at")),
    )


def _role(role: object, where: str) -> Role:
    if isinstance(role, str) and role in _ROLES:
        return _ROLES[role]
    if role is None:
        raise InvalidInput(f"{where}: role is missing; use user, assistant, system or tool")
    raise InvalidInput(f"{where}: unknown role {role!r}; use user, assistant, system or tool")


def _trust(role: Role, content: Content) -> Trust:
    trust = _TRUST[role]
    return min(trust, Trust.UNTRUSTED) if content.has_tool_words else trust


def _check_length(text: str, where: str) -> None:
    if not text.strip():
        raise InvalidInput(f"{where}: content is empty; leave the message out or give its words")
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            f"{where}: {len(text):,} characters; the limit is {MAX_CHARACTERS:,}: split it into several messages"
        )


def _said_at(message: Mapping[str, object], defaults: Defaults, where: str) -> datetime | None:
    given = [key for key in ("timestamp", "at") if message.get(key) is not None]
    times = [read_instant(message[key], name=f"{where}: {key}") for key in given]
    if not times:
        return defaults.at
    if times[0] != times[-1]:
        raise InvalidInput(f"{where}: timestamp and at differ; give one of them")
    return times[0]


def _name(value: object, what: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"{what} must be a non-empty string")
    if len(value) > MAX_NAME:
        raise InvalidInput(f"{what} has {len(value)} characters; the limit is {MAX_NAME}")
    return mend_unicode(value)


def _caller_id(value: object, where: str) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _name(value, f"{where}: id")


def _metadata(value: object, what: str) -> Mapping[str, object] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise InvalidInput(f"{what} must be a mapping of JSON values, not {type(value).__name__}")
    try:
        text = json.dumps(dict(cast(Mapping[str, object], value)), allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{what} must hold JSON values only: {error}") from None
    if len(text) > MAX_METADATA:
        raise InvalidInput(f"{what} takes {len(text):,} bytes as JSON; the limit is {MAX_METADATA:,}")
    kept = cast(Mapping[str, object], json.loads(mend_unicode(text)))
    _check_json(kept, what, MAX_NESTING)
    return kept


def _check_json(value: object, what: str, levels: int) -> None:
    """Refuse what other systems could not read back: deep nesting, and whole numbers of more than 64 bits."""
    if isinstance(value, int) and value.bit_length() > _NUMBER_BITS:
        raise InvalidInput(f"{what} holds a number of more than 64 bits; give it as a string")
    if isinstance(value, (dict, list)):
        if levels == 0:
            raise InvalidInput(f"{what} is nested more than {MAX_NESTING} levels deep; flatten it")
        inside = cast(Sequence[object], value.values() if isinstance(value, dict) else value)
        for one in inside:
            _check_json(one, what, levels - 1)


def _merged(common: Mapping[str, object] | None, own: Mapping[str, object] | None) -> Mapping[str, object]:
    return {**(common or {}), **(own or {})}
