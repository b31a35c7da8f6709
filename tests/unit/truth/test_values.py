"""Two values are one when they differ in case, article or plural, or when one is a part of the other."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satchel.truth.values import clusters, key_of, related, within

words = st.sampled_from(
    ["triumph", "bonneville", "lisbon", "portugal", "olive", "olives", "glass", "new", "york", "bus"]
)
keys = st.lists(words, min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("The Triumph  Bonneville", "triumph bonneville"),
        ("a", "a"),
        ("The", "the"),
        ("my the cat", "cat"),
        ("Lisbon, Portugal.", "lisbon portugal"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("Anna’s bike", "annas bike"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER L}isbon", "lisbon"),
        ("Łódź", "łódź"),
        ("", ""),
        ("!?", ""),
    ],
)
def test_a_key_has_no_case_article_or_punctuation(value: str, key: str) -> None:
    assert key_of(value) == key


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=st.text(max_size=20))
def test_a_key_is_its_own_key(value: str) -> None:
    assert key_of(key_of(value)) == key_of(value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bonneville", "triumph bonneville", True),
        ("triumph bonneville", "bonneville", True),
        ("ville", "bonneville", False),
        ("olive", "olives", True),
        ("glass", "glas", False),
        ("bus", "bu", False),
        ("lisbon", "porto", False),
        ("", "lisbon", False),
        ("", "", False),
    ],
)
def test_related_values_are_parts_in_whole_words_or_plurals(one: str, other: str, *, same: bool) -> None:
    assert related(one, other) is same


def test_a_part_stands_for_the_one_whole_that_it_is_a_part_of() -> None:
    assert clusters(["bonneville", "triumph bonneville"], parts=True)["bonneville"] == "triumph bonneville"
    assert clusters(["bonneville", "triumph bonneville"], parts=False)["bonneville"] == "bonneville"
    chain = clusters(["anna", "anna berg", "anna berg olsen"], parts=True)
    assert set(chain.values()) == {"anna berg olsen"}


def test_a_part_of_two_wholes_stands_for_itself() -> None:
    assert clusters(["anna", "anna berg", "anna lindqvist"], parts=True)["anna"] == "anna"


def test_singular_and_plural_are_one_even_where_parts_are_not() -> None:
    assert len(set(clusters(["olive", "olives"], parts=False).values())) == 1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(given_keys=st.lists(keys, max_size=5), parts=st.booleans())
def test_what_stands_for_a_key_stands_for_itself_and_does_not_depend_on_order(
    given_keys: list[str], *, parts: bool
) -> None:
    chosen = clusters(given_keys, parts=parts)
    assert set(chosen) == set(given_keys)
    assert all(chosen[head] == head for head in chosen.values())
    assert all(related(key, head) or parts for key, head in chosen.items())
    assert all(clusters(order, parts=parts) == chosen for order in permutations(given_keys))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(one=keys, other=keys)
def test_relation_is_the_same_both_ways(one: str, other: str) -> None:
    assert related(one, other) == related(other, one)
    assert not within(one, other) or related(one, other)
