"""The plots: drawn from result files alone, the same bytes each time."""

import re
from pathlib import Path

import pytest

from satchel.bench import plots, results
from satchel.bench.plots import Axis, Plot
from satchel.bench.plots_lines import (
    Line,
    disk_at_scale,
    inside,
    latencies,
    memories,
    paces_at_scale,
    searches_at_scale,
)

from .growths import grown
from .scales import scaled


def _quality(**figures: float) -> dict[str, object]:
    shares = {
        f"inside {budget}": share for budget, share in zip((500, 1000, 2000, 4000), figures.values(), strict=True)
    }
    return {"rows": [{"figures": {}}, {"figures": shares}]}


def test_the_line_of_evidence_joins_the_overall_row(tmp_path: Path) -> None:
    results.write(tmp_path / "longmemeval.json", _quality(a=0.5, b=0.625, c=0.75, d=1.0))
    assert inside(tmp_path) == [Line("LongMemEval", [(500, 50.0), (1000, 62.5), (2000, 75.0), (4000, 100.0)])]


def test_systems_that_were_compared_are_points_beside_it(tmp_path: Path) -> None:
    rows = [{"title": title, "figures": {"recall@5": 0.5, "inside 2000": 0.75}} for title in ("Satchel", "Other")]
    results.write(tmp_path / "peers.json", {"rows": [*rows, {"title": "Without", "figures": {"recall@5": 0.5}}]})
    assert inside(tmp_path) == [
        Line("Satchel, compared on LoCoMo", [(2000, 75.0)], compared=True),
        Line("Other, compared on LoCoMo", [(2000, 75.0)], compared=True),
    ]


def test_lines_of_growth_are_by_size_and_in_megabytes(tmp_path: Path) -> None:
    results.write(tmp_path / "growth.json", grown())
    slowest, context, *_, fastest = latencies(tmp_path)
    assert slowest == Line("first search of an opened store", [(100, 11.0), (10_000, 80.0)])
    assert context.label == "context of 1,500 tokens"
    assert fastest.points == [(100, 1.0), (10_000, 5.0)]
    assert memories(tmp_path)[1] == Line("index in memory", [(100, 0.2), (10_000, 90.0)])


def test_lines_of_scale_are_by_store(tmp_path: Path) -> None:
    results.write(tmp_path / "scale.json", scaled())
    cold, warm, *_ = searches_at_scale(tmp_path)
    assert cold == Line("SQLite 3.40, cold", [(1_000, 8.0), (10_000, 80.0)])
    assert warm == Line("SQLite 3.40, warm", [(1_000, 1.5), (10_000, 7.5)])
    assert disk_at_scale(tmp_path)[1] == Line("PostgreSQL 18", [(10_000, 18.0), (20_000, 34.0)])
    assert paces_at_scale(tmp_path)[0] == Line("SQLite 3.40", [(10_000, 2000.0), (20_000, 1800.0)])
    plots.write(tmp_path, tmp_path / "plots")
    drawn = sorted(file.name for file in (tmp_path / "plots").iterdir())
    assert drawn == ["scale_disk.svg", "scale_pace.svg", "scale_search.svg"]


def test_what_was_not_measured_is_not_drawn(tmp_path: Path) -> None:
    plots.write(tmp_path, tmp_path / "plots")
    assert not (tmp_path / "plots").exists()
    assert plots.embedded(tmp_path, plots.RECALL) == []


def test_the_page_embeds_what_is_drawn(tmp_path: Path) -> None:
    results.write(tmp_path / "growth.json", grown())
    plots.write(tmp_path, tmp_path / "plots")
    assert sorted(file.name for file in (tmp_path / "plots").iterdir()) == ["latency.svg", "memory.svg"]
    assert plots.embedded(tmp_path, plots.LATENCY) == ["![Time by the size of the space](plots/latency.svg)"]


def test_the_same_figures_give_the_same_bytes_without_a_date_or_a_background() -> None:
    lines = [Line("ours", [(500, 80.0), (4000, 95.0)]), Line("theirs", [(1500, 70.0)], compared=True)]
    plot = Plot("Evidence", Axis("tokens", logarithmic=True, named=[500, 4000]), Axis("evidence (%)"), lines)
    drawn = plots.svg(plot)
    assert drawn == plots.svg(plot)
    assert "<dc:date>" not in drawn
    assert "Matplotlib" not in re.sub(r"<!--.*?-->", "", drawn)
    assert "fill: #ffffff" not in drawn


@pytest.mark.parametrize(("value", "name"), [(0.1, "0.1"), (10, "10"), (1_000_000, "1,000,000")])
def test_axes_name_whole_numbers(value: float, name: str) -> None:
    assert plots._named(value, 0) == name
