"""The benchmark of facts on other people's data: dialogues, names and memories."""

from pathlib import Path

import pytest

from satchel.bench import facts, results
from satchel.bench.dialogues import coherences, contradictions
from satchel.bench.entity_names import names
from satchel.bench.facts_tables import facts_tables, failures, files_line
from satchel.bench.memories import memories
from satchel.bench.tables import markdown
from satchel.errors import InvalidInput
from satchel.testing import HashEmbedder

from .examples import write_lines
from .suites import facts_folder

MODEL = HashEmbedder()


def test_a_value_that_was_superseded_is_known_and_found(tmp_path: Path):
    (found,) = contradictions(facts_folder(tmp_path) / "contradiction.jsonl", MODEL)
    assert found["wanted"] == "Lisbon, not Boston"
    assert found["known"]
    assert found["found"]
    assert not found["stale"]


def test_reasons_tell_what_was_missing(tmp_path: Path):
    sessions = [
        {"text": "Jay: I live in Boston.", "timestamp": 0},
        {"text": "Jay: Splendid weather out here, isn't it?", "timestamp": 86400},
    ]
    line = {"id": "A", "sessions": sessions, "query": "Where?", "correct_answer": "Lisbon", "stale_answer": "Boston"}
    write_lines(tmp_path / "contradiction.jsonl", [line])
    (found,) = contradictions(tmp_path / "contradiction.jsonl", MODEL)
    assert found["reasons"] == ["value not extracted", "not superseded", "not retrieved"]
    assert found["stale"]
    assert not found["known"]


def test_a_fact_is_asked_for_so_many_turns_later(tmp_path: Path):
    found = coherences(facts_folder(tmp_path) / "coherence.jsonl", MODEL)
    assert list(found) == [10, 20]
    assert all(one["known"] for outcomes in found.values() for one in outcomes)


def test_a_turn_that_is_not_there_is_refused(tmp_path: Path):
    line = {"id": "C", "turns": [], "early_fact": "x", "early_fact_turn": 0, "test_queries": []}
    write_lines(tmp_path / "coherence.jsonl", [line])
    with pytest.raises(InvalidInput, match="there is no turn 0"):
        coherences(tmp_path / "coherence.jsonl", MODEL)


def test_names_are_found_with_and_without_their_type(tmp_path: Path):
    folder = facts_folder(tmp_path)
    found = names(folder / "entity_extraction.jsonl", folder / "entity_extraction_labels.jsonl", MODEL)
    assert found["types"]["person"]["right"] == 1
    assert found["types"]["organization"]["right"] == 0
    assert found["missed"] == ["e1: Nobody Here (organization)"]
    assert any(one.startswith("e1: Lisbon") for one in found["wrong"])
    assert not any("user" in one for one in found["wrong"])


def test_a_memory_is_covered_by_half_of_its_words(tmp_path: Path):
    folder = facts_folder(tmp_path)
    found = memories(folder / "memory_extraction.jsonl", folder / "memory_extraction_labels.jsonl", MODEL)
    assert found["types"]["fact"] == {"memories": 1, "covered": 1, "touched": 1}
    assert found["types"]["opinion"] == {"memories": 1, "covered": 0, "touched": 0}
    assert found["uncovered"] == ["e1: Row polymorphism deserves better diagnostics."]


def test_the_result_is_shown_from_its_file(tmp_path: Path):
    result = facts.measure(facts_folder(tmp_path / "facts"), embedder=MODEL)
    results.write(tmp_path / "facts.json", result)
    read = facts.read_facts(tmp_path / "facts.json")
    assert read == result
    shown = "\n".join([files_line(read), *map(markdown, facts_tables(read)), *failures(read)])
    for expected in ("| contradiction | 1 |", "| coherence, 20 turns later | 1 |", "| person | 1 |", "| opinion | 1 |"):
        assert expected in shown


def test_files_that_are_not_there_are_left_out(tmp_path: Path):
    folder = facts_folder(tmp_path)
    for one in ("contradiction.jsonl", "coherence.jsonl", "entity_extraction_labels.jsonl"):
        (folder / one).unlink()
    result = facts.measure(folder, embedder=MODEL)
    assert (result["contradiction"], result["coherence"], result["entities"]) == (None, None, None)
    assert len(facts_tables(result)) == 1
    with pytest.raises(InvalidInput, match=r"contradiction\.jsonl"):
        facts.measure(tmp_path / "nowhere")
