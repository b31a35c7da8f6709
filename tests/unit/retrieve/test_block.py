"""Packed features on disk."""

from uuid import UUID

import numpy as np

from satchel.retrieve.block import Block, Features, pack_one
from satchel.serial import pack, unpack


def test_a_block_written_before_questions_were_noted_is_read_without_them() -> None:
    block = pack_one(
        Features(str(UUID(int=1)), 0, 0, "user", "en", {1: 1}, (), np.zeros((0, 0), np.float32)), embedder=""
    )
    _, *head, content = unpack(block.to_bytes())
    old = Block.from_bytes(pack(1, *head, [part for number, part in enumerate(content) if number != 5]))
    assert (old.asks.tolist(), old.terms.tolist()) == ([0], [1])
