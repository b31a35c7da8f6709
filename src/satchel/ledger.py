"""Adding to the log: utterances become messages with their features, in one durable transaction.

The slow part, embedding, happens before the transaction; what is a duplicate is decided inside it, where no other
process can add the same message at the same moment.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from satchel.engine import Engine, Place
from satchel.errors import InvalidInput, ModelUnavailable, StoreUnavailable
from satchel.extract.identity import call_content, call_identity, message_identities
from satchel.extract.messages import Utterance
from satchel.features import features_of
from satchel.ids import new_id
from satchel.model import Added, Message
from satchel.models.language import DEFAULT_LANGUAGE, detect_language
from satchel.packing import feature_rows, pack_if_due
from satchel.records import Call, Records
from satchel.rereading import NotReadError, Rereading
from satchel.retrieve.block import Block
from satchel.settings import settings_of
from satchel.store.port import Changes, Row, RowKind, View
from satchel.truth.statements import public_claims


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message that is ready to be stored, unless it turns out to be there already."""

    message: Message
    block: Block


def add(
    engine: Engine,
    place: Place,
    utterances: Sequence[Utterance],
    *,
    notes: Sequence[str],
    idempotency_key: str | None,
) -> Added:
    """Store what is new of `utterances`, and report what is not.

    Raises:
        InvalidInput: the idempotency key was used for other messages.
    """
    degraded = dict.fromkeys(notes)
    drafts: dict[int, _Draft] = {}
    rereading = Rereading(engine, degraded)
    embedder: str | None = None
    while True:
        stored, chosen = engine.read(
            place.scope,
            lambda view, records: (
                _stored(view, records, utterances, idempotency_key),
                settings_of(view, records).embedder,
            ),
        ) or (set[int](), None)
        known = _with_repetitions(utterances, stored)
        drafts = drafts if chosen == embedder else {}
        embedder = chosen
        missing = [i for i in range(len(utterances)) if i not in drafts and i not in known]
        drafts |= dict(zip(missing, _drafted(engine, embedder, utterances, missing, degraded), strict=True))
        rereading.prepare(place, [draft.message for i, draft in sorted(drafts.items()) if i not in known])
        adding = _Adding(engine, utterances, drafts, embedder, idempotency_key, rereading)
        try:
            engine.write(place, adding.decide, create=True)
        except (_ForgottenMeanwhileError, NotReadError):
            continue
        break
    _pack(engine, place, adding)
    if adding.jobs:
        engine.bell.ring()
    return Added(
        message_ids=tuple(adding.message_ids),
        claims=tuple(public_claims(rereading.readings_of(adding.fresh))),
        duplicates=tuple(dict.fromkeys(adding.duplicates)),
        degraded=(*degraded, *adding.notes),
    )


def _pack(engine: Engine, place: Place, adding: "_Adding") -> None:
    """Pack if it is time; the messages are durable already, so a failure is noted and not raised."""
    try:
        pack_if_due(engine, place, waiting=adding.waiting)
    except StoreUnavailable as error:
        adding.notes.append(f"stored, but not packed: {error}")


class _ForgottenMeanwhileError(Exception):
    """A message that was a duplicate when we looked has been forgotten since."""


