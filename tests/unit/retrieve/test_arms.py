"""BM25 and cosine against the formulas, written out plainly."""

from math import log
from uuid import UUID

import numpy as np
import pytest

from satchel.retrieve.arms import K1, B, best_window, dense, lexical
from satchel.retrieve.block import Features, pack_one
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import QueryVector

DOCUMENTS = [{1: 2, 2: 1}, {2: 3}, {3: 1, 4: 1, 5: 1, 1: 1}]


def index_of(documents: list[dict[int, int]], vectors: list[list[list[float]]] | None = None) -> SpaceIndex:
    blocks = {}
    for number, terms in enumerate(documents):
        own = np.array(vectors[number] if vectors else [[1.0, 0.0]], np.float32)
        spans = [(10 * i, 10 * i + 10) for i in range(len(own))]
        found = Features(str(UUID(int=number)), 0, 0, "user", "en", terms, spans, own)
        blocks[str(number)] = pack_one(found, embedder="e")
    return SpaceIndex().updated(set(blocks), blocks)


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
    query = QueryVector.of(np.array([0.0, 1.0], np.float32), "e")
    found = dense(index, query)
    assert found.cosine == pytest.approx([0.8, -1.0], abs=0.01)
    assert found.missing == 0
    assert best_window(index, 0, query) == (10, 20)


def test_vectors_of_another_embedder_are_not_compared() -> None:
    found = dense(index_of(DOCUMENTS), QueryVector.of(np.array([1.0, 0.0], np.float32), "another"))
    assert not found.cosine.any()
    assert found.missing == len(DOCUMENTS)


def test_products_of_quantized_vectors_are_whole_numbers_below_two_to_the_24th() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(1, 1024)).astype(np.float32)
    query = QueryVector.of(vectors[0] / np.linalg.norm(vectors), "e")
    product = float(query.numbers @ query.numbers)
    assert product == round(product)
    assert 1024 * 127 * 127 < 2**24
