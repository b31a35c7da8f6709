"""What refines an attribute."""

import pytest
from saying import message

from satchel.extract.people import Said
from satchel.extract.qualifiers import qualifier_of


def qualifier(words: str | None, attribute: str, value: str = "x", *, content: str = "x") -> str | None:
    return qualifier_of(words, attribute, value, Said(message(content), None, None))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Husband", "spouse"), ("engaged to", "fiance"), ("my gf", "dating"), ("going out", "dating"), ("update", None)],
)
def test_a_partner_is_of_a_kind(words: str, kind: str | None) -> None:
    assert qualifier(words, "partner") == kind


def test_the_kind_of_a_partner_may_stand_anywhere_in_what_was_said() -> None:
    assert qualifier(None, "partner", content="my wife and I") == "spouse"
    assert qualifier("together", "partner", content="my wife and I") == "dating"
    asked = Said(message("Tom"), "Who is your boyfriend?", None)
    assert qualifier_of(None, "partner", "Tom", asked) == "dating"


@pytest.mark.parametrize(
    ("attribute", "words", "expected"),
    [
        ("email", "my work", "work"),
        ("phone", "Home", "home"),
        ("name", "Nickname", "nickname"),
        ("email", "cat", None),
        ("name", "work", None),
    ],
)
def test_contacts_and_names_have_kinds_of_a_list(attribute: str, words: str, expected: str | None) -> None:
    assert qualifier(words, attribute) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("my favourite colour", "colour"), ("The Big dog!", "big dog"), ("...", None), (None, None)]
)
def test_others_are_words_without_what_leads_them(words: str | None, expected: str | None) -> None:
    assert qualifier(words, "favorite", "blue band") == expected


@pytest.mark.parametrize(
    ("value", "head"),
    [
        ("window seats", "seat"),
        ("very dark chocolate", "chocolate"),
        ("tea", None),
        ("aisle 7", None),
        ("a b c d", None),
    ],
)
def test_a_preference_is_about_what_its_value_says(value: str, head: str | None) -> None:
    assert qualifier(None, "prefers", value) == head
