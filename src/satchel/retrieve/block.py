"""Packed features of messages: what search keeps of them, as arrays.

One format serves all: a block of one message is the row that a write appends, a block of many is a segment, and the
blocks in memory are joins of both. Vectors are whole numbers of 4 bits with a scale each, held in memory in float32:
every product with a query's, of 8 bits and up to 18,000 dimensions, is a whole number below 2^24, so that a matrix
product is exact whatever the library, the order of rows or the number of threads (laws 5 and 9). The small vectors of
tokens are whole numbers of 2 bits, four in a byte, and are unpacked when they are compared. As bytes, all but the
vectors and the terms is compressed, what ascends as differences.
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from satchel.ids import uuid_text
from satchel.model import Role
from satchel.retrieve.earlier import earlier_arrays
from satchel.retrieve.numbers import KEPT, pack_tokens, pack_vectors, quantize, unpack_vectors
from satchel.serial import pack, unpack

FORMAT = 4
ROLES: tuple[Role, ...] = ("user", "assistant", "system", "tool")
NO_NAME = -1

Span = tuple[int, int]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Features:
    """What search keeps of one message. Times are microseconds since 1970."""

    id: str
    said_at: int
    received_at: int
    role: Role
    language: str
    terms: Mapping[int, int]
    windows: Sequence[Span]
    vectors: NDArray[np.float32]
    """Shape (windows, dimensions), each of length 1; no rows when there is no embedder."""
    tokens: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """Shape (tokens, token dimensions), each of length 1; no rows where the embedder gives none."""
    speaker: str | None = None
    session: str | None = None
    agent: str | None = None
    app: str | None = None
    turn: int = 0
    asks: bool = False
    """Whether the message ends with a question, which the next one may answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Features of n messages with v vectors, t terms, p postings and k tokens."""

    embedder: str
    names: tuple[str, ...]
    """Speakers, sessions, agents, apps and languages, by the codes below."""

    ids: NDArray[np.uint64]
    """(n, 2): the halves of each message's UUID."""
    said_at: NDArray[np.int64]
    received_at: NDArray[np.int64]
    turn: NDArray[np.int32]
    """(n,): the order of messages of one time, where it is known."""
    role: NDArray[np.uint8]
    asks: NDArray[np.uint8]
    """(n,): 1 for a message that ends with a question."""
    language: NDArray[np.int32]
    speaker: NDArray[np.int32]
    session: NDArray[np.int32]
    agent: NDArray[np.int32]
    app: NDArray[np.int32]
    length: NDArray[np.int32]
    """(n,): how many terms a message has, stop words left out."""

    matrix: NDArray[np.float32]
    """(v, dimensions): whole numbers from -7 to 7."""
    scale: NDArray[np.float32]
    owner: NDArray[np.int32]
    """(v,): the message that a vector is of; ascending."""
    window: NDArray[np.int32]
    """(v, 2): the characters that a vector stands for."""

    terms: NDArray[np.uint64]
    """(t,), ascending."""
    first: NDArray[np.int32]
    """(t + 1,): where a term's postings begin."""
    posted: NDArray[np.int32]
    """(p,): the messages that have the term, ascending within it."""
    count: NDArray[np.int32]
    """(p,): how often."""

    token_count: NDArray[np.int32]
    """(n,): how many of the tokens below are each message's; they stand in the order of the messages."""
    tokens: NDArray[np.uint8]
    """(k, token dimensions / 4): the tokens' vectors, see `pack_tokens`."""

    def __len__(self) -> int:
        return len(self.said_at)

    @property
    def kind(self) -> tuple[str, int, int]:
        """The embedder and the widths of its vectors: only blocks of one kind can be joined."""
        return self.embedder, self.matrix.shape[1], self.tokens.shape[1]

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        arrays = sum(value.nbytes for value in self.arrays().values())
        return arrays + sum(64 + len(name) for name in self.names)

    def id_at(self, index: int) -> str:
        """Return a message's id."""
        high, low = self.ids[index].tolist()
        return uuid_text(f"{high:016x}{low:016x}")

    def without(self, ids: Collection[str]) -> "Block":
        """Return the block without these messages."""
        gone = {UUID(one).int for one in ids}
        keep = [(high << 64 | low) not in gone for high, low in self.ids.tolist()]
        return self.select(np.array(keep, bool))

    def select(self, keep: NDArray[np.bool_]) -> "Block":
        """Return the block of the messages where `keep`, shape (n,), is true."""
        renumbered = (np.cumsum(keep) - 1).astype(np.int32)
        vectors = keep[self.owner]
        postings = keep[self.posted]
        counts = np.add.reduceat(np.append(postings, False), self.first[:-1], dtype=np.int32)
        terms = counts > 0
        per_message = {name: getattr(self, name)[keep] for name in _PER_MESSAGE}
        names, recoded = recode([self.names], [per_message])
        return Block(
            embedder=self.embedder,
            names=names,
            **recoded[0],
            matrix=self.matrix[vectors],
            scale=self.scale[vectors],
            owner=renumbered[self.owner[vectors]],
            window=self.window[vectors],
            terms=self.terms[terms],
            first=_starts(counts[terms]),
            posted=renumbered[self.posted[postings]],
            count=self.count[postings],
            tokens=self.tokens[np.repeat(keep, self.token_count)],
        )

    def to_bytes(self) -> bytes:
        """Return the block as bytes."""
        rest = [_written(name, getattr(self, name), kind) for name, kind in _REST]
        plain = [self.terms, self.scale, pack_vectors(self.matrix), self.tokens]
        content = [zlib.compress(pack(*rest)), *(array.tobytes() for array in plain)]
        return pack(FORMAT, self.embedder, self.matrix.shape[1], self.tokens.shape[1], self.names, content)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Block":
        """Read what `to_bytes` wrote, now or in an earlier format."""
        version, embedder, dimensions, *widths, names, content = unpack(data)
        if version < FORMAT:
            return cls(embedder, tuple(names), **earlier_arrays(version, (dimensions, *widths), content))
        rest, terms, scale, vectors, tokens = content
        parts = unpack(zlib.decompress(rest))
        arrays = {name: _read(name, part, kind) for (name, kind), part in zip(_REST, parts, strict=True)}
        arrays |= {"terms": np.frombuffer(terms, "<u8"), "scale": np.frombuffer(scale, "<f4")}
        packed = np.frombuffer(vectors, np.uint8).reshape(len(arrays["scale"]), -(-dimensions // 2))
        arrays["matrix"] = unpack_vectors(packed, dimensions)
        arrays["ids"] = arrays["ids"].reshape(-1, 2)
        arrays["window"] = arrays["window"].reshape(-1, 2)
        arrays["tokens"] = np.frombuffer(tokens, np.uint8).reshape(int(arrays["token_count"].sum()), *widths)
        return cls(embedder, tuple(names), **arrays)

    def arrays(self) -> dict[str, Array]:
        """Return all arrays by their names."""
        return {name: getattr(self, name) for name in _ARRAYS}


_ARRAYS = tuple(field.name for field in fields(Block) if field.name not in ("embedder", "names"))
CODES = ("language", "speaker", "session", "agent", "app")
_PER_MESSAGE = ("ids", "said_at", "received_at", "turn", "role", "asks", *CODES, "length", "token_count")
_TYPES = {
    "ids": "<u8", "said_at": "<i8", "received_at": "<i8", "role": "u1", "asks": "u1",
}  # fmt: skip
_PLAIN = ("terms", "scale", "matrix", "tokens")
"""The arrays that would hardly become smaller, and are read faster as they are."""
_REST = tuple((name, _TYPES.get(name, "<i4")) for name in _ARRAYS if name not in _PLAIN)
"""The arrays that are compressed, and their types."""
_ASCENDING = ("said_at", "received_at", "owner", "first", "posted")
"""Those that mostly ascend: their differences are smaller."""


def pack_one(features: Features, *, embedder: str) -> Block:
    """Return the block of one message."""
    names = tuple(dict.fromkeys(name for name in map(features.__getattribute__, CODES) if name is not None))
    codes = {
        code: np.array([NO_NAME if (name := getattr(features, code)) is None else names.index(name)], np.int32)
        for code in CODES
    }
    matrix, scale = quantize(features.vectors, largest=KEPT)
    terms = np.array(sorted(features.terms), np.uint64)
    identity = UUID(features.id).int
    return Block(
        embedder=embedder,
        names=names,
        ids=np.array([[identity >> 64, identity & (2**64 - 1)]], np.uint64),
        said_at=np.array([features.said_at], np.int64),
        received_at=np.array([features.received_at], np.int64),
        turn=np.array([features.turn], np.int32),
        role=np.array([ROLES.index(features.role)], np.uint8),
        asks=np.array([features.asks], np.uint8),
        length=np.array([sum(features.terms.values())], np.int32),
        **codes,
        matrix=matrix,
        scale=scale,
        owner=np.zeros(len(scale), np.int32),
        window=np.array(features.windows[: len(scale)], np.int32).reshape(-1, 2),
        terms=terms,
        first=np.arange(len(terms) + 1, dtype=np.int32),
        posted=np.zeros(len(terms), np.int32),
        count=np.array([features.terms[term] for term in terms.tolist()], np.int32),
        token_count=np.array([len(features.tokens)], np.int32),
        tokens=pack_tokens(features.tokens),
    )


def join(blocks: Sequence[Block]) -> Block:
    """Return one block of all messages, in the order given. The blocks are of one kind."""
    if len(blocks) == 1:
        return blocks[0]
    sizes = [len(block) for block in blocks]
    offsets = np.cumsum([0, *sizes[:-1]]).astype(np.int32)
    names, recoded = recode(
        [block.names for block in blocks],
        [{name: getattr(block, name) for name in _PER_MESSAGE} for block in blocks],
    )
    per_message = {name: np.concatenate([part[name] for part in recoded]) for name in _PER_MESSAGE}
    return Block(
        embedder=blocks[0].embedder,
        names=names,
        **per_message,
        matrix=np.concatenate([block.matrix for block in blocks]),
        scale=np.concatenate([block.scale for block in blocks]),
        owner=np.concatenate([block.owner + offset for block, offset in zip(blocks, offsets, strict=True)]),
        window=np.concatenate([block.window for block in blocks]),
        tokens=np.concatenate([block.tokens for block in blocks]),
        **_join_postings(blocks, offsets),
    )


def _join_postings(blocks: Sequence[Block], offsets: NDArray[np.int32]) -> dict[str, Array]:
    repeated = np.concatenate([np.repeat(block.terms, np.diff(block.first)) for block in blocks])
    order = np.argsort(repeated, kind="stable")
    terms, counts = np.unique(repeated[order], return_counts=True)
    posted = np.concatenate([block.posted + offset for block, offset in zip(blocks, offsets, strict=True)])
    return {
        "terms": terms,
        "first": _starts(counts),
        "posted": posted[order],
        "count": np.concatenate([block.count for block in blocks])[order],
    }


def recode(
    tables: Sequence[tuple[str, ...]], parts: Sequence[Mapping[str, Array]]
) -> tuple[tuple[str, ...], list[dict[str, Array]]]:
    """Return one table of the names that are used, and the parts with their codes changed to it."""
    codes: dict[str, int] = {}
    recoded: list[dict[str, Array]] = []
    for table, part in zip(tables, parts, strict=True):
        used: list[int] = np.unique(np.concatenate([part[code] for code in CODES])).tolist()
        changed = np.full(len(table) + 1, NO_NAME, np.int32)
        for old in (code for code in used if code != NO_NAME):
            changed[old] = codes.setdefault(table[old], len(codes))
        recoded.append({name: changed[array] if name in CODES else array for name, array in part.items()})
    return tuple(codes), recoded


def _starts(counts: NDArray[np.integer]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _written(name: str, array: Array, kind: str) -> bytes:
    plain = array.astype(kind)
    if name in _ASCENDING:
        plain[1:] -= array[:-1]
    return plain.tobytes()


def _read(name: str, data: bytes, kind: str) -> Array:
    plain = np.frombuffer(data, kind)
    return np.cumsum(plain, dtype=kind) if name in _ASCENDING else plain
