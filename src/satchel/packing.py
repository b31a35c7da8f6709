"""Packing: rows of single features become segments, so that a cold load is a few large reads.

A segment holds about a thousand messages and is never packed again; only a deletion rewrites it.
"""

from satchel.engine import Engine, Place
from satchel.ids import new_id
from satchel.records import Records
from satchel.retrieve.block import Block, join
from satchel.store.port import Changes, Row, RowKind, View

SEGMENT_MESSAGES = 1_024


def pack_if_due(engine: Engine, place: Place, *, waiting: int) -> None:
    """Pack the features that wait when there is a segment's worth of them."""
    if waiting >= SEGMENT_MESSAGES:
        engine.write(place, _packed)
        engine.store.compact()


def segment_rows(records: Records, blocks: list[Block]) -> list[Row]:
    """Return the segments of these blocks, split where the embedder changes."""
    rows: list[Row] = []
    for start in range(0, len(blocks), SEGMENT_MESSAGES):
        group = blocks[start : start + SEGMENT_MESSAGES]
        for kind in dict.fromkeys(block.kind for block in group):
            whole = join([block for block in group if block.kind == kind])
            rows.append(records.row(RowKind.SEGMENT, new_id(), 0, whole.to_bytes()))
    return rows


def _packed(view: View, records: Records) -> Changes:
    rows = view.rows(RowKind.FEATURES)
    if len(rows) < SEGMENT_MESSAGES:
        return Changes()
    blocks = [Block.from_bytes(records.body(row)) for row in rows]
    return Changes(put=segment_rows(records, blocks), remove=[(row.kind, row.id) for row in rows])
