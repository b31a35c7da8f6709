"""The page on extraction: figures in their places, and the words around them kept."""

from pathlib import Path

import pytest

from satchel.bench import extraction_page, report, results, truth
from satchel.bench.extraction_page import FIGURES, filled
from satchel.bench.machine import ROOT
from satchel.bench.sources import Sources, find
from satchel.bench.truth_tables import truth_result
from satchel.errors import InvalidInput

from .suites import check, facts_folder, labelled_folder, scenario, suite, value

PLACES = "\n".join(f"words on {name}\n<!-- figures: {name} -->\nold\n<!-- end of figures -->" for name in FIGURES)


def test_only_what_is_between_the_comments_is_replaced():
    page = filled(PLACES, {name: [f"new {name}", "and \\more"] for name in FIGURES}, where="page")
    assert "old" not in page
    assert "words on claims\n<!-- figures: claims -->\n\nnew claims\n\nand \\more\n\n<!-- end of figures -->" in page
    assert filled(page, {name: [f"new {name}", "and \\more"] for name in FIGURES}, where="page") == page


def test_a_place_that_is_missing_is_told(tmp_path: Path):
    (tmp_path / "extraction.md").write_text(PLACES.replace("figures: time", "numbers: time"))
    with pytest.raises(InvalidInput, match="one place for each of claims, truth"):
        extraction_page.write(tmp_path, Sources(None, None))


def test_the_page_of_this_project_has_every_place():
    page = (ROOT / "docs" / extraction_page.NAME).read_text(encoding="utf-8")
    assert filled(page, dict.fromkeys(FIGURES, ("x",)), where="docs").count("\n\nx\n\n") == len(FIGURES)


def test_what_has_no_data_is_said_to_be_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    extraction_page.write(tmp_path, Sources(None, None))
    page = (tmp_path / "extraction.md").read_text()
    assert page.count("Not measured: the data were not there") == len(FIGURES)
    assert "truth: skipped" in capsys.readouterr().err


def test_figures_are_those_of_the_file(tmp_path: Path):
    path = suite(tmp_path, scenario(check(expect=[value("Lisbon")])))
    scenarios = truth.load(path)
    results.write(tmp_path / "truth.json", truth_result(path, scenarios, truth.run(scenarios), shuffle=None))
    shown = extraction_page.figures(tmp_path, measured=Sources(None, None, truth=path))
    assert "| all | 1 | 1 | 100.0 |" in "\n".join(shown["truth"])
    assert shown["claims"][0].startswith("Not measured")


def test_data_are_found_by_their_folders(tmp_path: Path):
    labelled_folder(tmp_path / "claims")
    facts_folder(tmp_path / "facts")
    found = find(tmp_path)
    assert (found.claims, found.facts) == (tmp_path / "claims", tmp_path / "facts")
    assert (found.truth, found.temporal) == (None, None)


def test_the_report_makes_one_page_or_says_which_there_are(capsys: pytest.CaptureFixture[str]):
    assert report.main(["docs", "nothing"]) == 2
    assert "benchmarks|extraction" in capsys.readouterr().err
