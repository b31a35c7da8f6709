"""A store of many spaces at scale: its spaces, small runs on both stores, and what is told of its result file."""

from itertools import islice
from pathlib import Path

import pytest

from satchel.bench import results, scale
from satchel.bench.scale_places import Lent, places, postgres_database, sqlite_file
from satchel.bench.scale_plan import SITTING, Group, Plan, plan_of, sittings
from satchel.bench.scale_tables import scale_lines, scale_tables, scale_text
from satchel.bench.tables import markdown
from satchel.bench.workload import endless
from satchel.errors import InvalidInput
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write
from .scales import scaled

TINY = Plan([Group(60, 1), Group(20, 4)], marks=2, batch=20, warm=8, cold=4, erased=Group(20, 2), searches=3)


def test_a_million_messages_are_in_few_large_and_many_small_spaces() -> None:
    plan = plan_of(1_000_000)
    assert plan.groups == [Group(100_000, 1), Group(10_000, 10), Group(1_000, 100), Group(200, 3_489)]
    assert sum(group.spaces for group in plan.groups) == 3_600
    assert plan.messages == 997_800


def test_a_smaller_store_has_the_small_spaces_in_proportion() -> None:
    assert plan_of(100_000).groups == [Group(10_000, 1), Group(1_000, 10), Group(200, 349)]
    assert plan_of(5_000).groups == [Group(200, 18)]
    with pytest.raises(InvalidInput, match="too few"):
        plan_of(100)


def test_spaces_are_filled_in_sittings_in_an_order_that_is_always_the_same() -> None:
    groups = [Group(3_500, 2), Group(200, 30)]
    found = sittings(groups)
    assert found == sittings(groups)
    assert sum(messages for _, messages in found) == 13_000
    assert [messages for name, messages in found if name == "3500 1"].count(SITTING) == 3
    assert found[0][0] != found[1][0]


def test_messages_without_end_are_of_about_one_length(tmp_path: Path) -> None:
    work = endless(write(tmp_path / "l.json", [locomo_sample()]), questions=2, text_bytes=80)
    lengths = [len(turn.text.encode()) for turn in work.first]
    assert max(lengths) <= 80
    assert min(lengths) >= 65
    assert work.first[0].text == "I adopted a grey parrot called Quill yesterday. Wonderful! Does Quill talk"
    taken = list(islice(work.turns, 2 * len(work.first)))
    assert taken[: len(work.first)] == work.first
    assert len({(turn.text, turn.at) for turn in taken}) == len(taken)


@pytest.mark.slow
def test_a_file_is_filled_and_measured(tmp_path: Path) -> None:
    _check(tmp_path, sqlite_file, "SQLite")


@pytest.mark.slow
def test_a_server_is_filled_and_measured_and_left_as_it_was(tmp_path: Path, postgres_url: str) -> None:
    import psycopg

    _check(tmp_path, lambda: postgres_database(postgres_url), "PostgreSQL")
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute("SELECT to_regclass('satchel.rows')").fetchone()
    assert found == (None,)


def _check(folder: Path, store: Lent, name: str) -> None:
    path = write(folder / "locomo10.json", [locomo_sample()])
    kept: list[scale.Scale] = []
    result = scale.measure(path, TINY, [store], embedder=HashEmbedder(), questions=2, keep=kept.append)
    assert kept == [result]
    results.write(folder / "scale.json", result)
    assert scale.read(folder / "scale.json") == result
    (figures,) = result["stores"]
    assert figures["store"].startswith(name)
    assert [(mark["messages"], mark["spaces"]) for mark in figures["marks"]][-1] == (140, 5)
    assert [(size["messages"], size["spaces"]) for size in figures["sizes"]] == [(20, 4), (60, 1)]
    for size in figures["sizes"]:
        assert size["cold"]["calls"] == 4
        assert size["warm"]["calls"] == 8
        assert size["profile"]["missing"] == []
    assert figures["clients"]["errors"] == 0
    assert figures["clients"]["search"]["calls"] == 8 * 3
    assert figures["erase"]["calls"] == 2
    assert min(figures["data_per_message"], figures["index"], figures["process"]) > 0


def test_a_server_that_is_named_needs_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satchel.bench.servers.PACKAGES", ("nothing_of_this_name",))
    assert places(None) == ([sqlite_file], ["nothing_of_this_name"])
    stores, lacking = places("postgresql://somewhere/name")
    assert len(stores) == 2
    assert not lacking


def test_the_tables_hold_the_figures_of_the_file() -> None:
    shown = "\n\n".join([*scale_lines(scaled()), *map(markdown, scale_tables(scaled()))])
    assert "locomo10.json (SHA-256 abc); embedder hash/1, no tagger; batch 200, first round 1,602" in shown
    assert "| SQLite 3.40 | 1,000 | 1 | 1.50 | 3.00 | 4.50 | 20 | 8.00 | 16.00 | 24.00 | 20 |" in shown
    assert "| PostgreSQL 18 | 20,000 | 11 | 1,800 | 1,700 | 400 |" in shown
    assert "| SQLite 3.40 | 8 | 700 | 1.50 | 3.00 | 4.50 | 20 | 0 |" in shown
    assert "| dense arm | 1.50 | 7.50 | 2.50 | 12.50 |" in shown


def test_targets_are_of_a_store_and_of_the_sizes_that_were_measured() -> None:
    targets = next(table for table in scale_tables(scaled()) if table.title == "Targets")
    rows = [tuple(row) for row in targets.rows]
    assert ("SQLite 3.40", "cold search, p50", "1,000", "10 ms", "8.0 ms", "yes") in rows
    assert ("PostgreSQL 18", "cold search, p50", "1,000", "20 ms", "30.0 ms", "no") in rows
    assert ("PostgreSQL 18", "data on disk, per message", "", "1,600 bytes", "1,700.0 bytes", "no") in rows
    assert {row[2] for row in rows} == {"1,000", "10,000", ""}


def test_the_text_says_what_was_made_up() -> None:
    text = scale_text(scaled())
    assert "A store has 20,000 messages of 147 bytes on average in 11 spaces: 1 of 10,000, 10 of 1,000." in text
    assert "On SQLite 3.40 the median search takes 1.5 ms warm and 8.0 ms cold in a space of 1,000" in text
    assert "8 clients at once have 700 searches a second, with 0 errors" in text
    assert "The 1,602 messages of the first round have the embedding model's vectors, the others stand-ins" in text
    assert text.endswith("The machine's load was at most 0.5 on 2 cores.")
