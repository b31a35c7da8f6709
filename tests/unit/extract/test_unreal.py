"""Words that take back what stands in them."""

import pytest
from saying import place

from satchel.extract.unreal import unreal


def meant(text: str, value: str = "Oslo") -> bool:
    return not unreal(text, place(text, value))


@pytest.mark.parametrize(
    "text",
    [
        "I nearly moved to Oslo",
        "I pretended to like Oslo",
        "Imagine I lived in Oslo",
        "What if we moved to Oslo",
        "If I had a flat, it would be in Oslo",
        "I'm thinking about moving to Oslo",
        "I might move to Oslo",
        "not sure whether I want to see Oslo",
    ],
)
def test_what_is_imagined_considered_or_did_not_quite_happen_is_unreal(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "I live in Oslo",
        "I almost forgot, I live in Oslo",
        "I live in Oslo and I'm thinking of Rome",
        "What if it rains? I live in Oslo",
        "I live in Oslo, which might rain",
    ],
)
def test_such_words_reach_only_what_follows_them_closely(text: str) -> None:
    assert meant(text)


@pytest.mark.parametrize("after", ["Just kidding!", "jk", "I wish", "In my dreams", "Yeah right.", "Haha no", "As if!"])
def test_a_jest_is_taken_back_in_the_next_sentence(after: str) -> None:
    assert not meant(f"I live in Oslo. {after}")


@pytest.mark.parametrize("after", ["I wish it were warmer", "Not really a big city.", "As if by magic it snows"])
def test_words_that_only_begin_like_that_take_nothing_back(after: str) -> None:
    assert meant(f"I live in Oslo. {after}")


@pytest.mark.parametrize("text", ["Yeah right, I live in Oslo", "Oh sure, I live in Oslo", "Obviously not in Oslo"])
def test_a_scoff_takes_its_own_sentence_back(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize("text", ["Should I move to Oslo?", "So, does Anna live in Oslo?", "Is it far to Oslo?"])
def test_what_is_asked_is_not_asserted(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize(
    "text",
    ["Should I take my tram to Oslo?", "Could you help, since I live in Oslo?", "Could you help? I live in Oslo"],
)
def test_what_a_question_takes_for_granted_is_meant(text: str) -> None:
    assert meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "Let's roleplay: I am a pirate. I live in Oslo",
        "In my novel Anna moves to Oslo",
        "Write a short story about me in Oslo",
        "Stay in character! I live in Oslo",
    ],
)
def test_what_follows_a_role_or_a_story_is_made_up(text: str) -> None:
    assert not meant(text)


def test_a_story_told_of_later_changes_nothing() -> None:
    assert meant("I live in Oslo. Write a short story about it")


@pytest.mark.parametrize(
    "text", ['My boss said "I live in Oslo"', "He goes 'I live in Oslo'", "She said “we moved to Oslo”"]
)
def test_a_first_person_in_a_quotation_is_another(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize("text", ['I said "I live in Oslo"', 'I told her, "my home is Oslo"', 'I love "Oslo"'])
def test_ones_own_words_and_titles_may_be_quoted(text: str) -> None:
    assert meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sure, right now I live in Oslo",
        "I saw him in a play in Oslo",
        "I can't imagine leaving Oslo",
        "The debating club of Oslo took me",
        'I watched "My Girl" in Oslo',
    ],
)
def test_words_that_only_look_like_jest_or_fiction_leave_it_standing(text: str) -> None:
    assert meant(text)


def test_a_jest_at_the_end_of_the_sentence_takes_it_back() -> None:
    assert not meant("I live in Oslo, just kidding")
