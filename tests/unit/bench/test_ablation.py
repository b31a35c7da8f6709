"""What each signal brings."""

from dataclasses import fields
from pathlib import Path

from satchel.bench import ablation, locomo, results
from satchel.retrieve.rank import Weights
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write


def test_there_is_a_row_for_the_whole_and_one_without_each_signal(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    result = ablation.measure(path, locomo.load(path), embedder=HashEmbedder())
    assert [row["without"] for row in result["rows"]] == ["nothing", *(one.name for one in fields(Weights))]
    assert (result["rows"][0]["recall"]["10"], result["rows"][0]["recall"]["20"]) == (1.0, 1.0)
    results.write(tmp_path / "ablation.json", result)
    (table,) = ablation.tables(ablation.read(tmp_path / "ablation.json"))
    assert table.rows[0][2:] == ["100.0", "100.0"]
