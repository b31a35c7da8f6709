"""Working memory as a value: the running conversation, cut to a budget, ready for a client."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from satchel.model import Source

How = Literal["buffer", "last", "tokens", "summary", "summary_buffer"]
"""How a conversation is cut down: not at all, to its last messages, to a budget, to a summary, or to both."""


@dataclass(frozen=True, slots=True)
class Window:
    """What of a session goes into the next prompt. Nothing in the log is changed by it.

    `messages` are in the chat-completions shape; `text` is the same as one text, and `tokens` counts it.
    """

    session: str
    messages: tuple[Mapping[str, object], ...]
    text: str
    tokens: int
    message_ids: tuple[str, ...]
    """The messages that are in it, in order."""
    summarised: tuple[str, ...] = ()
    """The messages that the summary stands for."""
    left_out: tuple[str, ...] = ()
    """The messages that are neither in it nor in the summary."""
    summary: str = ""
    sources: tuple[Source, ...] = ()
    """The words that the summary is from."""
    degraded: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text
