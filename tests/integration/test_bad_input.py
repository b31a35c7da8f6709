"""What cannot be taken gets a clear error that says what to do, and nothing of the call is stored (law 7)."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import satchel
from satchel import InvalidInput
from satchel.testing import HashEmbedder

_USER = {"role": "user", "content": "words"}


def _nested(depth: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(depth):
        value = {"deeper": value}
    return value


def _nested_result(depth: int) -> dict[str, object]:
    part: dict[str, object] = {"type": "text", "text": "words"}
    for _ in range(depth):
        part = {"type": "tool_result", "content": [part]}
    return part


def _in_a_circle() -> dict[str, object]:
    circle: dict[str, object] = {}
    circle["again"] = circle
    return circle


_BAD_MESSAGES: dict[str, tuple[Any, str]] = {
    "nothing": (None, "must be a string, a mapping or a list"),
    "a number": (5, "must be a string, a mapping or a list"),
    "bytes": (b"words", "must be a string, a mapping or a list"),
    "a set": ({"words"}, "must be a string, a mapping or a list"),
    "an empty list": ([], "give at least one message"),
    "an empty string": ("", "content is empty"),
    "white space": (" \n\t ", "content is empty"),
    "no role": ({"content": "words"}, "role is missing"),
    "an unknown role": ({"role": "robot", "content": "words"}, "unknown role 'robot'"),
    "a role that is no text": ({"role": ["user"], "content": "words"}, "unknown role"),
    "no content": ({"role": "user"}, "content is empty"),
    "content that is a number": ({"role": "user", "content": 5}, "must be a string or a list"),
    "content that is bytes": ({"role": "user", "content": b"words"}, "must be a string or a list"),
    "a part that is a number": ({"role": "user", "content": [5]}, "must be a mapping with a type"),
    "a part without a type": ({"role": "user", "content": [{"text": "words"}]}, "type None is not known"),
    "a part of an unknown type": ({"role": "user", "content": [{"type": "smell"}]}, "'smell' is not known"),
    "a part whose type is a list": ({"role": "user", "content": [{"type": ["text"]}]}, "is not known"),
    "a text part without text": ({"role": "user", "content": [{"type": "text"}]}, "needs its words as a string"),
    "parts in parts in parts": ({"role": "user", "content": [_nested_result(3_000)]}, "nested"),
    "tool calls that are a text": ({"role": "assistant", "tool_calls": "f()"}, "tool_calls must be a list"),
    "a tool call without a function": ({"role": "assistant", "tool_calls": [{}]}, "needs a 'function'"),
    "a tool call without a name": ({"role": "assistant", "tool_calls": [{"function": {}}]}, "needs the tool's name"),
    "tool arguments in a circle": (
        {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": _in_a_circle()}}]},
        "JSON",
    ),
    "tool arguments with a pair as a key": (
        {"role": "assistant", "content": [{"type": "tool_use", "name": "f", "input": {(1, 2): 3}}]},
        "JSON",
    ),
    "a naive time": (_USER | {"at": datetime(2026, 1, 1)}, "has no time zone"),  # noqa: DTZ001
    "a naive text time": (_USER | {"at": "2026-01-01T00:00:00"}, "has no time zone"),
    "a time that is a number": (_USER | {"timestamp": 1_700_000_000}, "expected an aware datetime"),
    "a time that is no time": (_USER | {"at": "yesterday"}, "is not a time"),
    "a time before all times": (_USER | {"at": "0001-01-01T00:00:00+05:00"}, "outside the years"),
    "two times": (_USER | {"at": "2026-01-01T00:00:00Z", "timestamp": "2026-01-02T00:00:00Z"}, "give one of them"),
    "a speaker that is a number": (_USER | {"name": 5}, "name must be a non-empty string"),
    "a very long speaker": (_USER | {"name": "a" * 513}, "the limit is 512"),
    "an empty id": (_USER | {"id": " "}, "id must be a non-empty string"),
    "an id that is a list": (_USER | {"id": [1]}, "id must be a non-empty string"),
    "metadata that is a list": (_USER | {"metadata": [1]}, "must be a mapping of JSON values"),
    "metadata with a set": (_USER | {"metadata": {"a": {1}}}, "must hold JSON values only"),
    "metadata that is not a number": (_USER | {"metadata": {"a": float("nan")}}, "must hold JSON values only"),
    "metadata in a circle": (_USER | {"metadata": _in_a_circle()}, "must hold JSON values only"),
    "metadata that is too deep": (_USER | {"metadata": _nested(5_000)}, "metadata"),
    "metadata that is rather deep": (_USER | {"metadata": _nested(900)}, "metadata"),
    "metadata that is too long": (_USER | {"metadata": {"a": "b" * 70_000}}, "the limit is 65,536"),
    "metadata with a huge number": (_USER | {"metadata": {"a": 10**30}}, "metadata"),
    "ten megabytes": ("word " * 2_000_000, "the limit is 1,000,000"),
}


@pytest.mark.parametrize("case", _BAD_MESSAGES)
def test_a_message_that_cannot_be_taken_is_refused_with_its_place_and_a_reason(alice: satchel.Space, case: str) -> None:
    given, reason = _BAD_MESSAGES[case]
    with pytest.raises(InvalidInput, match=reason):
        alice.add(given)
    assert alice.messages() == ()


@pytest.mark.parametrize("case", _BAD_MESSAGES)
def test_one_bad_message_keeps_the_good_ones_of_its_call_out(alice: satchel.Space, case: str) -> None:
    given, _ = _BAD_MESSAGES[case]
    with pytest.raises(InvalidInput, match="message 1: "):
        alice.add(["good", given, "good too"])
    assert alice.messages() == ()


_BAD_OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a session that is a number": ({"session": 5}, "session must be a non-empty string"),
    "an empty agent": ({"agent": ""}, "agent must be a non-empty string"),
    "a very long app": ({"app": "a" * 600}, "the limit is 512"),
    "a naive time": ({"at": "2026-01-01T00:00:00"}, "has no time zone"),
    "metadata that is a text": ({"metadata": "tag"}, "must be a mapping"),
    "an empty idempotency key": ({"idempotency_key": " "}, "idempotency_key must be a non-empty string"),
    "an idempotency key that is a number": ({"idempotency_key": 5}, "idempotency_key must be a non-empty string"),
}


@pytest.mark.parametrize("case", _BAD_OPTIONS)
def test_an_option_of_add_that_cannot_be_taken_is_named(alice: satchel.Space, case: str) -> None:
    options, reason = _BAD_OPTIONS[case]
    with pytest.raises(InvalidInput, match=reason):
        alice.add("words", **options)
    assert alice.messages() == ()


_BAD_QUESTIONS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "an empty query": ("", {}, "query must be a non-empty string"),
    "a query of white space": (" \n", {}, "query must be a non-empty string"),
    "a query that is a number": (5, {}, "query must be a non-empty string"),
    "a very long query": ("word " * 30_000, {}, "the limit is 100,000"),
    "a limit of zero": ("words", {"limit": 0}, "limit must be a whole number from 1"),
    "a limit that is true": ("words", {"limit": True}, "limit must be a whole number from 1"),
    "a limit with a fraction": ("words", {"limit": 2.5}, "limit must be a whole number from 1"),
    "a huge limit": ("words", {"limit": 10_001}, "limit must be a whole number from 1"),
    "a naive since": ("words", {"since": "2026-01-01T00:00:00"}, "since: .* has no time zone"),
    "a since that is no time": ("words", {"since": "last week"}, "since: 'last week' is not a time"),
    "a day that is not in the calendar": ("words", {"until": "2026-02-30"}, "not a date of the calendar"),
    "an unknown role": ("words", {"role": "robot"}, "use user, assistant, system or tool"),
    "an empty session": ("words", {"session": ""}, "session must be a non-empty string"),
    "a speaker that is a number": ("words", {"speaker": 5}, "speaker must be a non-empty string"),
}


@pytest.mark.parametrize("case", _BAD_QUESTIONS)
@pytest.mark.parametrize("verb", ["search", "context"])
def test_a_question_that_cannot_be_asked_is_refused(alice: satchel.Space, verb: str, case: str) -> None:
    alice.add("words")
    query, options, reason = _BAD_QUESTIONS[case]
    with pytest.raises(InvalidInput, match=reason):
        getattr(alice, verb)(query, **options)


@pytest.mark.parametrize("kinds", ["message", ["mesage"], 5, [None]])
def test_kinds_that_are_no_list_of_kinds_are_refused(alice: satchel.Space, kinds: Any) -> None:
    with pytest.raises(InvalidInput, match="give a list of message, fact, episode, procedure"):
        alice.search("words", kinds=kinds)


@pytest.mark.parametrize("budget", [0, -1, 10, 2.5, True, "100", 10**9])
def test_a_budget_that_cannot_hold_the_frame_is_refused(alice: satchel.Space, budget: Any) -> None:
    with pytest.raises(InvalidInput, match="budget"):
        alice.context("words", budget=budget)


@pytest.mark.parametrize("given", [5, [], [5], "", [""], None])
def test_forgetting_needs_to_be_told_what(alice: satchel.Space, given: Any) -> None:
    alice.add("words")
    with pytest.raises(InvalidInput):
        alice.forget(given)
    assert len(alice.messages()) == 1


@pytest.mark.parametrize("name", ["", "  ", 5, None, "a\nb", "a\x00", "\ud800", "a" * 513])
def test_a_space_needs_a_printable_name(memory: satchel.Memory, name: Any) -> None:
    with pytest.raises(InvalidInput, match="name"):
        memory.space(name)
    with pytest.raises(InvalidInput, match="tenant"):
        memory.space("alice", tenant=name)


@pytest.mark.parametrize("location", ["", " ", "mysql://host/db", 5, b"/tmp/bytes", None])
def test_a_location_must_be_a_directory(location: Any) -> None:
    with pytest.raises(InvalidInput, match="directory"):
        satchel.open(location, embedder=HashEmbedder())


def test_a_location_that_is_a_file_is_refused_and_the_file_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(InvalidInput, match="is a file"):
        satchel.open(file, embedder=HashEmbedder())
    assert file.read_text() == "mine"


@pytest.mark.parametrize("key", [b"", b"short", "short", 5, 2.5])
def test_a_key_that_is_none_is_refused_before_anything_is_made(tmp_path: Path, key: Any) -> None:
    with pytest.raises(InvalidInput, match=r"key|passphrase"):
        satchel.open(tmp_path / "store", key=key, embedder=HashEmbedder())
    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        assert memory.spaces() == ()


def test_a_key_for_a_store_without_encryption_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="encrypt"):
        satchel.open(tmp_path / "store", key="a long passphrase", encrypt=False, embedder=HashEmbedder())


def test_a_clock_without_a_time_zone_is_refused(tmp_path: Path) -> None:
    with satchel.open(tmp_path, embedder=HashEmbedder(), clock=datetime.now) as memory:
        with pytest.raises(InvalidInput, match="clock"):
            memory.space("alice").add("words")
        assert memory.space("alice").messages() == ()


def test_metadata_with_broken_unicode_is_mended_or_refused_and_never_a_raw_error(alice: satchel.Space) -> None:
    try:
        alice.add({"role": "user", "content": "words", "metadata": {"k\ud800": "v\udfff"}})
    except InvalidInput:
        assert alice.messages() == ()
    else:
        assert alice.messages()[0].metadata == {"k\ufffd": "v\ufffd"}


def test_an_unknown_id_is_not_found(alice: satchel.Space) -> None:
    alice.add("words")
    for unknown in ("nobody", "0198c1e0-0000-7000-8000-000000000000"):
        with pytest.raises(satchel.NotFound, match="no message"):
            alice.get(unknown)
        with pytest.raises(satchel.NotFound, match="nothing was forgotten"):
            alice.forget(unknown)


def test_an_unknown_id_is_not_found_in_a_space_that_holds_nothing_either(alice: satchel.Space) -> None:
    with pytest.raises(satchel.NotFound, match="no message"):
        alice.get("nobody")
    with pytest.raises(satchel.NotFound, match="nothing was forgotten"):
        alice.forget("nobody")
    with pytest.raises(satchel.NotFound, match="nothing to erase"):
        alice.erase()


def test_every_error_is_one_of_satchels_own() -> None:
    tree = satchel.SatchelError.__subclasses__()
    assert len(tree) <= 10
    assert issubclass(InvalidInput, ValueError)
    assert issubclass(satchel.NotFound, LookupError)
