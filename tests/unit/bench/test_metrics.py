"""The measures against examples computed by hand."""

from math import log2

import pytest

from satchel.bench.metrics import all_found, any_found, ndcg, percentile, recall


def ranked(*hits: str) -> list[frozenset[str]]:
    """Each hit's ids as a string of letters; a dash cites nothing."""
    return [frozenset(hit) - {"-"} for hit in hits]


GOLD = frozenset("abc")


def test_recall_is_the_share_of_the_gold_ids_among_the_first_hits() -> None:
    found = ranked("x", "a", "y", "b")
    assert recall(found, GOLD, 1) == 0
    assert recall(found, GOLD, 2) == pytest.approx(1 / 3)
    assert recall(found, GOLD, 4) == pytest.approx(2 / 3)
    assert recall(found, GOLD, 50) == pytest.approx(2 / 3)
    assert recall([], GOLD, 5) == 0


def test_a_hit_that_cites_several_counts_for_all_and_a_repetition_for_nothing() -> None:
    assert recall(ranked("ab", "a", "b"), GOLD, 3) == pytest.approx(2 / 3)
    assert recall(ranked("-", "abc"), GOLD, 2) == 1


def test_any_and_all_are_one_or_nothing() -> None:
    found = ranked("x", "a", "bc")
    assert [any_found(found, GOLD, k) for k in (1, 2, 3)] == [0, 1, 1]
    assert [all_found(found, GOLD, k) for k in (1, 2, 3)] == [0, 0, 1]


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    gained = 1 / log2(3) + 1 / log2(5)
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert ndcg(ranked("x", "a", "y", "b"), GOLD, 10) == pytest.approx(gained / ideal)


def test_ndcg_is_one_for_the_ideal_order_and_less_for_any_other() -> None:
    assert ndcg(ranked("a", "b", "c", "x"), GOLD, 10) == pytest.approx(1)
    assert ndcg(ranked("a", "b", "x", "c"), GOLD, 10) < 1
    assert ndcg(ranked("x"), GOLD, 10) == 0


def test_ndcg_gives_nothing_for_what_a_hit_before_cited_and_never_exceeds_one() -> None:
    assert ndcg(ranked("a", "a", "a"), frozenset("a"), 10) == pytest.approx(1)
    assert ndcg(ranked("abc", "abc"), GOLD, 10) == pytest.approx(1 / (1 + 1 / log2(3) + 1 / log2(4)))


def test_the_ideal_of_ndcg_has_no_more_places_than_are_looked_at() -> None:
    assert ndcg(ranked("a", "b"), GOLD, 2) == pytest.approx(1)


def test_a_percentile_is_the_value_at_the_nearest_rank() -> None:
    values = [float(n) for n in range(1, 21)]
    assert percentile(values, 0.95) == 19
    assert percentile(values, 0.5) == 10
    assert percentile([7.0], 0.95) == 7
    assert percentile([], 0.95) == 0
