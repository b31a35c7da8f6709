"""Packed features on disk."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray

from satchel.embedded import Embedded
from satchel.retrieve.arms import dense, late
from satchel.retrieve.block import Block, Features, join, pack_one
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.numbers import unpack_tokens
from satchel.retrieve.query import QueryVector
from satchel.serial import pack

TYPES = {"ids": "<u8", "said_at": "<i8", "received_at": "<i8", "scale": "<f4", "terms": "<u8"}
"""Those of the formats 1 to 3 that are not 32-bit numbers."""


def directions(count: int, dimensions: int, *, seed: int = 3) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def block_of(number: int, *, tokens: int = 0, dimensions: int = 48, token_dimensions: int = 64) -> Block:
    windows = [(100 * place, 100 * place + 120) for place in range(1 + number % 2)]
    features = Features(
        id=str(UUID(int=number << 64 | 7 * number)),
        said_at=1_700_000_000_000_000 - 10**9 * number,
        received_at=1_700_000_000_000_000 + number,
        role="user" if number % 2 else "assistant",
        language="en",
        terms={term: 1 + term % 300 for term in range(number, 2**63, 2**63 // 5)},
        windows=windows,
        vectors=directions(len(windows), dimensions, seed=number),
        tokens=directions(tokens, token_dimensions, seed=number),
        speaker=f"speaker {number % 2}",
        session=f"session {number // 4}" if number else None,
        turn=number,
        asks=number % 2 == 0,
    )
    return pack_one(features, embedder="e")


def blocks_of(count: int) -> list[Block]:
    return [block_of(number, tokens=number % 4) for number in range(count)]


def assert_same(one: Block, other: Block) -> None:
    assert (one.embedder, one.names) == (other.embedder, other.names)
    for name, array in one.arrays().items():
        found = other.arrays()[name]
        assert (found.dtype, found.shape) == (array.dtype, array.shape), name
        assert np.array_equal(found, array), name


def in_format(version: int, block: Block, matrix: NDArray[np.float32], tokens: NDArray[np.float32]) -> bytes:
    """Write a block as the formats 1 to 3 did, its vectors in 8 bits and its tokens in 4."""
    arrays = block.arrays()
    numbers = np.rint(matrix * 127 / np.abs(matrix).max(axis=1, keepdims=True)).astype(np.int8)
    arrays["scale"] = np.abs(matrix).max(axis=1) / 127
    codes = (np.rint(tokens * 7 / np.abs(tokens).max(axis=1, keepdims=True)) + 8).astype(np.uint8)
    arrays |= {"matrix": numbers, "tokens": codes[:, 0::2] | codes[:, 1::2] << 4}
    content: list[bytes] = []
    for name, array in arrays.items():
        small = name in ("role", "asks", "matrix", "tokens")
        lacking = (version < 2 and name == "asks") or (version < 3 and name in ("token_count", "tokens"))
        if not lacking:
            content.append((array if small else array.astype(TYPES.get(name, "<i4"))).tobytes())
    widths = [tokens.shape[1] // 2] if version > 2 else []
    return pack(version, block.embedder, matrix.shape[1], *widths, block.names, content)


def test_what_is_written_is_read_back() -> None:
    whole = join(blocks_of(9))
    assert_same(Block.from_bytes(whole.to_bytes()), whole)
    one, empty = block_of(5, tokens=2), whole.select(np.zeros(9, bool))
    assert_same(Block.from_bytes(one.to_bytes()), one)
    assert len(Block.from_bytes(empty.to_bytes())) == 0


def test_blocks_joined_after_reading_are_the_block_that_is_joined_and_then_read() -> None:
    blocks = blocks_of(9)
    apart = join([Block.from_bytes(block.to_bytes()) for block in blocks])
    together = Block.from_bytes(join(blocks).to_bytes())
    assert_same(apart, together)


def test_vectors_of_odd_widths_are_kept_too() -> None:
    block = block_of(1, tokens=5, dimensions=7, token_dimensions=5)
    again = Block.from_bytes(block.to_bytes())
    assert_same(again, block)
    numbers = unpack_tokens(again.tokens, 5)
    assert (np.sign(numbers) == np.sign(directions(5, 5, seed=1))).all()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_block_of_an_earlier_format_is_what_it_would_be_now(version: int) -> None:
    now = block_of(4, tokens=6)
    matrix, tokens = directions(1, 48, seed=4), directions(6, 64, seed=4)
    old = Block.from_bytes(in_format(version, now, matrix, tokens))
    assert old.ids.tolist() == now.ids.tolist()
    assert old.terms.tolist() == now.terms.tolist()
    assert old.window.tolist() == now.window.tolist()
    assert old.asks.tolist() == [version > 1]
    assert np.abs(old.matrix).max() == 7
    assert (old.matrix * old.scale[:, np.newaxis] * matrix).sum() > 0.98
    assert old.token_count.tolist() == [6 if version > 2 else 0]
    if version > 2:
        assert old.kind == now.kind
        assert (unpack_tokens(old.tokens, 64) == unpack_tokens(now.tokens, 64)).mean() > 0.8
        assert len(join([old, now])) == 2
    assert_same(Block.from_bytes(old.to_bytes()), old)


def test_tokens_keep_their_direction_and_stay_with_their_message() -> None:
    whole = join([block_of(1, tokens=2), block_of(2, tokens=3)])
    numbers = unpack_tokens(whole.tokens, 64)
    assert np.unique(np.abs(numbers)).tolist() == [1, 3]
    given = np.concatenate([directions(2, 64, seed=1), directions(3, 64, seed=2)])
    assert ((numbers / np.linalg.norm(numbers, axis=1, keepdims=True) * given).sum(axis=1) > 0.9).all()
    last = Block.from_bytes(whole.to_bytes()).select(np.array([False, True]))
    assert last.token_count.tolist() == [3]
    assert (unpack_tokens(last.tokens, 64) == numbers[2:]).all()


def test_scores_are_the_same_whatever_is_scored_together() -> None:
    blocks = {str(number): block_of(number, tokens=3) for number in range(1, 40)}
    query = QueryVector.of(Embedded(directions(1, 48)[0], directions(5, 64), np.full(5, 0.2, np.float32)), embedder="e")
    index = SpaceIndex().updated(set(blocks), blocks)
    cosine, nearness = dense(index, query).cosine, late(index, query, np.arange(39))
    for place, (row, block) in enumerate(blocks.items()):
        alone = SpaceIndex().updated({row}, {row: block})
        assert dense(alone, query).cosine[0] == cosine[place]
        assert late(alone, query, np.arange(1))[0] == nearness[place]


def test_a_block_keeps_the_kinds_of_its_tokens_apart() -> None:
    kinds: Sequence[Block] = [block_of(1, tokens=1), block_of(1, tokens=1, token_dimensions=32)]
    assert kinds[0].kind != kinds[1].kind
