"""Corrections that name values only."""

import pytest
from saying import message

from satchel.extract.repairs import repairs_in


def repairs(text: str) -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in repairs_in(message(text))]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("It's Elise, not Ilse", "Ilse", "Elise"),
        ("it’s Elise, not the Ilse, sorry.", "Ilse", "Elise"),
        ("should be 42, not 24", "24", "42"),
        ("I mean Porto, not Lisbon", "Lisbon", "Porto"),
        ("I said Mac but I meant Windows", "Mac", "Windows"),
        ("I wrote 5pm, but I meant to say 6pm", "5pm", "6pm"),
        ("not Ilse, it's Elise", "Ilse", "Elise"),
        ("no, Elise not Ilse", "Ilse", "Elise"),
        ("it's a.b@c.org, not ab@c.org", "ab@c.org", "a.b@c.org"),
    ],
)
def test_a_right_value_stands_beside_the_wrong_one(text: str, wrong: str, right: str) -> None:
    assert repairs(text) == [(wrong, right)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Oops, 42", "42"),
        ("Actually, she's 42.", "42"),
        ("no, 555-1234", "555-1234"),
        ("sorry, autocorrect: Elise", "Elise"),
        ("It's spelled Siobhan", "Siobhan"),
        ("spelling: Anne-Marie Smith", "Anne-Marie Smith"),
    ],
)
def test_a_number_or_a_spelling_may_be_right_alone(text: str, right: str) -> None:
    assert repairs(text) == [("", right)]


@pytest.mark.parametrize(
    "text", ["no, 5%", "No, 5 pm", "It's Lisbon, not Lisbon", "I am 42", "She spelled Siobhan wrong", "no, thanks"]
)
def test_what_corrects_nothing_is_no_repair(text: str) -> None:
    assert repairs(text) == []


def test_two_corrections_in_one_message_are_both_found() -> None:
    assert repairs("It's Rome, not Oslo. And it's May, not June") == [("Oslo", "Rome"), ("June", "May")]


def test_the_source_is_the_right_value() -> None:
    text = "I said Mac but I meant Windows"
    (found,) = repairs_in(message(text))
    assert text[found.source.start : found.source.end] == "Windows"
    assert found.source.message_id == "m"


def test_only_the_beginning_of_a_long_message_is_looked_through() -> None:
    assert repairs("well " * 500 + "It's Elise, not Ilse") == []


@pytest.mark.parametrize("text", ["Sorry, 10 minutes late", "wait, 3 eggs"])
def test_a_number_of_something_repairs_nothing(text: str) -> None:
    assert not repairs_in(message(text))
