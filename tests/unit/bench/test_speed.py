"""A small run of the benchmark of speed, from the messages to the tables."""

from pathlib import Path

import pytest

from satchel.bench import results, speed
from satchel.bench.speed_tables import source_line, speed_tables
from satchel.bench.tables import markdown
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write

SMALL = speed.Scale(messages=200, spaces=4, questions=3, pairs=2)


@pytest.mark.slow
def test_everything_is_measured_once_and_shown_from_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    result = speed.measure(path, SMALL, embedder=HashEmbedder())
    results.write(tmp_path / "speed.json", result)
    read = speed.read_speed(tmp_path / "speed.json")
    assert read == result
    large = result["large"]
    assert all(one["median_ms"] > 0 for one in large["timings"].values())
    assert all(one["added_per_second"] > 0 for one in large["paces"].values())
    assert large["sizes"]["index"] > 0
    assert large["sizes"]["data_per_message"] > large["sizes"]["content_per_message"]
    assert large["process"]["search_ms"] > 0
    assert large["profiles"]["search, warm"]["missing"] == []
    assert result["importing"]["with_import_ms"] > result["importing"]["interpreter_ms"]
    shown = "\n".join([source_line(result), *map(markdown, speed_tables(result))])
    assert "locomo10.json (SHA-256" in shown
    assert "| dense arm |" in shown
