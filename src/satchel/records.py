"""How messages, names and outcomes of calls look inside a sealed row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from satchel.extract.claim import Claim, Joining, Mention, Moment, Reading, Repair
from satchel.extract.instants import from_micros, to_micros
from satchel.extract.time.interval import Precision
from satchel.limits import Spent
from satchel.model import Message, Source, Trust
from satchel.serial import pack, unpack
from satchel.store.port import Row, RowKind, Scope
from satchel.uses import Use
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
            message.turn,
            None if message.act is None else json.dumps(dict(message.act)),
        )
        return self.row(RowKind.MESSAGE, message.id, to_micros(message.said_at), body)

    def message(self, row: Row) -> Message:
        """Open a message."""
        role, content, speaker, session, agent, app, metadata, trust, language, caller_id, received, turn, act = (
            _unpack(self.body(row))
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
            turn=turn,
            act=None if act is None else json.loads(act),
        )

    def reading_row(self, reading: Reading) -> Row:
        """Seal what was found in a message."""
        body = _pack(
            reading.known_at,
            reading.turn,
            reading.digest,
            reading.role,
            int(reading.trust),
            reading.speaker,
            [_claim_body(one) for one in reading.claims],
            [(one.one, one.other, one.together) for one in reading.joinings],
            [(one.wrong, one.right, one.source.start, one.source.end) for one in reading.repairs],
        )
        return self.row(RowKind.READING, reading.message_id, reading.said_at, body)

    def reading(self, row: Row) -> Reading:
        """Open what was found in a message."""
        known_at, turn, digest, role, trust, speaker, claims, joinings, repairs = _unpack(self.body(row))
        return Reading(
            message_id=row.id,
            said_at=row.at,
            known_at=known_at,
            turn=turn,
            digest=digest,
            role=role,
            trust=Trust(trust),
            speaker=speaker,
            claims=tuple(_claim(one) for one in claims),
            joinings=tuple(Joining(*one) for one in joinings),
            repairs=tuple(Repair(wrong, right, Source(row.id, start, end)) for wrong, right, start, end in repairs),
        )

    def text_row(self, kind: RowKind, row_id: str, text: str) -> Row:
        """Seal a text."""
        return self.row(kind, row_id, 0, _pack(text))

    def text(self, row: Row) -> str:
        """Open a text."""
        (text,) = _unpack(self.body(row))
        return text

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

    def spent_row(self, row_id: str, spent: Spent, at: int) -> Row:
        """Seal what calls of a language model took."""
        body = _pack(
            spent.day.isoformat(),
            spent.purpose,
            spent.calls,
            spent.failed,
            spent.tokens_in,
            spent.tokens_out,
            spent.cost,
        )
        return self.row(RowKind.SPENT, row_id, at, body)

    def spent(self, row: Row) -> Spent:
        """Open what calls of a language model took."""
        day, *rest = _unpack(self.body(row))
        return Spent(date.fromisoformat(day), *rest)

    def use_row(self, use: Use) -> Row:
        """Seal how useful a message was found; in clear stays the last time."""
        return self.row(RowKind.USE, use.message_id, use.verdicts[-1][0], _pack([list(one) for one in use.verdicts]))

    def use(self, row: Row) -> Use:
        """Open how useful a message was found."""
        (verdicts,) = _unpack(self.body(row))
        return Use(row.id, tuple((at, useful) for at, useful in verdicts))

    def forgotten_row(self, row_id: str, at: int, count: int) -> Row:
        """Seal that so many messages were forgotten at a time."""
        return self.row(RowKind.FORGOTTEN, row_id, at, _pack(count))

    def forgotten(self, row: Row) -> tuple[int, int]:
        """Open when messages were forgotten, and how many."""
        (count,) = _unpack(self.body(row))
        return row.at, count

    def _place(self, kind: RowKind, row_id: str) -> Place:
        return Place(self.scope.tenant, self.scope.space, row_id, kind)


def _claim_body(claim: Claim) -> list[object]:
    return [
        (claim.subject.kind, claim.subject.text),
        claim.attribute,
        claim.value,
        [(one.message_id, one.start, one.end) for one in claim.sources],
        claim.qualifier,
        claim.polarity,
        claim.modality,
        claim.stance,
        _moment_body(claim.begins),
        _moment_body(claim.ends),
        claim.normal,
    ]


def _claim(body: Sequence[Any]) -> Claim:
    subject, attribute, value, sources, qualifier, polarity, modality, stance, begins, ends, normal = body
    return Claim(
        subject=Mention(*subject),
        attribute=attribute,
        value=value,
        sources=tuple(Source(*one) for one in sources),
        qualifier=qualifier,
        polarity=polarity,
        modality=modality,
        stance=stance,
        begins=_moment(begins),
        ends=_moment(ends),
        normal=normal,
    )


def _moment_body(moment: Moment | None) -> tuple[int, int] | None:
    return None if moment is None else (moment.at, moment.precision.value)


def _moment(body: Sequence[int] | None) -> Moment | None:
    return None if body is None else Moment(body[0], Precision(body[1]))


def _pack(*values: object) -> bytes:
    return pack(_FORMAT, *values)


def _unpack(body: bytes) -> Sequence[Any]:
    return unpack(body)[1:]
