"""A message is taken in every shape that applications have it in, to the letter."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

import satchel
from satchel import Trust


def _only(space: satchel.Space) -> satchel.Message:
    (message,) = space.messages()
    return message


def test_a_string_is_a_message_of_the_user(alice: satchel.Space) -> None:
    added = alice.add("I moved to Lisbon.")
    message = _only(alice)
    assert added.message_ids == (message.id,)
    assert added.duplicates == added.degraded == ()
    assert (message.role, message.content, message.trust) == ("user", "I moved to Lisbon.", Trust.PERSON)
    assert message.said_at == message.received_at
    assert message.said_at.tzinfo is UTC


def test_a_mapping_keeps_all_that_it_says(alice: satchel.Space) -> None:
    alice.add(
        {
            "role": "assistant",
            "name": "Ada",
            "content": "  Spaces and\n\tlines stay.  ",
            "at": datetime(2026, 3, 20, 12, tzinfo=timezone(timedelta(hours=2))),
            "metadata": {"a": [1, 2.5, None, True, {"b": "ü"}]},
            "id": 17,
        },
        session="s1",
        agent="helper",
        app="shop",
        metadata={"common": 1},
    )
    message = _only(alice)
    assert message.content == "  Spaces and\n\tlines stay.  "
    assert message.said_at == datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert (message.speaker, message.session, message.agent, message.app) == ("Ada", "s1", "helper", "shop")
    assert message.metadata == {"common": 1, "a": [1, 2.5, None, True, {"b": "ü"}]}
    assert (message.caller_id, message.trust, message.language) == ("17", Trust.MODEL, "en")


def test_a_message_of_its_own_session_and_time_overrides_the_calls(alice: satchel.Space) -> None:
    alice.add(
        [
            {"role": "user", "content": "one", "session": "own", "timestamp": "2026-01-01T00:00:00Z"},
            {"role": "user", "content": "two"},
        ],
        session="common",
        at="2026-02-02T00:00:00Z",
    )
    assert [(one.content, one.session, one.said_at.month) for one in alice.messages()] == [
        ("one", "own", 1),
        ("two", "common", 2),
    ]


@pytest.mark.parametrize(
    ("role", "stored", "trust"),
    [
        ("user", "user", Trust.PERSON),
        ("assistant", "assistant", Trust.MODEL),
        ("system", "system", Trust.OPERATOR),
        ("developer", "system", Trust.OPERATOR),
        ("tool", "tool", Trust.UNTRUSTED),
        ("function", "tool", Trust.UNTRUSTED),
    ],
)
def test_every_role_of_the_field_is_known(alice: satchel.Space, role: str, stored: str, trust: Trust) -> None:
    alice.add({"role": role, "content": "words"})
    assert (_only(alice).role, _only(alice).trust) == (stored, trust)


def test_content_parts_of_openai_are_joined_and_what_is_no_text_is_named(alice: satchel.Space) -> None:
    added = alice.add(
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}},
                {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}},
                {"type": "input_text", "text": "And this?"},
            ],
        }
    )
    assert _only(alice).content == "What is this?\n[image]\n[audio]\nAnd this?"
    assert len(added.degraded) == 2
    assert "'image_url' is not text" in added.degraded[0]


def test_blocks_of_anthropic_keep_calls_and_results_and_leave_thoughts_out(alice: satchel.Space) -> None:
    added = alice.add(
        [
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "hm", "signature": "x"},
                    {"type": "text", "text": "Let me look."},
                    {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Lisbon"}},
                ],
            },
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "21 degrees"}]},
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "rain"}]},
                    {"type": "text", "text": "Shall I go?"},
                ],
            },
        ]
    )
    call, result, mixed = alice.messages()
    assert call.content == 'Let me look.\n[calls weather({"city":"Lisbon"})]'
    assert (result.role, result.content, result.trust) == ("tool", "21 degrees", Trust.UNTRUSTED)
    assert (mixed.role, mixed.content, mixed.trust) == ("user", "rain\nShall I go?", Trust.UNTRUSTED)
    assert added.degraded == ("message 0: a part of type 'thinking' is the model's own and was left out",)


def test_tool_calls_and_the_old_function_call_become_words(alice: satchel.Space) -> None:
    alice.add(
        [
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": '{"x": 1}'}}],
            },
            {"role": "tool", "tool_call_id": "1", "content": "42"},
            {"role": "assistant", "function_call": {"name": "g", "arguments": "{}"}},
            {"role": "function", "name": "g", "content": "done"},
        ]
    )
    assert [message.content for message in alice.messages()] == ['[calls f({"x": 1})]', "42", "[calls g({})]", "done"]


def test_lone_surrogates_are_replaced_and_named_and_control_characters_stay(alice: satchel.Space) -> None:
    added = alice.add({"role": "user", "content": "broken \ud83d here, bell \x07 there, nul \x00", "name": "A\udc00"})
    message = _only(alice)
    assert message.content == "broken \ufffd here, bell \x07 there, nul \x00"
    assert message.speaker == "A\ufffd"
    assert added.degraded[0] == "message 0: broken Unicode was replaced by U+FFFD"


def test_ids_come_in_the_order_given(alice: satchel.Space) -> None:
    added = alice.add([{"role": "user", "content": str(n), "at": f"2026-01-{20 - n:02}T00:00:00Z"} for n in range(10)])
    assert [alice.get(one).content for one in added.message_ids] == [str(n) for n in range(10)]
    assert [message.content for message in alice.messages()] == [str(n) for n in reversed(range(10))]
    assert [message.content for message in alice.messages(limit=2)] == ["1", "0"]


def test_every_script_and_emoji_comes_back_to_the_letter(alice: satchel.Space) -> None:
    texts = [
        "Grüße aus Köln",
        "東京で寿司を食べました",
        "Привет, мир",
        "مرحبا بالعالم",
        "👩‍👩‍👧 family",
        "e\u0301 stays decomposed",
    ]
    alice.add(texts)
    assert [message.content for message in alice.messages()] == texts
    for text in texts:
        assert alice.search(text)[0].text == text
