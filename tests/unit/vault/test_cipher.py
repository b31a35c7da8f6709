"""Sealing binds content to its place."""

from dataclasses import replace

import pytest

from satchel.errors import StoreDamaged
from satchel.vault.cipher import Place, Plain, Sealing

HERE = Place("tenant", "space", "row", "column")
KEY = bytes(range(32))


def test_what_is_sealed_opens_in_its_place() -> None:
    sealed = Sealing(KEY).seal(b"olives", HERE)
    assert Sealing(KEY).open(sealed, HERE) == b"olives"
    assert len(sealed) == len(b"olives") + 28
    assert b"olives" not in sealed
    assert Sealing(KEY).seal(b"olives", HERE) != sealed


@pytest.mark.parametrize("part", ["tenant", "space", "row", "column"])
def test_each_part_of_the_place_is_bound(part: str) -> None:
    sealed = Sealing(KEY).seal(b"olives", HERE)
    with pytest.raises(StoreDamaged, match="restore"):
        Sealing(KEY).open(sealed, replace(HERE, **{part: "other"}))


def test_parts_of_a_place_cannot_flow_into_each_other() -> None:
    places = [Place("ab", "c", "", ""), Place("a", "bc", "", ""), Place("", "abc", "", ""), Place("a", "b", "c", "")]
    assert len({place.associated_data() for place in places}) == 4


def test_another_key_and_any_changed_or_missing_byte_is_damage() -> None:
    sealed = Sealing(KEY).seal(b"olives", HERE)
    changed = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    for one in [*changed, sealed[:-1], sealed[:5], b""]:
        with pytest.raises(StoreDamaged):
            Sealing(KEY).open(one, HERE)
    with pytest.raises(StoreDamaged):
        Sealing(bytes(32)).open(sealed, HERE)


def test_marks_are_keyed_and_the_same_for_the_same() -> None:
    assert Sealing(KEY).mark(b"m") == Sealing(KEY).mark(b"m") == Plain(KEY).mark(b"m")
    assert len({Sealing(KEY).mark(b"m"), Sealing(KEY).mark(b"n"), Sealing(bytes(32)).mark(b"m")}) == 3
    assert len(Sealing(KEY).mark(b"m")) == 16


def test_plain_seals_nothing() -> None:
    assert Plain(KEY).open(Plain(KEY).seal(b"olives", HERE), HERE) == b"olives"
