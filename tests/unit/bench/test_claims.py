"""The benchmark of labelled claims: what is read, what is counted, and what nobody may see."""

from pathlib import Path

import pytest

from satchel.bench import claims, labelled, results
from satchel.bench.claims_tables import claims_tables, messages_line, size_tables, speed_tables
from satchel.bench.extraction_speed import Scale
from satchel.bench.split import Split
from satchel.bench.spoken import Spoken
from satchel.bench.tables import markdown
from satchel.errors import InvalidInput

from .examples import write_lines
from .suites import claim, labelled_folder
from .suites import labelled as line


def test_blocks_of_thirty_ids_are_set_aside(tmp_path: Path):
    write_lines(tmp_path / "z.jsonl", [line(number, "Hello.") for number in range(0, 400, 10)])
    aside = [one.id for one in labelled.load(tmp_path, Split.SET_ASIDE)]
    assert aside == ["z-0030", "z-0040", "z-0050", "z-0180", "z-0190", "z-0200", "z-0330", "z-0340", "z-0350"]
    assert len(labelled.load(tmp_path, Split.TRAIN)) == 40 - len(aside)
    assert len(labelled.load(tmp_path, Split.ALL)) == 40


def test_only_asserted_claims_count_and_the_context_has_its_speaker(tmp_path: Path):
    said = line(1, "Yes.", claim("Lisbon"), claim("Rome", modality="wished"), context="Anna: I moved.", speaker="Ben")
    write_lines(tmp_path / "z.jsonl", [said, line(2, "No.", context="Do you?", role="assistant")])
    one, two = labelled.load(tmp_path, Split.TRAIN)
    assert [label.value for label in one.labels] == ["Lisbon"]
    assert (one.before, one.said) == (Spoken("user", "Anna", "I moved."), Spoken("user", "Ben", "Yes."))
    assert (two.before, two.said) == (Spoken("assistant", None, "Do you?"), Spoken("assistant", None, "No."))


@pytest.mark.parametrize("changes", [{"id": "z"}, {"claims": None}, {"at": "soon"}, {"text": 1}])
def test_what_is_no_labelled_message_is_refused(tmp_path: Path, changes: dict[str, object]):
    write_lines(tmp_path / "z.jsonl", [line(1, "Hello.") | changes])
    with pytest.raises(InvalidInput, match=r"z\.jsonl:1"):
        labelled.load(tmp_path, Split.ALL)


def test_a_folder_without_messages_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match="no message of the split set-aside"):
        labelled.load(tmp_path, Split.SET_ASIDE)


def test_the_one_before_is_said_a_minute_before(tmp_path: Path):
    write_lines(tmp_path / "z.jsonl", [line(1, "I moved to Lisbon.", claim("Lisbon"), context="Where to?")])
    with claims.satchel.open(":memory:") as memory:
        space = memory.space("z")
        found, notes = claims.asserted(space, labelled.load(tmp_path, Split.ALL)[0])
        before, said = space.messages()
    assert (before.role, before.content) == ("assistant", "Where to?")
    assert (said.said_at - before.said_at).total_seconds() == 60
    assert labelled.Label("user", "lives_in", "Lisbon", "holds") in found
    assert notes == ()


def test_errors_are_told_but_never_those_of_the_set_aside_fifth(tmp_path: Path):
    folder = labelled_folder(tmp_path / "claims")
    done = claims.run(labelled.load(folder, Split.ALL))
    shown = claims.explained(done.errors)
    assert "z-0003 user: Is the kettle on the stove?\n    missed user owns 'kettle' holds" in shown
    assert "SECRET" not in shown
    assert done.tally.total["expected"] == 4
    assert not claims.run(labelled.load(folder, Split.SET_ASIDE)).errors


def test_everything_is_measured_and_shown_from_the_file(tmp_path: Path):
    folder = labelled_folder(tmp_path / "claims")
    result, _ = claims.measure(folder, Split.SET_ASIDE, scale=Scale(messages=2, batch=2))
    results.write(tmp_path / "claims.json", result)
    text = (tmp_path / "claims.json").read_text()
    assert "SECRET" not in text
    assert "z-0030" not in text
    read = claims.read_claims(tmp_path / "claims.json")
    assert read == result
    assert read["speed"]["batched_per_second"] > 0
    assert read["speed"]["add"]["calls"] == 2
    assert "2 messages, the fifth that was set aside, of z.jsonl" in messages_line(read)
    shown = "\n".join(map(markdown, [*claims_tables(read), *speed_tables(read["speed"]), *size_tables(read["sizes"])]))
    assert "| z |" in shown
    assert "| owns |" in shown
    assert "| claims_reader.onnx |" in shown
    assert "| one by one |" in shown
