"""A message's content, in the shapes of the model providers, read into one verbatim text.

Text parts are kept to the letter. A tool call becomes one line that says what was called with what. A part
that is not text (an image, a sound, a file) is replaced by a placeholder such as `[image]`, so that the turn
keeps its place, and is named in the notes: Satchel keeps words only.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from satchel.errors import InvalidInput

_TEXT_PARTS = {"text": "text", "input_text": "text", "output_text": "text", "refusal": "refusal"}
_PLACEHOLDERS = {
    "image": "image",
    "image_url": "image",
    "input_image": "image",
    "input_audio": "audio",
    "audio": "audio",
    "file": "file",
    "input_file": "file",
    "document": "document",
    "video": "video",
    "video_url": "video",
}
_SKIPPED = frozenset({"thinking", "redacted_thinking", "reasoning"})
_TOOL_CALLS = frozenset({"tool_use", "server_tool_use"})
_TOOL_RESULTS = frozenset({"tool_result", "web_search_tool_result"})
_DEEPEST = 8
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one message, what had to be left out of it, and whether tools said any or all of it."""

    text: str
    notes: tuple[str, ...]
    has_tool_words: bool
    only_tool_words: bool


def read_content(message: Mapping[str, object], *, where: str) -> Content:
    """Read `content`, `tool_calls` and `function_call` of a chat-completions or Anthropic message.

    Raises:
        InvalidInput: the content is of no known shape; `where` names the message.
    """
    reader = _Reader(where)
    content = message.get("content")
    if isinstance(content, str):
        reader.say(content)
    elif isinstance(content, Mapping):
        reader.part(cast(Mapping[str, object], content))
    elif isinstance(content, Sequence) and not isinstance(content, (bytes, bytearray)):
        for part in cast(Sequence[object], content):
            reader.part(part)
    elif content is not None:
        raise InvalidInput(
            f"{where}: content must be a string or a list of content parts, not {type(content).__name__}"
        )
    reader.calls(message)
    return reader.finish()


def mend_unicode(text: str) -> str:
    """Replace each lone surrogate, which no file or network can carry, by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


class _Reader:
    """Collects the pieces of one message's content."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.pieces: list[str] = []
        self.notes: list[str] = []
        self.tool_pieces = 0

    def say(self, text: str) -> None:
        mended = mend_unicode(text)
        if mended != text:
            self.notes.append(f"{self.where}: broken Unicode was replaced by U+FFFD")
        self.pieces.append(mended)

    def part(self, part: object, *, nested: int = 0) -> None:
        if nested > _DEEPEST:
            raise InvalidInput(f"{self.where}: content is nested more than {_DEEPEST} levels deep")
        if isinstance(part, str):
            self.say(part)
            return
        if not isinstance(part, Mapping):
            raise InvalidInput(f"{self.where}: a content part must be a mapping with a type, not {type(part).__name__}")
        fields = cast(Mapping[str, object], part)
        given = fields.get("type")
        kind = given if isinstance(given, str) else ""
        if kind in _TEXT_PARTS:
            self.text_part(fields, _TEXT_PARTS[kind])
        elif kind in _PLACEHOLDERS:
            name = _PLACEHOLDERS[kind]
            self.pieces.append(f"[{name}]")
            self.notes.append(f"{self.where}: a part of type {kind!r} is not text; '[{name}]' stands for it")
        elif kind in _SKIPPED:
            self.notes.append(f"{self.where}: a part of type {kind!r} is the model's own and was left out")
        elif kind in _TOOL_CALLS:
            self.call(fields.get("name"), fields.get("input"))
        elif kind in _TOOL_RESULTS:
            self.result(fields.get("content"), nested=nested)
        else:
            raise InvalidInput(
                f"{self.where}: a content part of type {given!r} is not known; send text parts, or leave the part out"
            )

    def text_part(self, fields: Mapping[str, object], key: str) -> None:
        text = fields.get(key)
        if not isinstance(text, str):
            raise InvalidInput(f"{self.where}: a text part needs its words as a string under {key!r}")
        self.say(text)

    def result(self, content: object, *, nested: int) -> None:
        before = len(self.pieces)
        if isinstance(content, str):
            self.say(content)
        elif isinstance(content, Sequence) and not isinstance(content, (bytes, bytearray)):
            for part in cast(Sequence[object], content):
                self.part(part, nested=nested + 1)
        elif content is not None:
            self.say(self.json(content))
        self.tool_pieces += len(self.pieces) - before

    def calls(self, message: Mapping[str, object]) -> None:
        given = message.get("tool_calls") or ()
        if not isinstance(given, Sequence) or isinstance(given, (str, bytes)):
            raise InvalidInput(f"{self.where}: tool_calls must be a list")
        functions = [_function_of(call) for call in cast(Sequence[object], given)]
        if message.get("function_call") is not None:
            functions.append(message["function_call"])
        for function in functions:
            if not isinstance(function, Mapping):
                raise InvalidInput(f"{self.where}: a tool call needs a 'function' with 'name' and 'arguments'")
            fields = cast(Mapping[str, object], function)
            self.call(fields.get("name"), fields.get("arguments"))

    def call(self, name: object, arguments: object) -> None:
        if not isinstance(name, str) or not name:
            raise InvalidInput(f"{self.where}: a tool call needs the tool's name")
        shown = arguments if isinstance(arguments, str) else self.json(arguments or {})
        self.say(f"[calls {name}({shown})]")

    def json(self, value: object) -> str:
        try:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidInput(f"{self.where}: a tool's arguments or result must be JSON values: {error}") from None

    def finish(self) -> Content:
        return Content(
            text="\n".join(self.pieces),
            notes=tuple(self.notes),
            has_tool_words=self.tool_pieces > 0,
            only_tool_words=0 < self.tool_pieces == len(self.pieces),
        )


def _function_of(call: object) -> object:
    return cast(Mapping[str, object], call).get("function") if isinstance(call, Mapping) else None
