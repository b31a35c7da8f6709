"""A conversation in turns: what must stay together, as lines of text and in the chat-completions shape.

The log keeps a tool's call and its result as words. Here they become a call and a result again, so that a client takes
them: a result belongs to the nearest calls before it, in their order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from satchel.model import Message

_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")
_CALL = re.compile(r"^\[calls (?P<name>[^\s(]+)\((?P<arguments>.*?)\)\]$", re.MULTILINE | re.DOTALL)
_NOT_IN_NAMES = re.compile(r"[\s<|\\/>]+")
_CUT = "…"

Chat = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Turn:
    """A message with the results of the tools that it calls: never one without the other."""

    messages: tuple[Message, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its messages."""
        return tuple(one.id for one in self.messages)

    def shortened(self, most: int) -> "Turn":
        """Return the turn with each message cut to so many characters."""
        return Turn(tuple(_shortened(one, most) for one in self.messages))


def turns_of(messages: Iterable[Message]) -> tuple[Turn, ...]:
    """Return the turns of a conversation, in order."""
    turns: list[list[Message]] = []
    for one in messages:
        if one.role == "tool" and turns and _takes_results(turns[-1]):
            turns[-1].append(one)
        else:
            turns.append([one])
    return tuple(Turn(tuple(turn)) for turn in turns)


def line(message: Message) -> str:
    """Return a message as a line that no word in it can break out of."""
    who = _LINE_END.sub(" ", message.speaker or message.role)
    return f"{who}: {_LINE_END.sub(_indent, message.content)}\n"


def lines(turns: Iterable[Turn]) -> str:
    """Return turns as text."""
    return "".join(line(one) for turn in turns for one in turn.messages)


def chat(turns: Iterable[Turn]) -> tuple[Chat, ...]:
    """Return turns as mappings that a client of chat completions takes."""
    return tuple(one for turn in turns for one in _chat(turn))


def orphans(turns: Iterable[Turn]) -> int:
    """Return how many tools' results have no call before them, which a client may refuse."""
    return sum(one.role == "tool" for turn in turns for one in turn.messages) - sum(map(_answered, turns))


def without_calls(content: str) -> str:
    """Return an assistant's words with blanks in place of the lines that say what it called."""
    return _CALL.sub(lambda found: " " * len(found[0]), content)


def _takes_results(turn: Sequence[Message]) -> bool:
    return turn[0].role == "tool" or (turn[0].role == "assistant" and _CALL.search(turn[0].content) is not None)


def _answered(turn: Turn) -> int:
    """Return how many of a turn's calls have their result in it."""
    return 0 if turn.messages[0].role != "assistant" else min(_calls(turn.messages[0]), len(turn.messages) - 1)


def _calls(message: Message) -> int:
    return sum(1 for _ in _CALL.finditer(message.content))


def _chat(turn: Turn) -> Iterator[Chat]:
    first, *results = turn.messages
    answered = _answered(turn)
    yield _calling(first, answered) if answered else _said(first)
    for number, result in enumerate(results):
        caller = first if number < answered else result
        yield _said(result) | {"tool_call_id": _call_id(caller, number if number < answered else 0)}


def _calling(message: Message, answered: int) -> dict[str, object]:
    """Return an assistant's message with its first calls as calls; the others stay words."""
    found = list(_CALL.finditer(message.content))[:answered]
    words = message.content
    for match in reversed(found):
        words = words[: match.start()] + words[match.end() :]
    calls = [
        {
            "id": _call_id(message, number),
            "type": "function",
            "function": {"name": match["name"], "arguments": match["arguments"]},
        }
        for number, match in enumerate(found)
    ]
    return _said(message) | {"content": words.strip("\n") or None, "tool_calls": calls}


def _said(message: Message) -> dict[str, object]:
    said: dict[str, object] = {"role": message.role, "content": message.content}
    if message.role == "tool":
        said["tool_call_id"] = _call_id(message, 0)
    elif message.speaker:
        said["name"] = _NOT_IN_NAMES.sub("_", message.speaker)
    return said


def _call_id(message: Message, number: int) -> str:
    return f"call_{message.id.replace('-', '')[-20:]}_{number}"


def _shortened(message: Message, most: int) -> Message:
    if len(message.content) <= most:
        return message
    return replace(message, content=message.content[: max(most - len(_CUT), 0)] + _CUT)


def _indent(_: re.Match[str]) -> str:
    return "\n  "
