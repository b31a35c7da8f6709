"""One message's content."""

import pytest

from satchel.errors import InvalidInput
from satchel.extract.content import mend_unicode, read_content


def text(content: object, **more: object) -> str:
    return read_content({"content": content, **more}, where="message 0").text


def test_pieces_are_joined_by_line_ends() -> None:
    assert text(["a", {"type": "text", "text": "b"}]) == "a\nb"
    assert text({"type": "text", "text": "alone"}) == "alone"
    assert text(None) == text([]) == ""


def test_whose_words_they_are_is_told() -> None:
    both = read_content({"content": ["a", {"type": "tool_result", "content": "b"}]}, where="m")
    assert (both.has_tool_words, both.only_tool_words) == (True, False)
    tool = read_content({"content": [{"type": "tool_result", "content": {"a": 1}}]}, where="m")
    assert (tool.text, tool.only_tool_words) == ('{"a":1}', True)
    nothing = read_content({"content": [{"type": "tool_result"}]}, where="m")
    assert (nothing.text, nothing.has_tool_words) == ("", False)


def test_arguments_of_a_call_are_shown_as_they_came() -> None:
    calls = [{"function": {"name": "f", "arguments": '{"a": 1}'}}, {"function": {"name": "g", "arguments": {"é": 2}}}]
    assert text(None, tool_calls=calls) == '[calls f({"a": 1})]\n[calls g({"é":2})]'
    assert text(None, function_call={"name": "h"}) == "[calls h({})]"


@pytest.mark.parametrize("kind", ["image", "image_url", "audio", "file", "document", "video"])
def test_what_is_not_text_leaves_a_placeholder_and_a_note(kind: str) -> None:
    found = read_content({"content": [{"type": kind}]}, where="message 3")
    assert found.text in ("[image]", "[audio]", "[file]", "[document]", "[video]")
    assert found.notes[0].startswith("message 3: ")


@pytest.mark.parametrize("content", [5, b"x", [5], [{"type": "x"}], [{"type": "text", "text": 5}], [{"type": []}]])
def test_unknown_shapes_are_refused_by_place(content: object) -> None:
    with pytest.raises(InvalidInput, match="message 0"):
        text(content)


def test_only_lone_surrogates_are_mended() -> None:
    assert mend_unicode("a\ud800b\udfffc🫒") == "a\ufffdb\ufffdc🫒"
