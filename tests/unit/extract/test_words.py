"""Lists of words, and nouns in the singular."""

import pytest

from satchel.extract.words import grouped, listed, ordered, singular


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("sisters", "sister"),
        ("sister", "sister"),
        ("sister's", "sister"),
        ("sisters’", "sister"),
        ("children", "child"),
        ("children's", "child"),
        ("wives", "wife"),
        ("boss", "boss"),
        ("bus", "bus"),
        ("iris", "iris"),
        ("gas", "gas"),
    ],
)
def test_a_noun_has_a_singular(noun: str, one: str) -> None:
    assert singular(noun) == one


def test_the_numbers_stand_at_their_own_places() -> None:
    numbers = ordered("numbers")
    assert [numbers.index(word) for word in ("zero", "seven", "twenty")] == [0, 7, 20]


def test_a_word_of_a_table_knows_its_list() -> None:
    relations = grouped("relations")
    assert [relations.get(word) for word in ("wife", "mum", "puppy", "sister-in-law", "teapot")] == [
        "partner",
        "parent",
        "pet",
        "relative",
        None,
    ]


def test_lists_of_persons_do_not_overlap() -> None:
    first, second, third = (listed(f"{name}_person") for name in ("first", "second", "third"))
    assert not first & second
    assert not second & third
    assert not first & third
