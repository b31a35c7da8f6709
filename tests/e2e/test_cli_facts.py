"""What a store knows, asked, put right and undone from the command line."""

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from satchel.cli.main import app

SAID = (
    ("2026-02-02T22:00:00Z", "I live in Boston."),
    ("2026-02-10T17:00:00Z", "My sister Anna lives in Gothenburg."),
    ("2026-03-31T20:00:00Z", "I live in Lisbon now."),
)


def call(store: Path, *args: str) -> Result:
    return CliRunner().invoke(app, ["--store", str(store), *args])


def seed(store: Path) -> Path:
    for when, words in SAID:
        assert call(store, "add", words, "--name", "Maya", "--at", when).exit_code == 0
    return store


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seed(tmp_path_factory.mktemp("facts") / "store")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return seed(tmp_path / "store")


def read(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def home(store: Path, *args: str) -> list[dict[str, Any]]:
    return read(call(store, "facts", "--subject", "Maya", "--attribute", "lives_in", "--json", *args))


def test_facts_are_asked_of_two_times(kept: Path):
    assert [one["value"] for one in home(kept)] == ["Lisbon"]
    assert [one["value"] for one in home(kept, "--as-of", "2026-02-15")] == ["Boston"]
    assert [one["value"] for one in home(kept, "--past")] == ["Boston", "Lisbon"]
    assert call(kept, "facts", "--known-at", "2020-01-01").exit_code == 1


def test_facts_are_a_table_with_what_is_past(kept: Path):
    shown = call(kept, "facts", "--past").stdout
    line = next(one for one in shown.splitlines() if "Maya lives in Boston" in one)
    assert "by 2026-02-02" in line
    assert line.split()[-1] == "past"
    assert all(cell_len(one) <= int(os.environ.get("COLUMNS", "80")) for one in shown.splitlines())


def test_what_is_not_known_is_said_and_is_1(kept: Path):
    for command in (("facts", "--subject", "Nobody"), ("timeline", "--subject", "Nobody"), ("entities", "--kind", "x")):
        result = call(kept, *command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "nothing is known" in result.stderr


def test_an_unknown_attribute_is_bad_input(kept: Path):
    assert call(kept, "facts", "--attribute", "nonsense").exit_code == 2


@pytest.mark.parametrize("cut", [slice(None), slice(0, 8), slice(-8, None)])
def test_a_history_is_found_by_a_part_of_the_id(kept: Path, cut: slice):
    identity = home(kept)[0]["id"][cut]
    assert [one["effect"] for one in read(call(kept, "history", identity, "--json"))] == ["stated", "replaced"]
    assert "“I live in «Lisbon» now.”" in call(kept, "history", identity).stdout


def test_an_id_that_nothing_has_is_not_found(kept: Path):
    for command in (("history", "12345678"), ("correct", "12345678", "Porto"), ("graph", "Nobody")):
        result = call(kept, *command)
        assert result.exit_code == 3
        assert result.stderr.count("\n") == 1
        assert "satchel facts --past" in result.stderr or "satchel entities" in result.stderr


def test_the_graph_is_found_by_name_or_a_part_of_the_id(kept: Path):
    maya = next(one for one in read(call(kept, "entities", "--json")) if one["name"] == "Maya")
    for given in ("Maya", maya["id"][-8:]):
        found = read(call(kept, "graph", given, "--json"))
        assert found["centre"] == maya["id"]
        assert "Lisbon" in {one["name"] for one in found["entities"]}
    assert "Gothenburg" in call(kept, "graph", "Maya", "--depth", "2").stdout
    assert "Gothenburg" not in call(kept, "graph", "Maya").stdout
    assert "Boston" in call(kept, "graph", "Maya", "--as-of", "2026-02-15").stdout


def test_the_profile_and_the_entities_are_tables(kept: Path):
    assert "Maya lives in Lisbon" in call(kept, "profile").stdout
    assert "Boston" not in call(kept, "profile").stdout
    assert {"Maya", "Anna", "Lisbon"} <= set(call(kept, "entities").stdout.split())
    assert [one["kind"] for one in read(call(kept, "entities", "--kind", "person", "--json"))] == ["person", "person"]


def test_the_timeline_is_drawn_over_an_axis(kept: Path):
    shown = call(kept, "timeline", "--subject", "Maya", "--attribute", "lives_in").stdout.splitlines()
    assert "now" in "".join(shown[:2])
    assert [one.split()[0] for one in shown[2:5]] == ["Maya:", "Boston", "Lisbon"]
    assert [one["value"] for one in read(call(kept, "timeline", "--attribute", "lives_in", "--json"))] == [
        "Gothenburg",
        "Boston",
        "Lisbon",
    ]


def test_search_says_what_kind_a_hit_is_since_when_and_what_is_past(kept: Path):
    shown = call(kept, "search", "Where does Maya live?").stdout.splitlines()
    headings = {below.strip(): heading for heading, below in pairwise(shown)}
    assert "fact" in headings["Maya lives in Lisbon"].split()
    assert "past" not in headings["Maya lives in Lisbon"]
    assert {"fact", "past", "said", "until"} <= set(headings["Maya lives in Boston"].split())


def test_a_correction_is_shown_and_undone_by_forgetting_its_message(own: Path):
    before = home(own)
    shown = call(own, "correct", before[0]["id"][-8:], "Porto", "--why", "misheard").stdout
    assert "Maya lives in Porto" in shown
    assert [one["value"] for one in home(own)] == ["Porto"]
    message = shown.split("kept as message ")[1].split(";")[0]
    assert call(own, "forget", message[-8:], "--yes").exit_code == 0
    assert home(own) == before


def test_what_was_never_true_is_gone_and_what_came_before_is_true(own: Path):
    identity = home(own)[0]["id"]
    assert read(call(own, "correct", identity, "--never", "--json"))["message_ids"]
    assert "Lisbon" not in [one["value"] for one in home(own, "--past")]


@pytest.mark.parametrize("args", [(), ("Porto", "--never")])
def test_a_correction_needs_a_value_or_never(kept: Path, args: tuple[str, ...]):
    assert call(kept, "correct", home(kept)[0]["id"], *args).exit_code == 2


def test_a_merge_is_undone_by_forgetting_its_message(own: Path):
    before = read(call(own, "entities", "--json"))
    message = read(call(own, "merge", "Boston", "Lisbon", "--json"))["message_ids"][0]
    assert len(read(call(own, "entities", "--json"))) == len(before) - 1
    assert call(own, "forget", message, "--yes").exit_code == 0
    assert read(call(own, "entities", "--json")) == before


def test_names_are_merged_and_parted_again(own: Path):
    def known() -> set[str]:
        return {one["name"] for one in read(call(own, "entities", "--json"))}

    before = known()
    assert "undo it with: satchel forget" in call(own, "merge", "Boston", "Lisbon").stdout
    assert len(known()) == len(before) - 1
    assert read(call(own, "unmerge", "Boston", "Lisbon", "--json"))["message_ids"]
    assert known() == before


def test_a_part_that_several_ids_have_asks_for_more(own: Path):
    ids = [one["id"] for one in read(call(own, "messages", "--json"))]
    result = call(own, "forget", ids[0][:6], "--yes")
    assert result.exit_code == 2
    assert "give more of it" in result.stderr
    assert len(read(call(own, "messages", "--json"))) == len(ids)
