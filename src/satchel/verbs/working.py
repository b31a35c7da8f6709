"""The verb of working memory: the window on a running conversation."""

from collections.abc import Callable
from typing import get_args

from satchel import conversing
from satchel.arguments import count_of, text_of
from satchel.errors import InvalidInput
from satchel.inject.block import count_tokens
from satchel.inject.window import Wanted
from satchel.verbs.place import SpaceVerbs
from satchel.working import How, Window

_BUDGET = 2_000
_BOUND = ("tokens", "summary", "summary_buffer")


class WorkingVerbs(SpaceVerbs):
    """What a prompt needs of the conversation that it belongs to."""

    def window(
        self,
        session: str,
        *,
        budget: int | None = None,
        how: How = "summary_buffer",
        last: int = 10,
        count: Callable[[str], int] = count_tokens,
    ) -> Window:
        """Return what of a session goes into the next prompt. Nothing in the log is changed by it.

        Args:
            session: the conversation.
            budget: tokens of `Window.text` at most; unless given, "buffer" and "last" have no limit, the others 2,000.
            how: "buffer" is all of it; "last" its last messages; "tokens" as many of them as fit; "summary" the newest
                message, and a summary of those before; "summary_buffer" as many as fit, and a summary of those before.
            last: how many messages "last" means.
            count: counts the tokens of a text: a quarter of its characters, unless given.

        Returns:
            The messages for a client, and the same as text. The system's stay, a tool's call never parts from its
            result, and the newest message is there: whole, or cut and named in `degraded`.

        Raises:
            InvalidInput: an argument is not valid, or the budget has no room for the session's system messages.
        """
        if how not in get_args(How):
            raise InvalidInput(f"how={how!r}: use {', '.join(get_args(How))}")
        if budget is None and how in _BOUND:
            budget = _BUDGET
        wanted = Wanted(
            how=how,
            budget=None if budget is None else count_of(budget, "budget", 10_000_000),
            last=count_of(last, "last", 10_000_000),
            count=count,
        )
        return conversing.window_on(self._engine, self._place, text_of(session, "session"), wanted)
