"""Stages of a call: shares of the whole that add up, and functions that are not there any more."""

from time import perf_counter

import pytest

from satchel.bench.stages import Stage, profile


def _busy(seconds: float) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end:
        pass


def inner() -> None:
    _busy(0.01)


def outer() -> None:
    _busy(0.02)
    inner()


STAGES = (
    Stage("around", ("test_stages.py:outer",), without=("test_stages.py:inner",)),
    Stage("inside", ("test_stages.py:inner",)),
    Stage("renamed", ("test_stages.py:nobody",)),
)


def test_a_stage_is_its_functions_without_the_stages_inside() -> None:
    found = profile([outer, outer], STAGES, median_ms=30.0)
    shares = {one["stage"]: one["share"] for one in found["stages"]}
    assert shares["around"] == pytest.approx(2 / 3, abs=0.1)
    assert shares["inside"] == pytest.approx(1 / 3, abs=0.1)
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert {one["stage"]: one["ms"] for one in found["stages"]}["around"] == pytest.approx(20, abs=3)


def test_a_stage_whose_functions_are_gone_is_named() -> None:
    assert profile([outer], STAGES, median_ms=30.0)["missing"] == ["renamed"]


def test_the_stages_of_the_engine_are_all_seen(tmp_path) -> None:
    import satchel
    from satchel.bench.stages import ADD, CONTEXT
    from satchel.testing import HashEmbedder

    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        space = memory.space("s")
        added = profile([lambda: space.add("I moved to Lisbon.")], ADD, median_ms=1.0)
        asked = profile([lambda: space.context("Where do I live?")], CONTEXT, median_ms=1.0)
    assert added["missing"] == ["embedding"]
    assert asked["missing"] == []
