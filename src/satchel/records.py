"""How messages, names and outcomes of calls look inside a sealed row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from satchel.extract.instants import from_micros, to_micros
from satchel.model import Message, Trust
from satchel.serial import pack, unpack
from satchel.store.port import Row, RowKind, Scope
from satchel.vault.cipher import Cipher, Place

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Call:
    """What became of a call of `add` that had an idempotency key."""

    content: bytes
    """Keyed fingerprint of what was said, to tell a repetition from another use of the key."""
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """Seals and opens the rows of one space."""

    scope: Scope
    cipher: Cipher

    def row(self, kind: RowKind, row_id: str, at: int, body: bytes) -> Row:
        """Seal a body into a row."""
        return Row(kind, row_id, at, self.cipher.seal(body, self._place(kind, row_id)))

    def body(self, row: Row) -> bytes:
        """Open a row's body."""
        return self.cipher.open(row.body, self._place(row.kind, row.id))

    def message_row(self, message: Message) -> Row:
        """Seal a message."""
        body = _pack(
            message.role,
            message.content,
            message.speaker,
            message.session,
            message.agent,
            message.app,
            json.dumps(dict(message.metadata)),
            int(message.trust),
            message.language,
            message.caller_id,
            to_micros(message.received_at),
        )
        return self.row(RowKind.MESSAGE, message.id, to_micros(message.said_at), body)

    def message(self, row: Row) -> Message:
        """Open a message."""
        role, content, speaker, session, agent, app, metadata, trust, language, caller_id, received = _unpack(
            self.body(row)
        )
        return Message(
            id=row.id,
            role=role,
            content=content,
            said_at=from_micros(row.at),
            received_at=from_micros(received),
            speaker=speaker,
            session=session,
            agent=agent,
            app=app,
            metadata=json.loads(metadata),
            trust=Trust(trust),
            language=language,
            caller_id=caller_id,
        )

    def names_row(self, tenant: str, name: str, at: int) -> Row:
        """Seal the names that the scope's pseudonyms stand for."""
        return self.row(RowKind.SPACE, self.scope.space, at, _pack(tenant, name))

    def names(self, row: Row) -> tuple[str, str]:
        """Open the names of a tenant and a space."""
        tenant, name = _unpack(self.body(row))
        return tenant, name

    def call_row(self, row_id: str, call: Call, at: int) -> Row:
        """Seal the outcome of a call."""
        return self.row(RowKind.CALL, row_id, at, _pack(call.content, list(call.message_ids)))

    def call(self, row: Row) -> Call:
        """Open the outcome of a call."""
        content, message_ids = _unpack(self.body(row))
        return Call(content, tuple(message_ids))

    def _place(self, kind: RowKind, row_id: str) -> Place:
        return Place(self.scope.tenant, self.scope.space, row_id, kind)


def _pack(*values: object) -> bytes:
    return pack(_FORMAT, *values)


def _unpack(body: bytes) -> Sequence[Any]:
    return unpack(body)[1:]
