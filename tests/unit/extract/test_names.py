"""Names in a message, and their kinds."""

import pytest
from saying import message

from satchel.extract.names import names_in


def names(text: str) -> dict[str, str]:
    return dict(names_in(message(text)))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Anna said hello", "Anna", "person"),
        ("Anna and I went", "Anna", "person"),
        ("Łukasz lives here", "Łukasz", "person"),
        ("Ludwig van Beethoven wrote it", "Ludwig van Beethoven", "person"),
        ("I met Anna Kowalska", "Anna Kowalska", "person"),
        ("I went to the Louvre", "Louvre", "place"),
        ("We live near Lisbon", "Lisbon", "place"),
        ("I study at Oslo University", "Oslo University", "organisation"),
        ("Project Falcon is late", "Project Falcon", "topic"),
        ("the Falcon project", "Falcon", "topic"),
        ("I love Python", "Python", "thing"),
    ],
)
def test_a_name_is_known_for_its_kind_by_the_words_around(text: str, name: str, kind: str) -> None:
    assert names(text) == {name: kind}


@pytest.mark.parametrize("text", ["On Monday in April", "My mum", "OMG", "A", "i love tea", "WHATEVERYOUTHINK"])
def test_days_openers_and_shouting_are_no_names(text: str) -> None:
    assert names(text) == {}


@pytest.mark.parametrize("text", ["Yesterday Anna", "OMG Anna", "Hello Anna Tomorrow", "Anna’s dog", "Anna's dog"])
def test_what_belongs_to_the_sentence_is_taken_off(text: str) -> None:
    assert list(names(text)) == ["Anna"]


def test_each_name_is_told_once_in_the_order_of_the_words() -> None:
    assert [name for name, _ in names_in(message("Rome, Oslo and Rome"))] == ["Rome", "Oslo"]
