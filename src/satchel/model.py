"""The values that cross Satchel's border: messages in, hits, contexts and receipts out.

All are frozen: a value that was handed out never changes under its holder. Times are aware UTC datetimes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal, overload

Role = Literal["user", "assistant", "system", "tool"]
Kind = Literal["message", "fact", "episode", "procedure"]
JobState = Literal["waiting", "leased", "dead"]

DEFAULT_TENANT = "default"


class Trust(IntEnum):
    """How far words may be believed; a derived record has the least trust of its sources (law 8)."""

    UNTRUSTED = 0
    """Said by a tool or a document."""
    MODEL = 1
    """Said by an assistant."""
    PERSON = 2
    """Said by a person."""
    OPERATOR = 3
    """Said by the application, in a system message."""


@dataclass(frozen=True, slots=True)
class Source:
    """The words that support a record: characters `start` to `end` (exclusive) of a message's content."""

    message_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance in the log, verbatim. `said_at` is valid time, `received_at` is known time."""

    id: str
    role: Role
    content: str
    said_at: datetime
    received_at: datetime
    speaker: str | None = None
    session: str | None = None
    agent: str | None = None
    app: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict[str, object])
    trust: Trust = Trust.PERSON
    language: str = "en"
    caller_id: str | None = None
    turn: int = 0
    """Its place among the messages of one `add` that have the time of the call; 0 for one with a time of its own."""
    act: Mapping[str, object] | None = None
    """What a person changed by hand, where this is the record of that: a correction, or two names joined or parted."""


Status = Literal["current", "past", "planned", "unknown"]
Polarity = Literal["holds", "ended", "never"]
Modality = Literal["asserted", "planned", "wished", "hypothetical", "asked", "quoted"]
Stance = Literal["stated", "told", "corrected", "confirmed"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion found in a message. `valid_from` and `valid_to` are what the words say of its time."""

    subject: str
    """`user` for a speaker without a name, else a name, or the noun that was used ("sister")."""
    attribute: str
    value: str
    qualifier: str | None
    polarity: Polarity
    modality: Modality
    stance: Stance
    valid_from: datetime | None
    valid_to: datetime | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What the claims on one subject and attribute add up to: a value and when it holds.

    `valid_from` is None when only a time is known at which it held already; that is `said_at` at the latest.
    `valid_to` is None when no end is known. Precisions are words: `day`, `month`, `year`, `unknown` …
    """

    id: str
    subject: str
    attribute: str
    qualifier: str | None
    value: str
    text: str
    """A sentence that says it."""
    status: Status
    valid_from: datetime | None
    valid_to: datetime | None
    from_precision: str
    to_precision: str
    said_at: datetime
    """When it was first said."""
    confirmed_at: datetime
    """When it was said last."""
    conflict: bool
    """Whether something else was said to hold at the same time; what was said last wins."""
    stance: Stance | Literal["inferred"]
    trust: Trust
    sources: tuple[Source, ...]
    premises: tuple[str, ...] = ()
    """Ids of the facts that it rests on."""
    because: str | None = None
    """Why it is past or unknown."""

    @property
    def mentions(self) -> int:
        """In how many messages it was said, in whatever words."""
        return len({source.message_id for source in self.sources})


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation, thing or topic that facts are about."""

    id: str
    name: str
    kind: str
    aliases: Mapping[str, str]
    """Other names → why each is taken for this entity."""
    mentions: int
    first_said_at: datetime
    last_said_at: datetime


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact that joins two entities."""

    source: str
    attribute: str
    target: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Graph:
    """The neighbourhood of an entity at a time. Edges name entities by id."""

    centre: str
    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the history of a slot: what was said, and what it did."""

    at: datetime
    effect: str
    """stated, restated, replaced, ended, corrected, planned, cancelled, denied."""
    text: str
    source: Source
    speaker: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did: ids in the order given, and which of them had been there before."""

    message_ids: tuple[str, ...]
    duplicates: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A recalled record: its words, its score in 0..1 (relative to this query), and what supports it."""

    id: str
    kind: Kind
    text: str
    score: float
    said_at: datetime
    trust: Trust
    sources: tuple[Source, ...]
    role: Role | None = None
    speaker: str | None = None
    session: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    metadata: Mapping[str, object] = field(default_factory=dict[str, object])
    signals: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Hits(Sequence[Hit]):
    """Hits, best first. `supported` tells whether the space holds evidence for the query at all.

    `support` is how far the best evidence lies above what counts as evidence (a sum of a cosine and a share, from about
    -1 to 1.5); what is negative is not supported. `reason` says in words why there is evidence or none.
    """

    items: tuple[Hit, ...]
    supported: bool
    degraded: tuple[str, ...] = ()
    took_ms: float = 0.0
    support: float = 0.0
    reason: str = ""

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Context:
    """The block for the prompt. `text` starts with `prefix`, whose bytes stay the same from call to call.

    `tokens` counts `ceil(len(text) / 4)`; `hits` are the records quoted in it, in reading order. `reason` says in words
    why there is evidence for the question, or none.
    """

    text: str
    tokens: int
    prefix: str
    hits: tuple[Hit, ...]
    supported: bool
    degraded: tuple[str, ...] = ()
    took_ms: float = 0.0
    reason: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a deletion destroyed, how many of each and where, and what it could not reach.

    `complete` is false when another process's open read kept old pages of the log in use; the next
    deletion, compaction or opening of the store finishes the work, and `remains` says so.
    """

    space: str
    tenant: str
    at: datetime
    message_ids: tuple[str, ...]
    destroyed: Mapping[str, int]
    complete: bool
    remains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """One line of `Memory.spaces()`."""

    name: str
    tenant: str
    messages: int
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Copied:
    """What `Memory.copy_to` did with one space."""

    space: str
    tenant: str
    messages: int
    written: int
    """Rows that had to be written; none where an earlier copy was up to date."""
    digest: str
    """SHA-256 of all that the space holds, the same in both stores."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What is in a backup file, or was restored from one."""

    spaces: int
    messages: int
    bytes: int
    digest: str
    """SHA-256 of the sealed rows of all spaces."""
    unreadable: int = 0
    """Spaces that were left out of the restored store, since their keys are gone: they were erased since."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a store holds, and what it takes."""

    spaces: int
    erased: int
    rows: Mapping[str, int]
    """By kind."""
    content_bytes: Mapping[str, int]
    """Sealed bytes by kind."""
    disk_bytes: int
    keys: int


@dataclass(frozen=True, slots=True)
class Job:
    """Slow work on one space that waits (`waiting`), is being done (`leased`) or was given up (`dead`).

    `due` is when it is to be done; while it is leased, when another worker may take it; None when it was given up.
    """

    space: str
    tenant: str
    task: str
    state: JobState
    due: datetime | None
    attempts: int
    """How often in a row it did not succeed."""
    error: str | None
    """Why not, the last time."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What `Memory.work` did: how many attempts ended well, how many failed, and how many a model was missing for."""

    done: int
    failed: int
    postponed: int
    """The language model could not be reached or may not be used now; they are tried again later."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `Memory.check()`: `ok`, `warning` or `error`, and what to do about it."""

    subject: str
    status: Literal["ok", "warning", "error"]
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """What works here and what is missing."""

    findings: tuple[Finding, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether nothing is broken; warnings are allowed."""
        return all(finding.status != "error" for finding in self.findings)
