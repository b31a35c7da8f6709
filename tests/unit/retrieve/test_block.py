"""Packed features on disk."""

from uuid import UUID

import numpy as np

from satchel.retrieve.block import Block, Features, join, pack_one
from satchel.retrieve.numbers import pack_tokens, unpack_tokens
from satchel.serial import pack, unpack


def block_of(tokens: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Block:
    features = Features(str(UUID(int=1)), 0, 0, "user", "en", {1: 1}, (), np.zeros((0, 0), np.float32), tokens=tokens)
    return pack_one(features, embedder="")


def test_a_block_of_an_earlier_format_is_read_without_what_it_lacks() -> None:
    _, embedder, dimensions, _, names, content = unpack(block_of(np.zeros((0, 0), np.float32)).to_bytes())
    second = content[:-2]
    first = [part for number, part in enumerate(second) if number != 5]
    for version, parts in ((1, first), (2, second)):
        old = Block.from_bytes(pack(version, embedder, dimensions, names, parts))
        assert (old.asks.tolist(), old.terms.tolist(), old.token_count.tolist()) == ([0], [1], [0])
        assert len(join([old, old]).tokens) == 0


def test_tokens_keep_their_direction_and_stay_with_their_message() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(5, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    numbers = unpack_tokens(pack_tokens(vectors))
    assert np.abs(numbers).max() == 7
    assert ((numbers / np.linalg.norm(numbers, axis=1, keepdims=True) * vectors).sum(axis=1) > 0.98).all()
    whole = join([block_of(vectors[:2]), block_of(vectors[2:2]), block_of(vectors[2:])])
    assert whole.token_count.tolist() == [2, 0, 3]
    last = Block.from_bytes(whole.to_bytes()).select(np.array([False, True, True]))
    assert last.token_count.tolist() == [0, 3]
    assert (unpack_tokens(last.tokens) == numbers[2:]).all()
