"""Which words go into the block."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import satchel
from satchel.errors import InvalidInput
from satchel.inject.block import NOTHING, PREFIX, SUFFIX, count_tokens
from satchel.inject.compose import SMALLEST_BUDGET, Candidate, check_budget, compose
from satchel.model import Fact, Hit, Source, Trust
from satchel.testing import HashEmbedder

START = datetime(2026, 1, 5, 10, tzinfo=UTC)


def candidate(number: int, text: str, *, session: str | None = "s", source: tuple[int, int] | None = None) -> Candidate:
    one = f"00000000-0000-7000-8000-{number:012x}"
    hit = Hit(
        id=one,
        kind="message",
        text=text,
        score=1 / (number + 1),
        said_at=START + timedelta(hours=number),
        trust=Trust.PERSON,
        sources=(Source(one, *(source or (0, len(text)))),),
        role="user",
        session=session,
    )
    return Candidate(hit, None)


@given(st.lists(st.integers(1, 3_000), max_size=30), st.integers(SMALLEST_BUDGET, 3_000))
def test_a_block_is_never_over_its_budget(lengths: list[int], budget: int) -> None:
    candidates = [candidate(i, "olives. " * (n // 8) + "x" * (n % 8 + 1)) for i, n in enumerate(lengths)]
    composed = compose(candidates, budget=budget)
    assert count_tokens(composed.text) <= budget
    assert composed.text.startswith(PREFIX)
    assert composed.text.endswith(SUFFIX)
    assert (NOTHING in composed.text) is not bool(composed.hits)


def test_the_best_come_in_first_and_the_oldest_are_read_first() -> None:
    candidates = [candidate(i, "olives " * 10) for i in (5, 1, 9, 3)]
    composed = compose(candidates, budget=SMALLEST_BUDGET + 44)
    assert [hit.id for hit in composed.hits] == [candidates[1].hit.id, candidates[0].hit.id]


def test_of_a_long_message_its_best_window_is_quoted() -> None:
    text = "x" * 2_000 + " marmalade " + "x" * 2_000
    composed = compose([candidate(0, text, source=(2_000, 2_011))], budget=200)
    assert "…marmalade…" in composed.text


def test_a_best_hit_that_is_too_long_is_cut_at_a_sentence() -> None:
    text = "This is one sentence about olives. " * 20
    composed = compose([candidate(0, text)], budget=SMALLEST_BUDGET + 40)
    assert composed.hits
    assert "olives.…" in composed.text


def brief(number: int, text: str, words: str) -> Candidate:
    start = text.index(words)
    return replace(candidate(number, text), brief=lambda: (start, start + len(words)))


def test_what_is_left_of_the_budget_goes_to_single_sentences_of_the_next_best() -> None:
    long = "Good to hear from you again, it has been ages! " * 4 + "Luna is a greyhound. " + "Well, bye for now! " * 6
    candidates = [candidate(0, "My dog is called Luna."), brief(1, long, "Luna is a greyhound.")]
    composed = compose(candidates, budget=SMALLEST_BUDGET + 40)
    assert "…Luna is a greyhound.…" in composed.text
    assert composed.hits[1].sources[0].start == long.index("Luna is")
    assert "Good to hear" in compose(candidates, budget=500).text


def test_a_short_answer_brings_the_question_that_it_answers() -> None:
    asked = "Lovely day. Did you ever sail?"
    question = candidate(0, asked, source=(12, len(asked)))
    answer = replace(candidate(1, "Twice."), follows=question.hit.id, answers=question)
    composed = compose([answer], budget=300)
    assert re.findall(r"(?<=: ).+", composed.text.split("\n", 3)[3]) == ["…Did you ever sail?", "Twice."]
    assert [hit.id for hit in composed.hits] == [question.hit.id, answer.hit.id]
    assert "Lovely day. Did you" in compose([answer, candidate(0, asked)], budget=300).text


def test_a_short_answer_comes_without_its_question_where_there_is_no_room_for_both() -> None:
    asked = "so " + "and then " * 30 + "which city?"
    question = candidate(0, asked)
    answer = replace(candidate(1, "Zagreb."), answers=question)
    composed = compose([answer], budget=SMALLEST_BUDGET + 20)
    assert [hit.id for hit in composed.hits] == [answer.hit.id]


def test_a_fact_elsewhere_in_a_long_message_does_not_push_its_best_window_out() -> None:
    text = "I moved to Porto in May. " + "We talked for hours. " * 60 + "The password is marmalade. " + "Bye. " * 10
    at = text.index("The password")
    found = candidate(0, text, source=(at, at + 26))
    composed = compose([found], budget=600, facts=[the_fact(Source(found.hit.id, 11, 16))])
    assert "marmalade" in composed.text


def test_of_a_long_message_only_the_sentence_of_a_given_fact_is_quoted() -> None:
    text = "We talked for hours. " * 60 + "I moved to Porto in May. " + "We talked on. " * 10
    at = text.index("Porto")
    found = candidate(0, text, source=(at - 400, at + 100))
    fact = the_fact(Source(found.hit.id, at, at + 5))
    composed = compose([found], budget=600, facts=[fact])
    assert "…I moved to Porto in May.…" in composed.text
    assert "talked" not in composed.text


def the_fact(source: Source) -> Fact:
    with satchel.open(":memory:", embedder=HashEmbedder()) as memory:
        memory.space("a").add("I live in Porto.")
        return replace(memory.space("a").facts()[0], sources=(source,))


def test_marks_are_told_apart() -> None:
    composed = compose([candidate(i, "a" * 2_000, source=(0, 9)) for i in (0x10000, 0x20000)], budget=500)
    assert "#10000" in composed.text
    assert "#20000" in composed.text


def test_a_budget_below_the_frame_is_refused_with_the_frames_size() -> None:
    assert check_budget(SMALLEST_BUDGET) == SMALLEST_BUDGET
    with pytest.raises(InvalidInput, match=str(SMALLEST_BUDGET)):
        check_budget(SMALLEST_BUDGET - 1)
