"""A user's own phrases."""

import pytest
from saying import message, quoted

from satchel.extract.catalogue import builtin
from satchel.extract.claim import Mention
from satchel.extract.patterns import claims_by_pattern

OWN = builtin().extended(
    {
        "blood_type": {"patterns": ["my blood type is {value}", "I am blood type {value}"]},
        "mood": {"patterns": ["I feel {value} today"]},
    }
)


def values(text: str) -> list[tuple[str, str]]:
    return [(one.attribute, one.value) for one in claims_by_pattern(message(text), OWN)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my blood type is O+", "O+"),
        ("MY  blood type IS O+, I think", "O+"),
        ("My blood type is A and that is rare", "A"),
        ("I am blood type AB!", "AB"),
    ],
)
def test_a_value_goes_up_to_the_end_of_its_clause(text: str, value: str) -> None:
    assert values(text) == [("blood_type", value)]


def test_words_after_the_value_must_follow() -> None:
    assert values("I feel really great today") == [("mood", "really great")]
    assert values("I feel really great tomorrow") == []


@pytest.mark.parametrize("text", ["my blood type is ", "gummy blood type is O", "my blood types are O"])
def test_a_phrase_needs_all_its_words_and_a_value(text: str) -> None:
    assert values(text) == []


def test_a_phrase_may_come_more_than_once() -> None:
    assert values("my blood type is A. my blood type is B") == [("blood_type", "A"), ("blood_type", "B")]


def test_what_is_found_is_the_speakers_and_quotes_the_value() -> None:
    text = "my blood type is O+, I think"
    (found,) = claims_by_pattern(message(text, speaker="Ana"), OWN)
    assert found.subject == Mention("self", "Ana")
    assert quoted([found], text) == ["O+"]
