"""How cost grows: the sizes, the stand-in vectors, a small run, and what is told of its result file."""

from pathlib import Path

import numpy as np
import pytest

from satchel.bench import growth, results
from satchel.bench.growth_step import latency
from satchel.bench.growth_tables import TARGETS, growth_lines, growth_tables, growth_text
from satchel.bench.growth_vectors import StandIn
from satchel.bench.stopwatch import Stopwatch
from satchel.bench.tables import markdown
from satchel.bench.workload import embedded_text, workload
from satchel.errors import InvalidInput
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write
from .growths import grown


def test_sizes_grow_tenfold_up_to_the_largest() -> None:
    assert growth.sizes(100) == [100]
    assert growth.sizes(10_000) == [100, 1_000, 10_000]
    assert growth.sizes(50_000) == [100, 1_000, 10_000, 50_000]
    with pytest.raises(InvalidInput, match="at least 100"):
        growth.sizes(99)


def test_the_first_round_has_the_vectors_of_the_model(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=30, questions=1)
    assert growth.first_round(work) == 10
    texts = [embedded_text(turn) for turn in work.turns]
    model = HashEmbedder()
    vectors = StandIn(model, work.turns[:10])
    vectors.expect(work.turns[:20], start=0)
    assert np.allclose(vectors.embed(texts[:10]), model.embed(texts[:10]))
    assert not np.allclose(vectors.embed(texts[10:20]), model.embed(texts[10:20]), atol=0.01)


def test_later_rounds_are_near_the_first_and_near_each_other(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=30, questions=1)
    texts = [embedded_text(turn) for turn in work.turns]
    vectors = StandIn(HashEmbedder(), work.turns[:10])
    vectors.expect(work.turns, start=0)
    first, second, third = np.split(vectors.embed(texts), 3)
    assert np.allclose((second * second).sum(axis=1), 1, atol=1e-5)
    assert (first * second).sum(axis=1) == pytest.approx(0.9, abs=0.1)
    assert (second * third).sum(axis=1) == pytest.approx(0.8, abs=0.15)


def test_a_stand_in_rests_on_its_text_and_turn_alone(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=30, questions=1)
    vectors = StandIn(HashEmbedder(), work.turns[:10])
    vectors.expect(work.turns, start=0)
    together = vectors.embed([embedded_text(work.turns[17])])
    vectors.expect(work.turns[17:18], start=17)
    assert (vectors.embed([embedded_text(work.turns[17])]) == together).all()


def test_what_is_not_expected_goes_to_the_model(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=20, questions=1)
    model = HashEmbedder()
    vectors = StandIn(model, work.turns[:10])
    vectors.expect(work.turns[10:], start=10)
    found = vectors.embed(["Where is Quill?", embedded_text(work.turns[12])])
    assert (found[0] == model.embed(["Where is Quill?"])[0]).all()
    assert vectors.embed([]).shape == (0, model.dimensions)


def test_percentiles_are_of_the_times_themselves() -> None:
    watch = Stopwatch()
    watch.milliseconds = [float(number) for number in range(1, 101)]
    assert latency(watch) == {"p50_ms": 50.0, "p95_ms": 95.0, "p99_ms": 99.0, "calls": 100}


@pytest.mark.slow
def test_one_store_grows_and_is_measured_at_each_size(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample()])
    kept: list[growth.Growth] = []
    result = growth.measure(path, largest=150, embedder=HashEmbedder(), questions=2, keep=kept.append)
    assert [one["steps"] for one in kept] == [result["steps"][:1], result["steps"]]
    results.write(tmp_path / "growth.json", result)
    assert growth.read(tmp_path / "growth.json") == result
    assert [(step["messages"], step["stand_ins"]) for step in result["steps"]] == [(100, 90), (150, 140)]
    for step in result["steps"]:
        assert step["search_ready"]["calls"] == 3 * 2
        assert step["profile"]["missing"] == []
        assert min(step["index_per_message"], step["data_per_message"], step["added_per_second"]) > 0
    assert result["provenance"]["machine"]["cpu"]


def test_the_tables_hold_the_figures_of_the_file() -> None:
    shown = "\n\n".join([*growth_lines(grown()), *map(markdown, growth_tables(grown()))])
    assert "locomo10.json (SHA-256 abc); embedder hash/1, no tagger" in shown
    assert "| 10,000 | 12.50 | 20.00 | 30.00 | 300 |" in shown
    assert "| search, p50 | 10,000 | 15 ms | 12.5 ms | yes |" in shown
    assert "| index in memory, per message | 10,000 | 8,192 bytes | 9,000.0 bytes | no |" in shown
    assert "| dense arm | 0.10 | 2.00 |" in shown


def test_a_target_of_a_size_that_was_not_measured_is_left_out() -> None:
    targets = next(table for table in growth_tables(grown()) if table.title == "Targets")
    assert {100_000} <= {target.messages for target in TARGETS}
    assert {row[1] for row in targets.rows} == {"100", "10,000"}


def test_the_text_says_what_was_made_up() -> None:
    text = growth_text(grown())
    assert "from 100 to 10,000 messages" in text
    assert "takes 1.0 ms at the smallest size and 5.0 ms at the largest" in text
    assert "The first 2,760 messages have the embedding model's vectors; the other 7,240 have stand-ins" in text
    assert "No message was read by the tagger" in text
    assert "with it 6.0 ms and 12.5 ms" in text
    assert text.endswith("The machine's load was at most 0.5 on 2 cores.")
    real = grown()
    real["steps"] = real["steps"][:1]
    assert "All messages have the embedding model's vectors." in growth_text(real)


def test_a_busy_machine_is_named() -> None:
    busy = grown()
    busy["steps"][0]["load"] = 3.5
    assert "at most 3.5 on 2 cores; other programs took part of it" in growth_text(busy)
