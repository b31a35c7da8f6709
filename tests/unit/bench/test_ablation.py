"""What each signal brings."""

from dataclasses import fields
from pathlib import Path

import pytest

from satchel.bench import ablation, commands, locomo, results
from satchel.errors import InvalidInput
from satchel.retrieve.rank import Weights
from satchel.testing import HashEmbedder

from .examples import evidence_lines, locomo_sample, write, write_lines


def test_there_is_a_row_for_the_whole_and_one_without_each_signal(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    result = ablation.measure(path, locomo.load(path), embedder=HashEmbedder())
    assert [row["without"] for row in result["rows"]] == ["nothing", *(one.name for one in fields(Weights))]
    assert (result["rows"][0]["recall"]["10"], result["rows"][0]["recall"]["20"]) == (1.0, 1.0)
    results.write(tmp_path / "ablation.json", result)
    (table,) = ablation.tables(ablation.read(tmp_path / "ablation.json"))
    assert table.rows[0][2:] == ["100.0", "100.0"]


def test_the_command_takes_either_benchmark_and_says_what_it_expects(tmp_path: Path) -> None:
    ours = write(tmp_path / "locomo10.json", [locomo_sample()])
    assert commands._either(ours).name == "locomo"
    other = write_lines(tmp_path / "evidence.jsonl", evidence_lines())
    assert commands._either(other).name == "longmemeval"
    with pytest.raises(InvalidInput, match="is neither"):
        commands._either(write(tmp_path / "odd.json", {"a": 1}))
