"""What the words around a value allow."""

import pytest
from saying import place

from satchel.extract.evidence import (
    affirms,
    denies,
    may_quote,
    sentence_at,
    sentence_number,
    sentence_span,
    whole_name,
)

TEXT = "One. Two?\nThree"


@pytest.mark.parametrize("reply", ["yes", "Oh yes!", "haha, yeah", "I do", "Exactly.", "That’s right", "of course"])
def test_a_plain_yes_affirms(reply: str) -> None:
    assert affirms(reply)
    assert not denies(reply)


@pytest.mark.parametrize("reply", ["no", "Nope!", "well, no", "Never", "not really", "of course not", "I did not"])
def test_a_plain_no_denies(reply: str) -> None:
    assert denies(reply)
    assert not affirms(reply)


@pytest.mark.parametrize(
    "reply", ["yes but no", "yes, right", "sure", "yesterday", "nobody", "no worries", "yeah, no", "hm", ""]
)
def test_what_is_neither_yes_nor_no_leaves_it_open(reply: str) -> None:
    assert not affirms(reply)
    assert not denies(reply)


@pytest.mark.parametrize(
    ("context", "quotable"),
    [
        ("Do they live in Oslo?", True),
        ("You live in Oslo.", True),
        ("Anna lives in Oslo.", False),
        ("How are you? Anna lives in Oslo.", False),
    ],
)
def test_only_what_was_asked_or_said_of_the_speaker_is_quoted(context: str, *, quotable: bool) -> None:
    assert may_quote(context, place(context, "Oslo"), "yes", answers=False) is quotable


def test_only_a_reply_that_takes_it_up_quotes_it() -> None:
    context = "Do you live in Oslo?"
    value = place(context, "Oslo")
    assert not may_quote(context, value, "What a day!", answers=False)
    assert may_quote(context, value, "What a day!", answers=True)


@pytest.mark.parametrize(
    ("at", "sentence", "number"), [(0, "One.", 0), (3, "One.", 0), (5, " Two?", 1), (9, "\n", 2), (10, "Three", 3)]
)
def test_a_place_is_in_one_sentence(at: int, sentence: str, number: int) -> None:
    start, end = sentence_span(TEXT, at)
    assert TEXT[start:end] == sentence_at(TEXT, at) == sentence
    assert sentence_number(TEXT, at) == number


def test_a_place_outside_is_in_the_whole_text() -> None:
    assert sentence_at(TEXT, 99) == TEXT
    assert sentence_span("", 0) == (0, 0)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("I work at Corvid Health now", "Corvid", "Corvid Health"),
        ("I work at Corvid Health.", "Health", "Corvid Health"),
        ("University of Oslo", "Oslo", "University of Oslo"),
        ("Johnson & Johnson", "Johnson", "Johnson & Johnson"),
        ("Anna's Bakery", "Anna", "Anna's Bakery"),
        ("the Rolls-Royce", "Royce", "Rolls-Royce"),
        ("São Paulo", "Paulo", "São Paulo"),
        ("Anna's dog", "Anna", "Anna"),
        ("Hello Anna Smith", "Anna", "Anna Smith"),
        ("On Monday Anna came", "Anna", "Anna"),
        ("moved to Oslo Monday", "Oslo", "Oslo"),
        ("Oslo. Anna", "Oslo", "Oslo"),
        ("green tea at Oslo", "tea", "tea"),
    ],
)
def test_a_part_of_a_name_stands_for_the_whole(text: str, part: str, whole: str) -> None:
    stand = whole_name(text, place(text, part))
    assert text[stand.start : stand.end] == whole
