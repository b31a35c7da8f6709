"""Whom a claim is about."""

import pytest
from saying import message, place, tagged

from satchel.extract.claim import Mention
from satchel.extract.people import Said, subject_of

ME = Mention("self", "Ana Lopez")


def subject(
    words: str | None, content: str = "", *, context: str | None = None, before: str | None = None
) -> Mention | None:
    """Return whom the words mean that are found in what Ana says."""
    said = Said(message(content or words or "x", speaker="Ana Lopez"), context, before)
    stand = place(content, words) if words and content else None
    return subject_of(words, tagged("lives_in", place("x"), subject=stand), said)


@pytest.mark.parametrize("words", [None, "I", "my", "We're", " me, ", "Ana", "Ana Lopez", "ana's"])
def test_the_speaker_says_i_or_their_own_name(words: str | None) -> None:
    assert subject(words) == ME


@pytest.mark.parametrize("words", ["you", "Your", "ur"])
def test_you_are_the_one_who_spoke_before(words: str) -> None:
    assert subject(words, before="Ben") == Mention("name", "Ben")
    assert subject(words) is None


@pytest.mark.parametrize(
    ("words", "mention"),
    [
        ("Ben", Mention("name", "Ben")),
        ("Ben's", Mention("name", "Ben")),
        ("Ben. He", Mention("name", "Ben")),
        ("the Smiths", Mention("name", "Smiths")),
        ("my sister", Mention("noun", "sister")),
        ("My Sister's", Mention("noun", "sister")),
        ("Mum", Mention("noun", "mum")),
        ("my ex-wife", Mention("noun", "ex-wife")),
        ("my Boss", Mention("noun", "boss")),
    ],
)
def test_a_capital_makes_a_name_unless_it_is_a_relation(words: str, mention: Mention) -> None:
    assert subject(words) == mention


def test_a_name_in_lower_case_is_known_by_its_capital_elsewhere() -> None:
    assert subject("ben", "ben likes tea") == Mention("noun", "ben")
    assert subject("ben", "ben likes tea", context="How is Ben?") == Mention("name", "Ben")


@pytest.mark.parametrize(
    ("content", "pronoun", "context", "name"),
    [
        ("I met Anna. She lives in Oslo", "She", None, "Anna"),
        ("Anna met Ben and he left", "he", None, "Ben"),
        ("Anne-Marie says he left", "he", None, "Anne-Marie"),
        ("She lives in Oslo", "She", "I met Anna Smith", "Anna Smith"),
        ("Ben is well, he lives in Oslo", "he", "I met Tom", "Ben"),
    ],
)
def test_a_pronoun_stands_for_the_last_name_before_it(
    content: str, pronoun: str, context: str | None, name: str
) -> None:
    assert subject(pronoun, content, context=context) == Mention("name", name)


@pytest.mark.parametrize(
    ("content", "pronoun"), [("She left", "She"), ("Hello she lives", "she"), ("Six-year-olds love him", "him")]
)
def test_a_pronoun_without_a_name_before_it_is_nobody(content: str, pronoun: str) -> None:
    assert subject(pronoun, content) is None


def test_a_pronoun_that_stands_nowhere_is_nobody() -> None:
    assert subject("she", context="I met Anna") is None
