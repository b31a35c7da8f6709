"""Packing: features of many messages in one row, a segment, so that a cold load is a few large reads.

What one call adds goes into a segment at once when it is enough for one. Single messages wait in rows of their own
until they are enough. A segment is never packed again; only a deletion or a rebuild rewrites it.
"""

from collections.abc import Sequence

from satchel.engine import Engine, Place
from satchel.extract.instants import to_micros
from satchel.ids import new_id
from satchel.model import Message
from satchel.records import Records
from satchel.retrieve.block import Block, join
from satchel.store.port import Changes, Row, RowKind, View

SEGMENT_MESSAGES = 1_024
"""A segment holds at most so many messages."""

SMALLEST_SEGMENT = 16
"""So many messages of one call are worth a segment of their own."""

MOST_WAITING = 128
"""So many rows of single messages are packed."""


def pack_if_due(engine: Engine, place: Place, *, waiting: int) -> None:
    """Pack the features that wait when there are enough of them."""
    if waiting >= MOST_WAITING:
        engine.write(place, _packed)
        engine.give_room_back()


def segment_rows(records: Records, blocks: list[Block]) -> list[Row]:
    """Return the segments of these blocks, split where the embedder changes."""
    rows: list[Row] = []
    for start in range(0, len(blocks), SEGMENT_MESSAGES):
        group = blocks[start : start + SEGMENT_MESSAGES]
        for kind in dict.fromkeys(block.kind for block in group):
            whole = join([block for block in group if block.kind == kind])
            rows.append(records.row(RowKind.SEGMENT, new_id(), 0, whole.to_bytes()))
    return rows


def feature_rows(records: Records, messages: Sequence[Message], blocks: list[Block]) -> list[Row]:
    """Return the rows for the features of the messages of one call."""
    if len(blocks) >= SMALLEST_SEGMENT:
        return segment_rows(records, blocks)
    return [
        records.row(RowKind.FEATURES, message.id, to_micros(message.said_at), block.to_bytes())
        for message, block in zip(messages, blocks, strict=True)
    ]


def _packed(view: View, records: Records) -> Changes:
    rows = view.rows(RowKind.FEATURES)
    if len(rows) < MOST_WAITING:
        return Changes()
    blocks = [Block.from_bytes(records.body(row)) for row in rows]
    return Changes(put=segment_rows(records, blocks), remove=[(row.kind, row.id) for row in rows])
