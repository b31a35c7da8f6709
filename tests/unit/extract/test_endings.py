"""Endings in set phrases."""

from collections.abc import Sequence

import pytest
from saying import message

from satchel.extract.claim import Claim, Mention
from satchel.extract.endings import endings_in
from satchel.model import Source


def endings(text: str, named: Sequence[Claim] = ()) -> list[tuple[str, str, str]]:
    return [(one.attribute, one.value, one.polarity) for one in endings_in(message(text), named)]


@pytest.mark.parametrize(
    "text",
    [
        "I quit",
        "I quit today",
        "I've just quit my job.",
        "I was laid off last week",
        "I got fired, finally",
        "I lost my job",
        "I retired in 2019",
    ],
)
def test_who_quits_ends_the_job_whatever_it_is(text: str) -> None:
    assert endings(text) == [("works_at", "", "ended")]


@pytest.mark.parametrize(
    "text", ["We broke up", "We split up two weeks ago", "he dumped me", "I left him on Monday", "we're divorced"]
)
def test_who_parts_ends_the_partnership_whoever_it_is(text: str) -> None:
    assert endings(text) == [("partner", "", "ended")]


@pytest.mark.parametrize(
    "text",
    [
        "I quit smoking",
        "I resigned from Acme",
        "He lost my job offer",
        "we split the bill",
        "We are over the moon",
        "I left her at home",
        "If I quit today, what then",
        "she said I got fired",
        "I wish we broke up",
    ],
)
def test_other_things_and_unreal_ones_end_nothing(text: str) -> None:
    assert endings(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Oslo trip is cancelled", "Oslo trip"),
        ("The Oslo trip's off", "Oslo trip"),
        ("My dentist appointment was called off.", "dentist appointment"),
        ("Dinner has been cancelled because of rain", "Dinner"),
        ("the party is off", "party"),
    ],
)
def test_what_is_called_off_is_no_plan(text: str, value: str) -> None:
    assert endings(text) == [("plans", value, "never")]


@pytest.mark.parametrize("text", ["the light is off", "The trip is not cancelled", "Is the wedding cancelled?"])
def test_what_is_no_outing_or_not_cancelled_stays(text: str) -> None:
    assert endings(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Stop answering in French", "answering in French"),
        ("please stop calling me sir", "calling me sir"),
        ("You can stop adding emojis now", "adding emojis"),
        ("Thanks. Now stop joking, please", "joking"),
    ],
)
def test_an_order_to_stop_ends_an_instruction(text: str, value: str) -> None:
    assert endings(text) == [("instruction", value, "never")]


def test_a_wish_to_stop_is_no_order() -> None:
    assert endings("I want to stop smoking") == []


@pytest.mark.parametrize(
    "text",
    [
        "Pickle died",
        "Pickle passed away yesterday",
        "Pickle has gone to live with my sister",
        "We had to put Pickle down",
        "We had to let Pickle go",
    ],
)
def test_a_pet_that_is_gone_is_named(text: str) -> None:
    assert endings(text) == [("pet", "Pickle", "never")]


def test_what_has_no_name_is_no_pet() -> None:
    assert endings("My phone died") == []


def test_an_ending_that_names_its_value_is_left_alone() -> None:
    job = Claim(Mention("self", ""), "works_at", "Acme", (Source("m", 0, 1),), polarity="ended")
    assert endings("I quit today", [job]) == []
    assert endings("We broke up", [job]) == [("partner", "", "ended")]


def test_the_end_of_anothers_job_is_not_ones_own() -> None:
    theirs = Claim(Mention("name", "Anna"), "works_at", "Acme", (Source("m", 0, 1),), polarity="ended")
    assert endings("I quit today", [theirs]) == [("works_at", "", "ended")]


def test_an_ending_is_the_speakers_and_has_its_words_as_source() -> None:
    (found,) = endings_in(message("Well, I quit today", speaker="Ana"), ())
    assert (found.subject, found.sources) == (Mention("self", "Ana"), (Source("m", 6, 12),))


@pytest.mark.parametrize(
    "text",
    [
        "if Pickle died I'd cry",
        "Maybe the wedding is cancelled",
        "she left me a note",
        "she left me on read",
        "the TV is off",
        "He died",
    ],
)
def test_what_is_imagined_or_means_something_else_ends_nothing(text: str) -> None:
    assert not endings_in(message(text), [])
