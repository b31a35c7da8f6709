"""BM25 and cosine against the formulas, written out plainly."""

from math import log
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray

from satchel.embedded import Embedded
from satchel.retrieve.arms import K1, B, best_window, dense, late, lexical
from satchel.retrieve.block import Features, pack_one
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.numbers import ASKED, KEPT, quantize
from satchel.retrieve.query import Asked, Filter, Query, QueryVector
from satchel.retrieve.rank import rank

Vector = NDArray[np.float32]

DOCUMENTS = [{1: 2, 2: 1}, {2: 3}, {3: 1, 4: 1, 5: 1, 1: 1}]


def index_of(documents: list[dict[int, int]], vectors: list[list[list[float]]] | None = None) -> SpaceIndex:
    blocks = {}
    for number, terms in enumerate(documents):
        own = np.array(vectors[number] if vectors else [[1.0, 0.0]], np.float32)
        spans = [(10 * i, 10 * i + 10) for i in range(len(own))]
        found = Features(str(UUID(int=number)), 0, 0, "user", "en", terms, spans, own)
        blocks[str(number)] = pack_one(found, embedder="e")
    return SpaceIndex().updated(set(blocks), blocks)


def meaning(
    vector: list[float],
    tokens: list[list[float]] | None = None,
    weights: list[float] | None = None,
    embedder: str = "e",
) -> QueryVector:
    own = np.array(tokens, np.float32) if tokens else np.zeros((0, 2), np.float32)
    return QueryVector.of(Embedded(np.array(vector, np.float32), own, np.array(weights or [], np.float32)), embedder)


def test_bm25_is_the_formula() -> None:
    scores = lexical(index_of(DOCUMENTS), ((1,), (2,), (99,))).bm25
    mean = sum(sum(terms.values()) for terms in DOCUMENTS) / len(DOCUMENTS)
    for score, terms in zip(scores, DOCUMENTS, strict=True):
        expected = 0.0
        for term in (1, 2):
            frequency = sum(term in other for other in DOCUMENTS)
            idf = log(1 + (len(DOCUMENTS) - frequency + 0.5) / (frequency + 0.5))
            count = terms.get(term, 0)
            expected += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * sum(terms.values()) / mean))
        assert score == pytest.approx(expected)


def test_coverage_is_the_share_of_information_found() -> None:
    coverage = lexical(index_of(DOCUMENTS), ((1,), (2,))).coverage
    assert coverage[0] == pytest.approx(1.0)
    assert 0 < coverage[1] < 1


def test_a_word_with_stems_in_two_languages_counts_once() -> None:
    index = index_of(DOCUMENTS)
    assert lexical(index, ((3, 4),)).coverage[2] == pytest.approx(1.0)


def test_cosine_is_of_the_nearest_window() -> None:
    index = index_of([{1: 1}, {2: 1}], [[[1.0, 0.0], [0.6, 0.8]], [[0.0, -1.0]]])
    query = meaning([0.0, 1.0])
    found = dense(index, query)
    assert found.cosine == pytest.approx([0.8, -1.0], abs=0.02)
    assert found.missing == 0
    assert best_window(index, 0, query) == (10, 20)


def test_vectors_of_another_embedder_are_not_compared() -> None:
    found = dense(index_of(DOCUMENTS), meaning([1.0, 0.0], embedder="another"))
    assert not found.cosine.any()
    assert found.missing == len(DOCUMENTS)


def test_products_of_quantized_vectors_are_whole_numbers_below_two_to_the_24th() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(1, 1024)).astype(np.float32)
    query = meaning((vectors[0] / np.linalg.norm(vectors)).tolist())
    kept, _ = quantize(vectors, largest=KEPT)
    product = float(kept[0] @ query.numbers)
    assert product == round(product)
    assert 18_000 * KEPT * ASKED < 2**24


def with_tokens(messages: list[list[list[float]]]) -> SpaceIndex:
    blocks = {
        str(number): pack_one(
            Features(
                str(UUID(int=number)),
                0,
                0,
                "user",
                "en",
                {1: 1},
                [(0, 1)],
                np.array([[1.0, 0.0]], np.float32),
                tokens=np.array(tokens, np.float32).reshape(-1, 2),
            ),
            embedder="e",
        )
        for number, tokens in enumerate(messages)
    }
    return SpaceIndex().updated(set(blocks), blocks)


def test_late_interaction_is_the_weighted_mean_of_the_nearest_tokens() -> None:
    index = with_tokens([[[3, 1], [-1, 3]], [], [[1, 3]], [[-3, -1]]])
    query = meaning([1.0, 0.0], [[0.949, 0.316], [-0.316, 0.949]], [0.75, 0.25])
    every = late(index, query, np.arange(4))
    assert every == pytest.approx([1.0, np.nan, 0.65, -0.75], abs=0.03, nan_ok=True)
    assert (late(index, query, np.array([0, 2])) == every[[0, 2]]).all()


def test_there_is_no_late_interaction_without_tokens_to_compare() -> None:
    index = with_tokens([[[1, 0]]])
    for query in (
        None,
        meaning([1.0, 0.0]),
        meaning([1.0, 0.0], [[1.0, 0.0]], [1.0], embedder="another"),
    ):
        assert np.isnan(late(index, query, np.arange(1))).all()


def test_a_message_without_tokens_changes_nothing_for_the_others() -> None:
    vector = meaning([1.0, 0.0], [[1.0, 0.0]], [1.0])
    query = Query(Asked(((1,),), vector), Filter())
    tokens = [[[3.0, 1.0]], [[1.0, 1.0]], [[1.0, 3.0]]]
    alone = rank(with_tokens(tokens), query, limit=5).every["late_interaction"]
    beside = rank(with_tokens([*tokens, []]), query, limit=5).every["late_interaction"]
    assert beside[:3].tolist() == alone.tolist()
    assert 0 < beside[3] <= beside.max()
