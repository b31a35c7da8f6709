"""The form of values."""

from zoneinfo import ZoneInfo

import pytest
from saying import WEDNESDAY

from satchel.extract.values import minimal, normal_form, plausible
from satchel.tagged import Stand


def cut(words: str, attribute: str = "likes") -> str:
    stand = minimal(words, Stand(0, len(words)), attribute)
    return words[stand.start : stand.end]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a tea", "tea"),
        ("my dog, ", "dog"),
        ("the tea", "the tea"),
        ('"Dune".', "Dune"),
        ("**bold**", "bold"),
        ("(tea)", "tea"),
        ("Oslo in the", "Oslo"),
        ("Dune (1984).", "Dune (1984)"),
        ("C#", "C#"),
        ("A", "A"),
        ("in", "in"),
    ],
)
def test_a_value_is_without_what_surrounds_it(words: str, value: str) -> None:
    assert cut(words) == value


def test_what_was_said_as_a_whole_keeps_its_first_and_last_words() -> None:
    assert cut("a book to live by.", "goal") == "a book to live by"
    assert cut("a book to live by.", "reading") == "book to live"


def test_the_place_of_a_value_is_kept_in_its_text() -> None:
    assert minimal("a tea.", Stand(10, 16, in_context=True), "likes") == Stand(12, 15, in_context=True)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("email", "ana@example.org"),
        ("phone", "+44 20 7946 0958"),
        ("phone", "(555) 123-4567"),
        ("phone", "911"),
        ("age", "41"),
        ("age", "forty-one"),
        ("salary", "80k"),
        ("salary", "fifty grand"),
        ("likes", "x" * 300),
    ],
)
def test_what_has_the_shape_of_an_attribute_may_be_its_value(attribute: str, value: str) -> None:
    assert plausible(attribute, value)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("email", "ana"),
        ("phone", "12"),
        ("phone", "Anna"),
        ("age", "?!"),
        ("salary", "good"),
        ("likes", "It"),
        ("likes", "  "),
        ("likes", "x" * 301),
    ],
)
def test_what_has_another_shape_is_empty_or_too_long_may_not(attribute: str, value: str) -> None:
    assert not plausible(attribute, value)


@pytest.mark.parametrize(
    ("attribute", "value", "normal"),
    [
        ("birthday", "3 May 1990", "1990-05-03"),
        ("birthday", "yesterday", "2024-03-12"),
        ("birthday", "in 1990", "1990"),
        ("birthday", "soon", None),
        ("age", "41 years", "41"),
        ("age", "nineteen", "19"),
        ("age", "Forty-one", "41"),
        ("age", "old", None),
        ("likes", "41", None),
    ],
)
def test_birthdays_and_ages_have_a_normal_form(attribute: str, value: str, normal: str | None) -> None:
    assert normal_form(attribute, value, at=WEDNESDAY, zone=ZoneInfo("UTC")) == normal
