"""LongMemEval's loader: evidence files, official files, and files that are something else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from satchel.bench import longmemeval
from satchel.bench.sources import find
from satchel.errors import InvalidInput

from .examples import evidence_lines, haystacks, write, write_lines


def test_the_evidence_of_all_questions_is_pooled_without_repetitions(tmp_path: Path) -> None:
    dataset = longmemeval.load(write_lines(tmp_path / "evidence.jsonl", evidence_lines()))
    (pool,) = dataset.conversations
    assert [turn.text for turn in pool.turns] == [
        "My GPS broke.",
        "That is bad.",
        "I bought a new one.",
        "I have a cat.",
    ]
    assert len({turn.id for turn in pool.turns}) == 4
    assert [turn.role for turn in pool.turns][:2] == ["user", "assistant"]
    assert pool.turns[0].at == datetime(2023, 4, 10, 14, 47, tzinfo=UTC)


def test_each_date_of_a_question_is_a_session_and_abstention_is_left_out(tmp_path: Path) -> None:
    dataset = longmemeval.load(write_lines(tmp_path / "evidence.jsonl", evidence_lines()))
    (pool,) = dataset.conversations
    first, second = pool.questions
    assert (first.id, second.id) == ("q1", "q2")
    assert len(first.gold) == 3
    assert second.gold == {turn.id for turn in pool.turns[:2]}
    assert len({turn.session for turn in pool.turns}) == 3
    assert first.sessions == {turn.session for turn in pool.turns if turn.id in first.gold}
    assert dataset.left_out == {"questions that cannot be answered": 1}


def test_an_official_question_has_its_own_haystack(tmp_path: Path) -> None:
    dataset = longmemeval.load(write(tmp_path / "longmemeval_s_cleaned.json", haystacks()))
    (haystack,) = dataset.conversations
    assert haystack.id == "h1"
    assert [turn.session for turn in haystack.turns] == ["s1", "answer_1", "answer_1"]
    (question,) = haystack.questions
    (gold,) = (turn for turn in haystack.turns if turn.id in question.gold)
    assert gold.text == "The spare key is under the fern."
    assert question.sessions == {"answer_1"}
    assert question.asked_at == datetime(2023, 6, 1, 10, tzinfo=UTC)
    assert dataset.left_out == {"questions that cannot be answered": 1, "turns without words": 1}


def test_a_haystack_without_marked_turns_is_kept_for_its_sessions(tmp_path: Path) -> None:
    entry = haystacks()[0]
    entry["haystack_sessions"] = [[{"role": "user", "content": "a"}], [{"role": "user", "content": "b"}]]
    dataset = longmemeval.load(write(tmp_path / "oracle.json", [entry]))
    assert not dataset.conversations[0].questions[0].gold
    assert dataset.left_out == {"questions with evidence sessions only, no evidence turns": 1}


def test_one_question_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "oracle.json", [*haystacks(), haystacks()[0] | {"question_id": "h3"}])
    assert [one.id for one in longmemeval.load(path, question="h3").conversations] == ["h3"]
    with pytest.raises(InvalidInput, match="no answerable question h9"):
        longmemeval.load(path, question="h9")


@pytest.mark.parametrize("content", ["", "no JSON", "[]", "{}", "3", '[{"qa": []}]', '{"question_id": "q"}\n[]'])
def test_a_foreign_file_is_refused_with_what_was_expected(tmp_path: Path, content: str) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(content)
    with pytest.raises(InvalidInput, match=r"foreign\.json.*xpected LongMemEval: a list of"):
        longmemeval.load(path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question_type": None}, "question_type: expected a string, got nothing"),
        ({"haystack_dates": []}, "differ in length"),
        ({"haystack_dates": ["soon", "later"]}, "expected a time like '2023/04/10 "),
        ({"haystack_sessions": [[], [{"role": "robot", "content": ""}]]}, "expected user or assistant, got 'robot'"),
        ({"answer_session_ids": "s1"}, "answer_session_ids: expected a list, got str"),
    ],
)
def test_a_defect_is_named_by_its_place(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        longmemeval.load(write(tmp_path / "bad.json", [haystacks()[0] | changes]))


def test_the_development_pool_has_444_turns_and_231_answerable_questions() -> None:
    path = find().longmemeval
    if path is None:
        pytest.skip("longmemeval_evidence_dev.jsonl is not there: set SATCHEL_BENCH_DATA")
    dataset = longmemeval.load(path)
    assert (dataset.turns, dataset.questions) == (444, 231)
