"""The index of one space: a few blocks, and what search derives from all of them together.

An index is a value: an update makes another one out of what changed. A block in memory joins the rows of many
segments and single messages and remembers which row each message came from, so that a row that was rewritten or
removed can be taken out again.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.block import CODES, Block, join, recode

LARGEST_PART = 16_384
"""Messages in a block in memory at most: joining larger ones would cost more than scanning them apart."""

_GROWTH = 4
_SPOKEN_BY = 10
N = TypeVar("N", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A block, the rows it was joined from, and which of them each message is from."""

    block: Block
    rows: tuple[str, ...]
    origin: NDArray[np.int32]

    @property
    def vector_starts(self) -> NDArray[np.int64]:
        """(n,): where each message's vectors begin."""
        return np.searchsorted(self.block.owner, np.arange(len(self.block)))

    def kept(self, live: Collection[str]) -> "Part | None":
        """Return the part without the messages of rows that are not live any more."""
        alive = np.array([row in live for row in self.rows], bool)
        if alive.all():
            return self
        keep = alive[self.origin]
        if not keep.any():
            return None
        renumbered = (np.cumsum(alive) - 1).astype(np.int32)
        rows = tuple(row for row, lives in zip(self.rows, alive, strict=True) if lives)
        return Part(self.block.select(keep), rows, renumbered[self.origin[keep]])


