"""Freshness halves with each half-life from the freshest message on, and only what was found useful is renewed."""

from datetime import UTC, datetime, timedelta

import pytest

from satchel.extract.instants import to_micros
from satchel.features import features_of
from satchel.model import Message
from satchel.retrieve.freshness import HALF_LIFE, freshness
from satchel.retrieve.index import SpaceIndex

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HALF = timedelta(microseconds=HALF_LIFE)
IDS = [f"01900000-0000-7000-8000-{number:012x}" for number in range(3)]


@pytest.fixture
def index() -> SpaceIndex:
    said = [Message(one, "user", "Olives.", NOW - n * HALF, NOW) for n, one in enumerate(IDS)]
    return SpaceIndex().updated(IDS, dict(zip(IDS, features_of(said, None), strict=True)))


def told(index: SpaceIndex, renewed: dict[str, int]) -> list[float]:
    found = freshness(index, renewed)
    return [float(found[place]) for place in index.places_of(IDS)]


def test_it_halves_with_each_half_life(index: SpaceIndex) -> None:
    assert told(index, {}) == [1.0, 0.5, 0.25]


def test_what_was_found_useful_is_as_fresh_as_that_and_never_less_than_before(index: SpaceIndex) -> None:
    assert told(index, {IDS[2]: to_micros(NOW)}) == [1.0, 0.5, 1.0]
    assert told(index, {IDS[0]: to_micros(NOW - 9 * HALF), "nobody": 5}) == [1.0, 0.5, 0.25]
    assert told(index, {IDS[2]: to_micros(NOW + HALF)}) == [0.5, 0.25, 1.0]


def test_an_empty_index_has_none() -> None:
    assert len(freshness(SpaceIndex(), {})) == 0