@dataclass(slots=True)
class _Adding:
    """The decision of one `add`, made inside the transaction, and what came of it."""

    engine: Engine
    utterances: Sequence[Utterance]
    drafts: dict[int, _Draft]
    embedder: str | None
    """The choice of the space that the drafts were embedded by."""
    idempotency_key: str | None
    rereading: Rereading
    message_ids: list[str] = field(default_factory=list[str])
    duplicates: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    fresh: dict[str, Message] = field(default_factory=dict[str, Message])
    waiting: int = 0
    jobs: int = 0

    def decide(self, view: View, records: Records) -> Changes:
        self.message_ids, self.duplicates, self.notes, self.fresh = [], [], [], {}
        earlier = self._earlier_call(view, records)
        if earlier is not None:
            self.message_ids, self.duplicates = list(earlier.message_ids), list(earlier.message_ids)
            self.notes = ["this idempotency key was used before with the same messages: nothing was stored again"]
            return Changes()
        if settings_of(view, records).embedder != self.embedder:
            raise NotReadError
        marks: dict[bytes, str] = {}
        rows: list[Row] = []
        blocks: list[Block] = []
        every = [_marks(records, utterance) for utterance in self.utterances]
        stored = view.marked(list(chain.from_iterable(every)))
        for number, (utterance, own) in enumerate(zip(self.utterances, every, strict=True)):
            found = {mark: known[mark] for known in (stored, marks) for mark in own if mark in known}
            if found:
                self._note_duplicate(number, utterance, self._first(found, view, records))
                continue
            draft = self.drafts.get(number)
            if draft is None:
                raise _ForgottenMeanwhileError
            self.message_ids.append(draft.message.id)
            self.fresh[draft.message.id] = draft.message
            marks |= dict.fromkeys(own, draft.message.id)
            rows.append(records.message_row(draft.message))
            blocks.append(draft.block)
        features = feature_rows(records, list(self.fresh.values()), blocks)
        self.waiting = view.count(RowKind.FEATURES) + sum(row.kind is RowKind.FEATURES for row in features)
        readings, outdated = self.rereading.rows(view, records, list(self.fresh.values()))
        jobs, replaced = self.engine.wanted_rows(view, records) if self.fresh else ([], [])
        self.jobs = len(jobs)
        return Changes(
            put=[*rows, *features, *readings, *jobs, *self._call_rows(records, marks)],
            remove=[*outdated, *replaced],
            marks=marks,
        )

    def _first(self, found: Mapping[bytes, str], view: View, records: Records) -> Message:
        """Return the message that came before, of this call or stored."""
        message_id = next(iter(found.values()))
        if message_id in self.fresh:
            return self.fresh[message_id]
        return records.message(view.get(RowKind.MESSAGE, [message_id])[message_id])

    def _note_duplicate(self, number: int, utterance: Utterance, first: Message) -> None:
        self.message_ids.append(first.id)
        self.duplicates.append(first.id)
        same_time = utterance.said_at is None or utterance.said_at == first.said_at
        if (utterance.role, utterance.content) != (first.role, first.content) or not same_time:
            self.notes.append(
                f"message {number}: its id was stored before with other words or another time; "
                "the stored message was kept, since messages never change"
            )

    def _earlier_call(self, view: View, records: Records) -> Call | None:
        if self.idempotency_key is None:
            return None
        mark = records.cipher.mark(call_identity(self.idempotency_key))
        row_id = view.marked([mark]).get(mark)
        if row_id is None:
            return None
        call = records.call(view.get(RowKind.CALL, [row_id])[row_id])
        if call.content != records.cipher.mark(call_content(self.utterances)):
            raise InvalidInput(
                f"idempotency_key {self.idempotency_key!r} was used before with other messages; use a new key"
            )
        return call

    def _call_rows(self, records: Records, marks: dict[bytes, str]) -> list[Row]:
        if self.idempotency_key is None:
            return []
        row_id = new_id()
        marks[records.cipher.mark(call_identity(self.idempotency_key))] = row_id
        call = Call(records.cipher.mark(call_content(self.utterances)), tuple(self.message_ids))
        return [records.call_row(row_id, call, 0)]


def _stored(view: View, records: Records, utterances: Sequence[Utterance], idempotency_key: str | None) -> set[int]:
    """Return the places of the utterances that are stored already."""
    if idempotency_key is not None and view.marked([records.cipher.mark(call_identity(idempotency_key))]):
        return set(range(len(utterances)))
    every = [_marks(records, one) for one in utterances]
    stored = view.marked(list(chain.from_iterable(every)))
    return {number for number, own in enumerate(every) if any(mark in stored for mark in own)}


def _with_repetitions(utterances: Sequence[Utterance], stored: Collection[int]) -> set[int]:
    """Return the places of the utterances that need no draft: they are stored, or came before in the same call."""
    known: set[int] = set()
    fresh: set[bytes] = set()
    for number, one in enumerate(utterances):
        own = message_identities(one)
        if number in stored or not fresh.isdisjoint(own):
            known.add(number)
        else:
            fresh.update(own)
    return known


def _marks(records: Records, utterance: Utterance) -> list[bytes]:
    return [records.cipher.mark(identity) for identity in message_identities(utterance)]


def _drafted(
    engine: Engine,
    embedder: str | None,
    utterances: Sequence[Utterance],
    wanted: Sequence[int],
    degraded: dict[str, None],
) -> list[_Draft]:
    if not wanted:
        return []
    messages = _messages(engine, utterances, wanted, degraded)
    try:
        blocks = features_of(messages, engine.embedder_of(embedder))
    except ModelUnavailable as error:
        degraded[f"stored without vectors: {error}"] = None
        blocks = features_of(messages, None)
    return [_Draft(message, block) for message, block in zip(messages, blocks, strict=True)]


def _messages(
    engine: Engine, utterances: Sequence[Utterance], wanted: Sequence[int], degraded: dict[str, None]
) -> list[Message]:
    now = engine.clock()
    return [
        Message(
            id=new_id(),
            role=one.role,
            content=one.content,
            said_at=one.said_at or now,
            received_at=now,
            speaker=one.speaker,
            session=one.session,
            agent=one.agent,
            app=one.app,
            metadata=one.metadata,
            trust=one.trust,
            language=_language(one.content, degraded),
            caller_id=one.caller_id,
            turn=0 if one.own_time else number,
            act=one.act,
        )
        for number, one in ((number, utterances[number]) for number in wanted)
    ]


def _language(text: str, degraded: dict[str, None]) -> str:
    try:
        return detect_language(text)
    except ModelUnavailable as error:
        degraded[f"stored as English: {error}"] = None
        return DEFAULT_LANGUAGE