class SpaceIndex:
    """All that ranking needs of one space, at one version."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self.parts = tuple(parts)
        sizes = [len(part.block) for part in self.parts]
        self.offsets = [0, *np.cumsum(sizes, dtype=np.int64).tolist()]
        self.names, coded = recode(
            [part.block.names for part in self.parts],
            [{code: getattr(part.block, code) for code in CODES} for part in self.parts],
        )
        self._codes = {code: _joined([part[code] for part in coded], np.int32) for code in CODES}
        self.said_at = _joined([part.block.said_at for part in self.parts], np.int64)
        self.received_at = _joined([part.block.received_at for part in self.parts], np.int64)
        self.turn = _joined([part.block.turn for part in self.parts], np.int32)
        self.role = _joined([part.block.role for part in self.parts], np.uint8)
        self.asks = _joined([part.block.asks for part in self.parts], np.uint8)
        self.length = _joined([part.block.length for part in self.parts], np.int32)

    def __len__(self) -> int:
        return self.offsets[-1]

    @property
    def nbytes(self) -> int:
        """Bytes in memory, the derived arrays included once they are made."""
        own = [self.said_at, self.received_at, self.turn, self.role, self.asks, self.length, *self._codes.values()]
        derived = [array for name in ("ids", "neighbours") if (array := self.__dict__.get(name)) is not None]
        return sum(part.block.nbytes + part.origin.nbytes for part in self.parts) + sum(
            array.nbytes for array in (*own, *derived)
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the messages, the most frequent first."""
        codes, counts = np.unique(self._codes["language"], return_counts=True)
        frequent: list[int] = codes[np.argsort(-counts, kind="stable")].tolist()
        return tuple(self.names[code] for code in frequent)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The languages of at least a tenth of the messages."""
        codes, counts = np.unique(self._codes["language"], return_counts=True)
        many: list[int] = codes[counts * _SPOKEN_BY >= len(self)].tolist()
        return tuple(self.names[code] for code in many)

    @cached_property
    def ids(self) -> NDArray[np.uint64]:
        """(n, 2): the halves of the messages' ids."""
        return np.concatenate([part.block.ids for part in self.parts]) if self.parts else np.zeros((0, 2), np.uint64)

    @cached_property
    def neighbours(self) -> NDArray[np.int32]:
        """(4, n + 1): the messages one before, one after, two before and two after in the session.

        Where there is none stands n, and column n stands for it. Messages without a session have no neighbours.
        """
        size = len(self)
        before, after = np.full(size + 1, size, np.int32), np.full(size + 1, size, np.int32)
        session = self._codes["session"]
        order = np.lexsort((self.ids[:, 1], self.ids[:, 0], self.turn, self.said_at, session)).astype(np.int32)
        adjacent = (session[order[1:]] == session[order[:-1]]) & (session[order[1:]] >= 0)
        earlier, later = order[:-1][adjacent], order[1:][adjacent]
        before[later], after[earlier] = earlier, later
        return np.stack([before, after, before[before], after[after]])

    @cached_property
    def sessions(self) -> tuple[str | None, ...]:
        """The session of each message."""
        codes: list[int] = self._codes["session"].tolist()
        return tuple(None if code < 0 else self.names[code] for code in codes)

    @property
    def session(self) -> NDArray[np.int32]:
        """(n,): a number for each message's session; negative for messages without one."""
        return self._codes["session"]

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The names of those who speak."""
        codes: list[int] = np.unique(self._codes["speaker"]).tolist()
        return tuple(self.names[code] for code in codes if code >= 0)

    def said_by(self, speakers: Collection[str]) -> NDArray[np.bool_]:
        """(n,): whether a message's speaker is one of these."""
        codes = [code for code, name in enumerate(self.names) if name in speakers]
        return np.isin(self._codes["speaker"], codes)

    def in_session(self, session: str | None) -> NDArray[np.bool_]:
        """(n,): whether a message is of the session; None stands for those without one."""
        return self._codes["session"] < 0 if session is None else self.where("session", session)

    def where(self, field: str, name: str) -> NDArray[np.bool_]:
        """(n,): whether a message's speaker, session, agent, app or language is the one named."""
        code = self.names.index(name) if name in self.names else len(self.names)
        return self._codes[field] == code

    def among(self, ids: Collection[str]) -> NDArray[np.bool_]:
        """(n,): whether a message's id is one of these; what is not a UUID is nobody's id."""
        wanted = {number for one in ids if (number := _uuid_number(one)) is not None}
        return np.array([(high << 64 | low) in wanted for high, low in self.ids.tolist()], bool)

    def places_of(self, ids: Iterable[str]) -> list[int]:
        """Return the places of the messages with these ids; a missing one is left out."""
        order, lows = self._by_low
        found: list[int] = []
        for one in ids:
            number = _uuid_number(one)
            if number is None:
                continue
            low = np.uint64(number & (2**64 - 1))
            at = int(np.searchsorted(lows, low))
            if at < len(lows) and lows[at] == low and int(self.ids[order[at], 0]) == number >> 64:
                found.append(int(order[at]))
        return found

    @cached_property
    def _by_low(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """The places of the messages by the random half of their ids, and those halves."""
        order = np.argsort(self.ids[:, 1], kind="stable")
        return order, self.ids[order, 1]

    def id_at(self, index: int) -> str:
        """Return the id of a message."""
        part = bisect_right(self.offsets, index) - 1
        return self.parts[part].block.id_at(index - self.offsets[part])

    def updated(self, live: Collection[str], arrived: Mapping[str, Block]) -> "SpaceIndex":
        """Return the index after a change of the space.

        Args:
            live: the ids of all rows of features that the space has now.
            arrived: the blocks of those that this index has not got yet.
        """
        kept = [part for part in (part.kept(live) for part in self.parts) if part is not None]
        if not arrived and len(kept) == len(self.parts) and all(map(_is, kept, self.parts)):
            return self
        return SpaceIndex(_merged([*kept, *_gathered(arrived)]))

    def restricted(self, keep: NDArray[np.bool_]) -> "SpaceIndex":
        """Return the index of some messages only, mask of shape (n,), as if there were no others."""
        if keep.all():
            return self
        masks = [
            keep[offset : offset + len(part.block)] for part, offset in zip(self.parts, self.offsets, strict=False)
        ]
        chosen = [(part, mask) for part, mask in zip(self.parts, masks, strict=True) if mask.any()]
        return SpaceIndex([Part(part.block.select(mask), part.rows, part.origin[mask]) for part, mask in chosen])

    def all_ids(self) -> list[str]:
        """Return the ids of all messages, by their place."""
        return [self.id_at(index) for index in range(len(self))]

    def rows_of(self, messages: NDArray[np.bool_]) -> set[str]:
        """Return the ids of the rows that hold any of the messages where the mask, shape (n,), is true."""
        return {
            part.rows[row]
            for part, offset in zip(self.parts, self.offsets, strict=False)
            for row in np.unique(part.origin[messages[offset : offset + len(part.block)]]).tolist()
        }

    def in_order(self, messages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return these messages by the time they were said, their turn, then by id."""
        ids = self.ids[messages]
        return messages[np.lexsort((ids[:, 1], ids[:, 0], self.turn[messages], self.said_at[messages]))]


def _uuid_number(text: str) -> int | None:
    try:
        return UUID(text).int
    except ValueError:
        return None


def _gathered(arrived: Mapping[str, Block]) -> list[Part]:
    """Join arriving blocks in few large steps."""
    groups: list[list[tuple[str, Block]]] = []
    size = 0
    for row, block in arrived.items():
        if groups and size + len(block) <= LARGEST_PART and _alike(groups[-1][-1][1], block):
            groups[-1].append((row, block))
            size += len(block)
        else:
            groups.append([(row, block)])
            size = len(block)
    return [_part(group) for group in groups]


def _part(group: Sequence[tuple[str, Block]]) -> Part:
    origin = np.repeat(np.arange(len(group), dtype=np.int32), [len(block) for _, block in group])
    return Part(join([block for _, block in group]), tuple(row for row, _ in group), origin)


def _merged(parts: list[Part]) -> list[Part]:
    """Join a part with the one before it unless that is much larger, so that parts stay few and joins rare."""
    merged: list[Part] = []
    for part in parts:
        merged.append(part)
        while len(merged) > 1 and _worth_joining(merged[-2].block, merged[-1].block):
            last, previous = merged.pop(), merged.pop()
            origin = np.concatenate([previous.origin, last.origin + len(previous.rows)]).astype(np.int32)
            merged.append(Part(join([previous.block, last.block]), previous.rows + last.rows, origin))
    return merged


def _worth_joining(previous: Block, last: Block) -> bool:
    return _alike(previous, last) and len(previous) + len(last) <= LARGEST_PART and len(previous) <= _GROWTH * len(last)


def _alike(one: Block, other: Block) -> bool:
    return one.kind == other.kind


def _is(one: object, other: object) -> bool:
    return one is other


def _joined(arrays: Sequence[NDArray[N]], kind: type[N]) -> NDArray[N]:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
