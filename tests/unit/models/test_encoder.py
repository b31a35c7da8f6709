"""The bundled model: unit vectors that depend on the text alone."""

import numpy as np
import pytest

from satchel.models.encoder import SearchEncoder


@pytest.fixture(scope="module")
def model() -> SearchEncoder:
    return SearchEncoder(threads=1)


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(model: SearchEncoder) -> None:
    texts = ["I like olives.", "The train is late. " * 10]
    together = model.embed(texts)
    assert together.shape == (2, model.dimensions)
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert all(np.array_equal(together[i], model.embed([text])[0]) for i, text in enumerate(texts))
    assert model.embed([]).shape == (0, model.dimensions)


def test_token_spans_lie_in_the_text_in_order(model: SearchEncoder) -> None:
    text = "Olives, piñatas and 五 trains."
    spans = model.tokens(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert text[slice(*spans[0])] == "Ol" or text[slice(*spans[0])].startswith("O")


def test_each_word_has_a_vector_and_a_weight_and_marks_have_none(model: SearchEncoder) -> None:
    one, nothing = model.embed_tokens(["Who feeds the cat?", "?!"])
    assert one.tokens.shape == (4, model.token_dimensions)
    assert np.allclose(np.linalg.norm(one.tokens, axis=1), 1, atol=1e-5)
    assert one.weights.sum() == pytest.approx(1)
    assert nothing.tokens.shape == (0, model.token_dimensions)
    assert np.allclose(np.linalg.norm(nothing.vector), 1)


def test_a_text_of_any_length_can_be_read(model: SearchEncoder) -> None:
    empty, long = model.embed_tokens(["", "word " * 5_000])
    assert len(empty.tokens) == 0
    assert 0 < len(long.tokens) <= model.max_tokens
