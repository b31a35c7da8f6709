"""Which words go into the block."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satchel.errors import InvalidInput
from satchel.inject.block import NOTHING, PREFIX, SUFFIX, count_tokens
from satchel.inject.compose import SMALLEST_BUDGET, Candidate, check_budget, compose
from satchel.model import Hit, Source, Trust

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
    composed = compose(candidates, budget=SMALLEST_BUDGET + 50)
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


def test_marks_are_told_apart() -> None:
    composed = compose([candidate(0x10000, "a"), candidate(0x20000, "b")], budget=500)
    assert "#10000" in composed.text
    assert "#20000" in composed.text


def test_a_budget_below_the_frame_is_refused_with_the_frames_size() -> None:
    assert check_budget(SMALLEST_BUDGET) == SMALLEST_BUDGET
    with pytest.raises(InvalidInput, match=str(SMALLEST_BUDGET)):
        check_budget(SMALLEST_BUDGET - 1)
