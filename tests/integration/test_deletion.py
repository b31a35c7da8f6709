"""Forgetting and erasing, seen from outside; that no byte is left is tests/e2e's matter."""

import pytest

import satchel
from satchel import NotFound


@pytest.fixture
def ids(alice: satchel.Space) -> tuple[str, ...]:
    return alice.add(
        [
            {"role": "user", "content": f"olives {i}", "session": f"s{i % 2}", "at": f"2026-01-0{i + 1}T00:00Z"}
            for i in range(6)
        ]
    ).message_ids


def left(space: satchel.Space) -> set[str]:
    logged = {one.id for one in space.messages()}
    assert {hit.id for hit in space.search("olives", limit=100)} == logged
    return logged


def test_forgetting_one_message(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    receipt = alice.forget(ids[2])
    assert receipt.message_ids == (ids[2],)
    assert receipt.destroyed["messages"] == 1
    assert (receipt.space, receipt.tenant, receipt.complete) == ("alice", "default", True)
    assert any("backups" in one for one in receipt.remains)
    assert left(alice) == set(ids) - {ids[2]}
    with pytest.raises(NotFound):
        alice.get(ids[2])
    with pytest.raises(NotFound):
        alice.forget(ids[2])


def test_forgetting_several_messages_named_in_any_order_and_twice(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    assert alice.forget([ids[4], ids[0], ids[4]]).message_ids == (ids[0], ids[4])
    assert left(alice) == {ids[1], ids[2], ids[3], ids[5]}


def test_forgetting_a_session(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    assert alice.forget(session="s1").message_ids == ids[1::2]
    assert left(alice) == set(ids[::2])
    assert alice.forget(session="s1").message_ids == ()


def test_forgetting_what_was_said_before_a_time(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    assert alice.forget(before="2026-01-03").message_ids == ids[:2]
    assert alice.forget(before="2026-01-03T00:00:00.000001Z").message_ids == ids[2:3]
    assert left(alice) == set(ids[3:])


def test_what_is_given_must_all_hold(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    assert alice.forget(session="s0", before="2026-01-04").message_ids == (ids[0], ids[2])
    assert alice.forget(ids[4:], session="s1").message_ids == (ids[5],)
    assert left(alice) == {ids[1], ids[3], ids[4]}


def test_an_unknown_id_among_others_forgets_nothing(alice: satchel.Space, ids: tuple[str, ...]) -> None:
    for unknown in ("nobody", "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound, match="nothing was forgotten"):
            alice.forget([ids[0], unknown])
    assert left(alice) == set(ids)


def test_an_unknown_id_in_a_space_that_holds_nothing_is_not_found(memory: satchel.Memory) -> None:
    with pytest.raises(NotFound):
        memory.space("nobody").forget("00000000-0000-7000-8000-000000000000")
    assert memory.spaces() == ()


def test_an_id_of_another_space_is_unknown(memory: satchel.Memory, ids: tuple[str, ...]) -> None:
    memory.space("bob").add("olives")
    with pytest.raises(NotFound):
        memory.space("bob").forget(ids[0])
    assert left(memory.space("alice")) == set(ids)


def test_an_erased_space_is_gone_and_its_name_can_be_used_again(memory: satchel.Memory, alice: satchel.Space) -> None:
    added = alice.add({"role": "user", "content": "olives", "id": "1"}, idempotency_key="k")
    memory.space("bob").add("grapes")
    receipt = alice.erase()
    assert receipt.message_ids == added.message_ids
    assert receipt.destroyed["data keys"] == 1
    assert [one.name for one in memory.spaces()] == ["bob"]
    assert alice.messages() == ()
    assert not alice.search("olives").supported
    with pytest.raises(NotFound, match="nothing to erase"):
        alice.erase()
    again = alice.add({"role": "user", "content": "olives", "id": "1"}, idempotency_key="k")
    assert again.duplicates == ()
    assert again.message_ids != added.message_ids
    assert [one.name for one in memory.spaces()] == ["bob", "alice"]
    assert left(alice) == set(again.message_ids)


def test_erasing_what_was_never_written_is_not_found(memory: satchel.Memory) -> None:
    with pytest.raises(NotFound):
        memory.space("nobody").erase()


def test_forgetting_inside_a_packed_segment_leaves_the_others(memory: satchel.Memory) -> None:
    space = memory.space("many")
    added = space.add([f"olives number {i}" for i in range(1_100)])
    receipt = space.forget(added.message_ids[500:510])
    assert receipt.destroyed["segments rewritten"] >= 1
    assert len(space.messages()) == 1_090
    assert (
        {one.id for one in space.messages()}
        == {hit.id for hit in space.search("olives", limit=2_000)}
        == set(added.message_ids) - set(added.message_ids[500:510])
    )
    assert memory.check().ok
