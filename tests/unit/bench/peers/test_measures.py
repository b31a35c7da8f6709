"""What answers are worth."""

from pathlib import Path

import pytest

from satchel.bench.peers.exchange import Answer
from satchel.bench.peers.measures import figures, within
from satchel.errors import InvalidInput

from .made import dataset, response

LINES = {"a": "x" * 40, "b": "y" * 400, "c": "z" * 39}
"""Of 10, 100 and 10 tokens."""


@pytest.mark.parametrize(
    ("budget", "taken"), [(9, []), (10, ["a"]), (20, ["a", "c"]), (111, ["a", "b"]), (121, ["a", "b", "c"])]
)
def test_a_prompt_is_filled_in_order_and_what_is_too_long_is_passed_over(budget: int, taken: list[str]) -> None:
    assert within(["a", "b", "a", "c"], LINES, budget) == taken


def test_figures_are_means_over_the_questions(tmp_path: Path) -> None:
    conversations = dataset(tmp_path).conversations
    first, second, third = conversations[0].questions
    assert (first.gold, second.gold, third.gold) == ({"D1:1"}, {"D1:4", "D2:1", "D1:5"}, {"D2:2"})
    deep = ["D1:4", "D1:1"]
    answers = [Answer(["D1:2", "D1:1"], deep, []), Answer(["D1:4"], deep, ["D1:4"]), Answer([], [], ["D2:2"])]
    found = figures(conversations, response(answers))
    assert found["recall@5"] == found["recall@50"] == round((1 + 1 / 3 + 0) / 3, 4)
    assert found["inside 2000"] == round((1 + 1 / 3 + 0) / 3, 4)
    assert found["composed 2000"] == round((0 + 1 / 3 + 1) / 3, 4)


def test_there_is_no_figure_for_a_context_that_is_not_made(tmp_path: Path) -> None:
    answers = [Answer(["D1:1"], ["D1:1"], None)] * 3
    assert "composed 2000" not in figures(dataset(tmp_path).conversations, response(answers))


def test_a_hit_counts_only_once_and_only_to_its_depth(tmp_path: Path) -> None:
    hits = ["D1:2", "D1:2", "D1:3", "D1:5", "D2:1", "D1:1"]
    answers = [Answer(hits, [], None)] * 3
    found = figures(dataset(tmp_path).conversations, response(answers))
    assert found["recall@5"] == round((1 + 2 / 3 + 0) / 3, 4)  # the repeated hit takes no place


def test_a_missing_answer_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="1 answers for 3 questions"):
        figures(dataset(tmp_path).conversations, response([Answer([], [], None)]))
