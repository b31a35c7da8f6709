"""LoCoMo's loader: the official file's messy evidence, the development half, and files that are something else."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from satchel.bench import locomo
from satchel.bench.sources import find
from satchel.errors import InvalidInput

from .examples import LOCOMO_TURNS, locomo_sample, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "locomo10.json", [locomo_sample()])


def test_turns_are_what_was_said_with_captions_in_utc(path: Path) -> None:
    dataset = locomo.load(path)
    turns = {turn.id: turn for turn in dataset.conversations[0].turns}
    assert list(turns) == [dia_id for _, _, dia_id, _ in LOCOMO_TURNS]
    assert turns["D1:1"].at == datetime(2023, 5, 8, 13, 56, tzinfo=UTC)
    assert turns["D2:1"].at == datetime(2023, 9, 13, 0, 9, tzinfo=UTC)
    assert turns["D2:5"].text == "Look at the harbour at dawn. [shares a photo: a photo of fishing boats]"
    assert (turns["D2:1"].speaker, turns["D2:1"].session, turns["D2:1"].role) == ("Ben", "session_2", "user")


def test_messy_evidence_is_read_and_what_names_no_turn_is_counted(path: Path) -> None:
    dataset = locomo.load(path)
    gold = {question.category: question.gold for question in dataset.conversations[0].questions}
    assert gold == {"single-hop": {"D1:1"}, "multi-hop": {"D1:4", "D2:1", "D1:5"}, "temporal": {"D2:2"}}
    assert dataset.left_out == {
        "pieces of evidence that name no turn": 1,
        "questions of the category adversarial": 1,
        "questions without evidence": 1,
    }


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (["D8:6; D9:17"], ("D8:6", "D9:17")),
        (["D:11:26"], ("D11:26",)),
        (["D9:1 D4:4 D4:6"], ("D9:1", "D4:4", "D4:6")),
        (["D30:05"], ("D30:5",)),
        (["D1:2", "D1:2"], ("D1:2",)),
        (["D"], ()),
        ([], ()),
    ],
)
def test_references(evidence: list[str], expected: tuple[str, ...]) -> None:
    assert locomo.references(evidence) == expected


def test_adversarial_questions_are_taken_when_asked_for(path: Path) -> None:
    assert "adversarial" in locomo.load(path, all_categories=True).categories


def test_one_conversation_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "two.json", [locomo_sample(), locomo_sample(sample_id="conv-2")])
    assert [one.id for one in locomo.load(path, conversation="conv-2").conversations] == ["conv-2"]
    with pytest.raises(InvalidInput, match=r"no conversation 'conv-3'; it has conv-1, conv-2"):
        locomo.load(path, conversation="conv-3")


@pytest.mark.parametrize(
    "content",
    ["", "no JSON", "{}", "[]", "[1]", '[{"question_id": "q"}]', "[" * 100_000, '[{"conversation": []}]'],
)
def test_a_foreign_file_is_refused_with_what_was_expected(tmp_path: Path, content: str) -> None:
    path = tmp_path / "foreign.json"
    path.write_text(content)
    with pytest.raises(InvalidInput, match=r"foreign\.json.*xpected LoCoMo: a list of"):
        locomo.load(path)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        locomo.load(tmp_path / "missing.json")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="not text in UTF-8"):
        locomo.load(tmp_path / "bytes")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"qa": None}, r"\[0\]\.qa: expected a list, got nothing"),
        ({"qa": [{"category": 9}]}, r"qa\[0\]\.category: expected a number from 1 to 5, got 9"),
        ({"qa": [{"category": 1, "evidence": "D1:1"}]}, r"qa\[0\]\.evidence: expected a list, got str"),
        ({"qa": [{"category": 1, "evidence": ["D1:1"]}]}, r"qa\[0\]\.question: expected a string, got nothing"),
        ({"sample_id": ""}, r"sample_id: expected a name, got ''"),
        ({"conversation": {}}, "has no turns"),
        ({"conversation": {"session_1": []}}, "session_1_date_time: expected a string, got nothing"),
        (
            {"conversation": {"session_1": [], "session_1_date_time": "8 May"}},
            "expected a time like '1:56 pm on 8 May, 2023', got '8 May'",
        ),
        (
            {"conversation": {"session_1": [{"text": 3}], "session_1_date_time": "1:56 pm on 8 May, 2023"}},
            r"session_1\[0\]\.text: expected a string, got int",
        ),
    ],
)
def test_a_defect_is_named_by_its_place(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        locomo.load(write(tmp_path / "bad.json", [locomo_sample(**changes)]))


def test_turns_without_words_are_left_out_and_counted(tmp_path: Path) -> None:
    sample = json.loads(json.dumps(locomo_sample()))
    sample["conversation"]["session_1"][2]["text"] = " "
    dataset = locomo.load(write(tmp_path / "blank.json", [sample]))
    assert dataset.turns == 9
    assert dataset.left_out["turns without words"] == 1


def test_the_development_half_has_760_answerable_questions() -> None:
    path = find().locomo
    if path is None or path.name != "locomo_dev.json":
        pytest.skip("locomo_dev.json is not there: set SATCHEL_BENCH_DATA")
    dataset = locomo.load(path)
    assert (len(dataset.conversations), dataset.turns, dataset.questions) == (5, 2760, 760)
    assert locomo.load(path, all_categories=True).questions == 997
