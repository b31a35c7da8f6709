"""Figures that are read off others."""

import pytest

from satchel.bench.tables import tokens_for

INSIDE = [(500, 0.5), (1000, 0.75), (2000, 0.75), (4000, 0.95)]


@pytest.mark.parametrize(
    ("wanted", "tokens"), [(0.25, 250), (0.5, 500), (0.6, 700), (0.75, 1000), (0.85, 3000), (0.99, 4000)]
)
def test_tokens_are_interpolated_between_the_budgets_around_a_share(wanted: float, tokens: float) -> None:
    assert tokens_for(wanted, INSIDE) == pytest.approx(tokens)
