"""The bundled model: unit vectors that depend on the text alone."""

import numpy as np
import pytest

from satchel.models.minilm import MiniLM


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(threads=1)


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(model: MiniLM) -> None:
    texts = ["I like olives.", "The train is late. " * 10]
    together = model.embed(texts)
    assert together.shape == (2, model.dimensions)
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert all(np.array_equal(together[i], model.embed([text])[0]) for i, text in enumerate(texts))
    assert model.embed([]).shape == (0, model.dimensions)


def test_token_spans_lie_in_the_text_in_order(model: MiniLM) -> None:
    text = "Olives, piñatas and 五 trains."
    spans = model.tokens(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert text[slice(*spans[0])] == "Ol" or text[slice(*spans[0])].startswith("O")
