"""An index that was brought up to date step by step equals one that was made at once."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from satchel.embedded import Embedded
from satchel.model import Role
from satchel.retrieve.block import Block, Features, join, pack_one
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Asked, Filter, Query, QueryVector
from satchel.retrieve.rank import rank

DIMENSIONS = 8
TERMS = (1, 5, 2**63, 2**64 - 1)


@st.composite
def features(draw: st.DrawFn, number: int) -> Features:
    seed = draw(st.integers(0, 1000))
    windows = draw(st.integers(1, 3))
    vectors = np.random.default_rng(seed).normal(size=(windows, DIMENSIONS)).astype(np.float32)
    tokens = np.random.default_rng(seed + 1).normal(size=(draw(st.integers(0, 4)), DIMENSIONS)).astype(np.float32)
    role: Role = draw(st.sampled_from(["user", "assistant"]))
    return Features(
        id=str(UUID(int=number + 1)),
        said_at=draw(st.integers(0, 3)),
        received_at=0,
        role=role,
        language=draw(st.sampled_from(["en", "de"])),
        terms=draw(st.dictionaries(st.sampled_from(TERMS), st.integers(1, 4))),
        windows=[(i, i + 1) for i in range(windows)],
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        tokens=tokens / np.linalg.norm(tokens, axis=1, keepdims=True),
        speaker=draw(st.sampled_from([None, "Ana", "Bo"])),
        session=draw(st.sampled_from([None, "s1", "s2"])),
        asks=draw(st.booleans()),
    )


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    count = draw(st.integers(1, 12))
    return [pack_one(draw(features(number)), embedder="e") for number in range(count)]


def results(index: SpaceIndex) -> tuple[list[str], list[float], list[list[float]]]:
    even = np.ones(DIMENSIONS, np.float32) / np.sqrt(np.float32(DIMENSIONS))
    tokens = np.stack([even, np.eye(DIMENSIONS, dtype=np.float32)[0]])
    vector = QueryVector.of(Embedded(even, tokens, np.array([0.7, 0.3], np.float32)), "e")
    asked = Asked(((1,), (2**63, 5)), vector), (Asked(((1,),), vector),)
    ranking = rank(index, Query(asked[0], Filter(), parts=asked[1], about=("Ana",)), limit=20)
    ids = [index.id_at(i) for i in ranking.messages.tolist()]
    return ids, ranking.scores.tolist(), [signal.tolist() for signal in ranking.signals.values()]


def whole(ones: Sequence[Block]) -> SpaceIndex:
    return SpaceIndex().updated({str(i) for i in range(len(ones))}, {str(i): block for i, block in enumerate(ones)})


@settings(max_examples=150, deadline=None)
@given(ones=blocks(), data=st.data())
def test_scores_do_not_depend_on_how_blocks_were_joined_or_in_what_order_they_came(
    ones: list[Block], data: st.DataObject
) -> None:
    expected = results(whole(ones))
    order = data.draw(st.permutations(range(len(ones))))
    cut = data.draw(st.integers(0, len(ones)))
    packed = [join([ones[i] for i in order[:cut]])] if cut else []
    index = SpaceIndex()
    live: set[str] = set()
    for number, block in enumerate([*packed, *(ones[i] for i in order[cut:])]):
        live.add(str(number))
        index = index.updated(live, {str(number): Block.from_bytes(block.to_bytes())})
    assert results(index) == expected


@settings(max_examples=150, deadline=None)
@given(ones=blocks(), data=st.data())
def test_an_index_without_some_rows_equals_one_that_never_had_them(ones: list[Block], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(ones) - 1), max_size=len(ones) - 1))
    left = [i for i in range(len(ones)) if i not in gone]
    removed = whole(ones).updated({str(i) for i in left}, {})
    assert results(removed) == results(whole([ones[i] for i in left]))
    ids = [ones[i].id_at(0) for i in gone]
    packed = join(ones).without(ids)
    assert results(SpaceIndex().updated({"p"}, {"p": packed})) == results(removed)
