"""The page: made from result files alone, and honest about what was not measured."""

from pathlib import Path

import pytest

from satchel.bench import locomo, quality, report, results
from satchel.bench.sources import Sources, find
from satchel.errors import InvalidInput
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write
from .scales import scaled


def test_a_part_without_data_is_skipped_with_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report.write(tmp_path, Sources(None, None))
    page = (tmp_path / "benchmarks.md").read_text()
    assert page.count("Not measured: the data were not there") == 6
    assert "locomo: skipped" in capsys.readouterr().err
    assert not (tmp_path / "bench").exists()


def test_the_figures_on_the_page_are_those_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    made = quality.measure(locomo.load(path), embedder=HashEmbedder())
    made["rows"][-1]["figures"]["recall@10"] = 0.1234  # type: ignore[index]
    results.write(tmp_path / "bench" / "locomo.json", made)
    page = report.page(tmp_path / "bench", measured=Sources(path, None))
    assert "| overall | 3 |" in page
    assert "| 12.3 |" in page
    assert page.count("Not measured") == 5


def test_what_takes_long_is_shown_from_its_file(tmp_path: Path) -> None:
    assert "`satchel bench scale --out" in report.page(tmp_path, measured=Sources(None, None))
    results.write(tmp_path / "scale.json", scaled())
    page = report.page(tmp_path, measured=Sources(None, None))
    assert "A store has 20,000 messages" in page
    assert "(plots/scale_search.svg)" in page
    assert "| PostgreSQL 18 | cold search, p50 | 1,000 | 20 ms | 30.0 ms | no |" in page


def test_a_folder_that_was_named_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SATCHEL_BENCH_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(InvalidInput, match="is no folder"):
        find()


def test_data_are_found_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "locomo").mkdir()
    write(tmp_path / "locomo" / "locomo_dev.json", [])
    found = find(tmp_path)
    assert found == Sources(tmp_path / "locomo" / "locomo_dev.json", None)


def test_the_module_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main([]) == 2
    assert "usage" in capsys.readouterr().err
