"""What was true when, as far as was known when: every cell of the grid over both clocks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .making import day, denied, found, knowing, left, lives, said, values

# Said on one day, received on another: the move to Lisbon was said on day 20 and reached the memory on day 40.
STORY = (
    said(10, lives("Boston")),
    said(20, lives("Lisbon"), known=40),
    said(30, lives("Porto")),
    said(50, denied("lives_in", "Porto")),
    said(60, left("Lisbon", ends=45)),
)
VALID = (5, 15, 25, 35, 47, 70)
GRID = {
    9: ("", "", "", "", "", ""),
    10: ("", "Boston", "Boston", "Boston", "Boston", "Boston"),
    29: ("", "Boston", "Boston", "Boston", "Boston", "Boston"),
    30: ("", "Boston", "Boston", "Porto", "Porto", "Porto"),
    40: ("", "Boston", "Lisbon", "Porto", "Porto", "Porto"),
    50: ("", "Boston", "Lisbon", "Lisbon", "Lisbon", "Lisbon"),
    60: ("", "Boston", "Lisbon", "Lisbon", "", ""),
}


@pytest.mark.parametrize("known_at", GRID)
@pytest.mark.parametrize("place", range(len(VALID)), ids=[f"valid on {one}" for one in VALID])
def test_each_cell_of_valid_time_and_known_time(known_at: int, place: int) -> None:
    knowledge = knowing(*STORY).known_at(day(known_at))
    expected = GRID[known_at][place]
    assert values(knowledge, on=VALID[place]) == ([expected] if expected else [])


@pytest.mark.parametrize("known_at", GRID)
def test_what_was_known_then_is_what_a_space_knows_that_never_heard_the_rest(known_at: int) -> None:
    by_then = knowing(*(one for one in STORY if one.known_at <= day(known_at)))
    for on in VALID:
        then = knowing(*STORY).known_at(day(known_at))
        assert found(then, on=on, past=True) == found(by_then, on=on, past=True)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(order=st.permutations(STORY), on=st.sampled_from(VALID), known_at=st.sampled_from(sorted(GRID)))
def test_no_cell_depends_on_the_order_of_the_readings(order: list[object], on: int, known_at: int) -> None:
    moment = day(known_at)
    expected = found(knowing(*STORY).known_at(moment), on=on, past=True)
    assert found(knowing(*order).known_at(moment), on=on, past=True) == expected  # type: ignore[arg-type]
