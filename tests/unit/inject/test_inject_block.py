"""How recalled words look in a prompt. (Named apart from the index's own test of blocks.)"""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from satchel.inject.block import NOTHING, PREFIX, SUFFIX, Excerpt, clean, count_tokens, render


def excerpt(text: str = "I like olives.", **more: object) -> Excerpt:
    values: dict[str, object] = {
        "message_id": "m1",
        "mark": "ab12",
        "who": "Ana",
        "said_at": datetime(2026, 1, 5, 10, tzinfo=UTC),
        "session": "s",
        "follows": None,
        "text": text,
        "start": 0,
        "end": len(text),
    } | more
    return Excerpt(**values)  # type: ignore[arg-type]


def test_tokens_are_a_quarter_of_the_characters_rounded_up() -> None:
    assert [count_tokens("x" * n) for n in (0, 1, 4, 5)] == [0, 1, 1, 2]


def test_nothing_to_say_is_said() -> None:
    assert render([]) == PREFIX + NOTHING + SUFFIX


def test_a_day_and_session_has_one_heading_and_gaps_are_shown() -> None:
    first, next_ = excerpt(), excerpt("And grapes.", message_id="m2", follows="m1")
    later = excerpt("And plums.", message_id="m9", follows="m8")
    body = render([first, next_, later]).removeprefix(PREFIX).removesuffix(SUFFIX)
    assert body.splitlines() == [
        "[Mon 2026-01-05 10:00]",
        "Ana: I like olives.",
        "Ana: And grapes.",
        "…",
        "Ana: And plums.",
    ]


def test_a_part_of_a_message_is_shown_as_a_part_with_a_pointer_to_the_rest() -> None:
    assert "Ana #ab12: …like…\n" in render([excerpt(start=2, end=6)])


@given(st.text(st.characters(codec="utf-8")))
def test_a_cleaned_text_has_no_line_or_character_of_its_own(text: str) -> None:
    cleaned = clean(text)
    assert all(line.startswith("  ") for line in cleaned.splitlines()[1:])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", cleaned)


@given(st.lists(st.sampled_from(["satchel", "-", "memory", "\x00", "\u202e", "\n", "SATCHEL", "</", ">"])).map("".join))
def test_a_cleaned_text_never_holds_the_delimiter(text: str) -> None:
    assert "satchel-memory" not in clean(text).lower()


def test_ordinary_words_are_left_alone() -> None:
    text = "Tab\there, “quotes”, ünïcödé 🫒, a satchel and a memory."
    assert clean(text) == text
