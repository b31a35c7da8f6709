"""When a message comes again."""

import pytest

import satchel
from satchel import InvalidInput

T1, T2 = "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"


def said(content: str, **more: object) -> dict[str, object]:
    return {"role": "user", "content": content, **more}


def contents(space: satchel.Space) -> list[str]:
    return [one.content for one in space.messages()]


def test_the_same_id_and_words_are_stored_once(alice: satchel.Space) -> None:
    first = alice.add(said("olives", id="1"))
    again = alice.add(said("olives", id="1"))
    assert again.message_ids == again.duplicates == first.message_ids
    assert again.degraded == ()
    assert contents(alice) == ["olives"]


@pytest.mark.parametrize("at", [None, T1], ids=["no time", "same time"])
def test_the_same_id_with_other_words_keeps_the_first_and_says_so(alice: satchel.Space, at: str | None) -> None:
    first = alice.add(said("olives", id="1", at=at))
    again = alice.add(said("grapes", id="1", at=at))
    assert again.duplicates == first.message_ids
    assert contents(alice) == ["olives"]
    assert any("kept" in note for note in again.degraded)


def test_the_same_id_at_another_time_keeps_the_first_and_says_so(alice: satchel.Space) -> None:
    alice.add(said("olives", id="1", at=T1))
    again = alice.add(said("olives", id="1", at=T2))
    assert any("kept" in note for note in again.degraded)
    assert len(alice.messages()) == 1


def test_the_same_words_and_time_are_stored_once(alice: satchel.Space) -> None:
    first = alice.add(said("olives"), at=T1, session="s")
    again = alice.add(said("olives", at="2026-01-01T12:00:00+02:00"), session="s")
    assert again.duplicates == first.message_ids
    assert contents(alice) == ["olives"]


@pytest.mark.parametrize("other", [{"session": "t"}, {"name": "Ana"}, {"role": "assistant"}, {"at": T2}])
def test_the_same_words_of_another_turn_are_stored_anew(alice: satchel.Space, other: dict[str, str]) -> None:
    alice.add(said("olives", at=T1, session="s"))
    assert alice.add({**said("olives", at=T1, session="s"), **other}).duplicates == ()
    assert contents(alice) == ["olives", "olives"]


def test_the_same_words_without_a_time_are_stored_each_time(alice: satchel.Space) -> None:
    assert alice.add("yes").duplicates == ()
    assert alice.add("yes").duplicates == ()
    assert contents(alice) == ["yes", "yes"]


def test_inside_one_batch_the_first_stays(alice: satchel.Space) -> None:
    added = alice.add([said("olives", at=T1), said("grapes", id="g"), said("olives", at=T1), said("grapes", id="g")])
    a, b, c, d = added.message_ids
    assert (a, b) == (c, d)
    assert added.duplicates == (a, b)
    assert sorted(contents(alice)) == ["grapes", "olives"]


def test_inside_one_batch_the_same_id_with_other_words_is_named(alice: satchel.Space) -> None:
    added = alice.add([said("grapes", id="g"), said("plums", id="g")])
    assert contents(alice) == ["grapes"]
    assert any("kept" in note for note in added.degraded)


def test_inside_one_batch_what_follows_a_repetition_is_stored(alice: satchel.Space) -> None:
    added = alice.add([said("grapes", id="g"), said("plums", id="g"), said("figs")], session="s")
    assert contents(alice) == ["grapes", "figs"]
    assert added.message_ids[0] == added.message_ids[1]


def test_a_partly_new_batch_stores_what_is_new(alice: satchel.Space) -> None:
    first = alice.add([said("one", id="1"), said("two", id="2")])
    again = alice.add([said("zero", id="0"), said("one", id="1"), said("two", id="2"), said("three", id="3")])
    assert again.message_ids[1:3] == first.message_ids
    assert again.duplicates == first.message_ids
    assert contents(alice) == ["one", "two", "zero", "three"]


def test_a_repeated_idempotency_key_stores_nothing_again(alice: satchel.Space) -> None:
    first = alice.add(["yes", "no"], idempotency_key="k")
    again = alice.add(["yes", "no"], idempotency_key="k")
    assert again.message_ids == again.duplicates == first.message_ids
    assert again.degraded
    assert contents(alice) == ["yes", "no"]


def test_an_idempotency_key_used_for_something_else_is_refused(alice: satchel.Space) -> None:
    alice.add("yes", idempotency_key="k")
    with pytest.raises(InvalidInput, match="use a new key"):
        alice.add("no", idempotency_key="k")
    assert contents(alice) == ["yes"]


def test_an_idempotency_key_is_of_its_space_alone(memory: satchel.Memory) -> None:
    for name in ("alice", "bob"):
        assert memory.space(name).add("yes", idempotency_key="k").duplicates == ()


def test_a_forgotten_message_that_is_said_again_is_stored_anew(alice: satchel.Space) -> None:
    (first,) = alice.add(said("olives", id="1", at=T1)).message_ids
    alice.forget(first)
    again = alice.add(said("olives", id="1", at=T1))
    assert again.duplicates == ()
    assert again.message_ids != (first,)
    assert contents(alice) == ["olives"]


def test_a_late_repetition_does_not_bring_forgotten_words_back(alice: satchel.Space) -> None:
    added = alice.add("olives", idempotency_key="k")
    alice.forget(added.message_ids)
    assert alice.add("olives", idempotency_key="k").message_ids == added.message_ids
    assert alice.messages() == ()
