"""Input that is oddly shaped rather than plainly wrong: kept or refused by name, never a raw error."""

from typing import Any

import pytest

import satchel
from satchel import InvalidInput, NotFound

GOOD: dict[str, Any] = {"role": "user", "content": "a good message"}


def nested(depth: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "metadata",
    [{"a": nested(600)}, {"a": nested(50_000)}, {"a": 2**70}, {"a": "half \ud83d pair"}, {"half \ud83d pair": 1}],
    ids=["nested 600", "nested 50000", "large number", "surrogate", "surrogate key"],
)
def test_odd_metadata_is_kept_or_refused_by_name(alice: satchel.Space, metadata: dict[str, object]) -> None:
    try:
        alice.add({**GOOD, "metadata": metadata})
    except InvalidInput as error:
        assert "metadata" in str(error)
        assert alice.messages() == ()
    else:
        assert alice.messages()[0].content == GOOD["content"]


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": [{"type": ["text"], "text": "x"}]},
        {"role": "assistant", "content": [{"type": "tool_use", "name": "f", "input": {(1, 2): 3}}]},
    ],
    ids=["type of a part is a list", "arguments with a tuple for a key"],
)
def test_an_odd_part_is_refused_by_place(memory: satchel.Memory, message: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="message 0"):
        memory.space("alice").add(message)
    assert memory.spaces() == ()


def test_content_nested_without_end_is_refused(alice: satchel.Space) -> None:
    part: dict[str, object] = {"type": "text", "text": "deep"}
    for _ in range(5_000):
        part = {"type": "tool_result", "content": [part]}
    with pytest.raises(InvalidInput, match="message 0"):
        alice.add({"role": "user", "content": [part]})
    assert alice.messages() == ()


@pytest.mark.parametrize("one", ["nobody", "\x00", "half \ud83d pair", "0" * 36])
def test_an_odd_id_is_not_found(alice: satchel.Space, one: str) -> None:
    alice.add(GOOD)
    with pytest.raises(NotFound, match="no message"):
        alice.get(one)


def test_kinds_that_are_a_number_are_refused(alice: satchel.Space) -> None:
    kinds: Any = 5
    with pytest.raises(InvalidInput, match="kinds"):
        alice.search("x", kinds=kinds)


def test_ids_that_are_a_number_are_refused(alice: satchel.Space) -> None:
    ids: Any = 5
    with pytest.raises(InvalidInput, match="id"):
        alice.forget(ids)


@pytest.mark.parametrize("key", [12345, bytearray(32)])
def test_a_key_of_another_type_is_refused(key: Any) -> None:
    with pytest.raises(InvalidInput, match="key"):
        satchel.open(":memory:", key=key)


def test_a_name_longer_than_the_model_reads_is_no_reason_to_fail(alice: satchel.Space) -> None:
    wordy = " ".join("abcdefgh"[i % 8] for i in range(256))
    alice.add({"role": "user", "name": wordy, "content": "I like piano music a lot."})
    assert alice.search("piano", kinds=["message"])[0].speaker == wordy
