"""The stretches that a question asks about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from saying import WEDNESDAY

from satchel.extract.instants import to_micros
from satchel.extract.questions import asks, parts_of, speakers_named, times_asked, wants_advice

GREENWICH = ZoneInfo("UTC")
TOKYO = ZoneInfo("Asia/Tokyo")


def on(year: int, month: int, day: int, hour: int = 0) -> int:
    return to_micros(datetime(year, month, day, hour, tzinfo=UTC))


def asked(question: str, zone: ZoneInfo = GREENWICH) -> tuple[tuple[int, int], ...]:
    return times_asked(question, at=WEDNESDAY, zone=zone)


@pytest.mark.parametrize(
    ("question", "first", "stop"),
    [
        ("where did I live in 2019?", on(2019, 1, 1), on(2020, 1, 2)),
        ("what did I do yesterday?", on(2024, 3, 12), on(2024, 3, 14)),
        ("what did I say last week?", on(2024, 3, 4), on(2024, 3, 12)),
        ("what happened between March and May?", on(2023, 3, 1), on(2023, 6, 2)),
        ("what did I do on 3 May?", on(2023, 5, 3), on(2023, 5, 5)),
    ],
)
def test_a_time_that_is_asked_for_reaches_a_day_further(question: str, first: int, stop: int) -> None:
    assert asked(question) == ((first, stop),)


def test_a_stretch_may_be_open_on_one_side() -> None:
    ((since, ever),) = asked("where have I lived since 2019?")
    assert since == on(2019, 1, 1)
    assert ever > on(9999, 1, 1)
    ((long_ago, before),) = asked("where did I live before 2019?")
    assert before == on(2019, 1, 2)
    assert long_ago < on(1, 1, 1)


@pytest.mark.parametrize(
    "question", ["who am I?", "what am I doing now?", "what do I do these days", "every Tuesday?", "for three weeks"]
)
def test_now_a_habit_and_a_length_name_no_time(question: str) -> None:
    assert asked(question) == ()


def test_each_time_of_a_question_counts() -> None:
    assert asked("was it in 2019 or in 2021?") == ((on(2019, 1, 1), on(2020, 1, 2)), (on(2021, 1, 1), on(2022, 1, 2)))


def test_days_are_those_of_the_zone() -> None:
    assert asked("what did I do yesterday?", TOKYO) == ((on(2024, 3, 11, 15), on(2024, 3, 13, 15)),)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does Ana like?", ("Ana Lima",)),
        ("Where did Bo's dog sleep?", ("Bo",)),
        ("did ANA or bo call?", ("Ana Lima", "Bo")),
        ("What is Lima like?", ()),
        ("Is a banana a boat?", ()),
        ("Will it rain?", ()),
        ("When did Will call?", ("Will",)),
    ],
)
def test_a_question_names_speakers_by_their_first_name(question: str, named: tuple[str, ...]) -> None:
    assert speakers_named(question, ["Ana Lima", "Bo", "Will", "X"]) == named


@pytest.mark.parametrize(
    "text", ["Where?", "And you? 😀", "真的吗\uff1f", "Like it? [shares a photo: a dog]", 'He asked "why?"']
)
def test_a_message_asks_when_it_ends_with_a_question(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["", "Why? Because.", "See a.b/?q=1", "[what?]"])
def test_other_messages_do_not(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which did I buy first, the bike or the tent?", ("the bike", "the tent")),
        ("Where does Ana live? And who is her boss?", ("Where does Ana live?", "And who is her boss?")),
        ('Who wrote "The Lean Startup"?', ("The Lean Startup",)),
        ("Did I read 'Two Hours' to the end?", ("Two Hours",)),
        ("Hi there. Where is it?", ()),
        ("Did I go to Rome or Paris?", ()),
        ("How many things did I buy, mend, sell, or lend?", ()),
        ("What's Bo's dog's name?", ()),
        ('What does "no" mean to her?', ()),
        ("Where is my bike? ?", ()),
        ("a, " + " " * 20_000 + "x,", ()),
        ("tell me, " + "the olives or " * 20_000 + "grapes, please", ()),
        ("", ()),
    ],
)
def test_a_question_about_several_things_has_parts(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Can you recommend a film?",
        "any tips for my tomatoes?",
        "What should I wear on Friday?",
        "help me choose a gift",
    ],
)
def test_a_request_for_a_suggestion_is_told_from_a_question(question: str) -> None:
    assert wants_advice(question)


@pytest.mark.parametrize("question", ["What did Bo recommend?", "Whose idea was it?", "Where do I live?"])
def test_a_question_about_a_suggestion_is_none(question: str) -> None:
    assert not wants_advice(question)
