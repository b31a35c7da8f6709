"""What someone is called by others."""

import pytest
from saying import message, quoted

from satchel.extract.claim import Mention
from satchel.extract.nicknames import nicknames_in


def nicknames(text: str) -> list[tuple[str, str]]:
    return [(one.subject.text, one.value) for one in nicknames_in(message(text))]


@pytest.mark.parametrize(
    ("text", "bearer", "nickname"),
    [
        ("Konstantinos, Kostas to everyone", "Konstantinos", "Kostas"),
        ("Elizabeth (Lizzie to her friends)", "Elizabeth", "Lizzie"),
        ("my sister Elizabeth, everybody calls her Lizzie", "Elizabeth", "Lizzie"),
        ("my sister Elizabeth - we just call her Lizzie", "Elizabeth", "Lizzie"),
        ("Elizabeth, or Liz for short", "Elizabeth", "Liz"),
        ("Elizabeth Smith aka Liz", "Elizabeth Smith", "Liz"),
        ("Elizabeth, also known as Liz", "Elizabeth", "Liz"),
        ("The Robert, aka Bob", "Robert", "Bob"),
    ],
)
def test_a_nickname_stands_beside_the_name(text: str, bearer: str, nickname: str) -> None:
    assert nicknames(text) == [(bearer, nickname)]


@pytest.mark.parametrize("text", ["Everyone calls me Kit", "my friends just call me Kit", "People call me Kit"])
def test_ones_own_nickname_needs_no_name(text: str) -> None:
    (found,) = nicknames_in(message(text, speaker="Christopher"))
    assert (found.subject, found.value, found.stance) == (Mention("self", "Christopher"), "Kit", "stated")


@pytest.mark.parametrize(
    "text",
    [
        "everybody calls her Lizzie",
        "Robert is here. We call him Bob",
        "My mum calls me Kit",
        "Everyone calls me late",
        "Elizabeth, the boss to everyone",
        "Elizabeth, aka Monday",
    ],
)
def test_without_a_name_for_whom_or_by_all_there_is_none(text: str) -> None:
    assert nicknames(text) == []


def test_a_nickname_is_a_name_that_others_told_and_its_own_words_are_the_source() -> None:
    text = "Konstantinos, Kostas to everyone"
    found = nicknames_in(message(text))
    assert [(one.attribute, one.qualifier, one.stance) for one in found] == [("name", "nickname", "told")]
    assert quoted(found, text) == ["Kostas"]


def test_a_nickname_that_is_told_twice_is_one() -> None:
    assert nicknames("Elizabeth aka Liz. Elizabeth, or Liz for short") == [("Elizabeth", "Liz")]
