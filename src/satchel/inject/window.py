"""The running conversation within a budget: what stays whole, what is summed up, and what is left out.

The messages of the system stay, and the newest turn does, cut if it must be; before it come as many whole turns as
there is room for. Nothing is left out unseen.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from satchel.errors import InvalidInput
from satchel.inject.summary import Summary
from satchel.inject.turns import Turn, chat, lines, orphans, turns_of
from satchel.model import Message
from satchel.working import How, Window

_SHARE = 4
"""A summary may take a quarter of the budget from the turns that would still have room."""

Count = Callable[[str], int]
Summarise = Callable[[Sequence[Message], int], Summary]
"""Sum up messages within so many tokens."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a conversation is to be cut down."""

    how: How
    budget: int | None
    """Tokens at most; None for no limit."""
    last: int
    """How many messages at most, where only the last are wanted."""
    count: Count
    """The tokens of a text."""

    def fits(self, text: str, *, beside: int = 0) -> bool:
        """Whether a text is within the budget, with so many tokens to spare."""
        return self.budget is None or self.count(text) + beside <= self.budget


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stays as it was said."""

    pinned: tuple[Turn, ...]
    turns: tuple[Turn, ...]
    cut: tuple[str, ...] = ()
    """The messages that were too long."""

    @property
    def text(self) -> str:
        return lines((*self.pinned, *self.turns))


def window(session: str, messages: Sequence[Message], wanted: Wanted, summarise: Summarise) -> Window:
    """Return the window on a session.

    Args:
        session: its name.
        messages: all of its messages, in order.
        wanted: how they are to be cut down.
        summarise: how what does not stay is summed up.

    Raises:
        InvalidInput: the budget has no room for the messages of the system and a word of the newest one.
    """
    pinned = tuple(Turn((one,)) for one in messages if one.role == "system")
    spoken = turns_of(one for one in messages if one.role != "system")
    kept = _kept(pinned, spoken, wanted)
    older = spoken[: len(spoken) - len(kept.turns)]
    summary = _summary(kept, older, wanted, summarise)
    return _window(session, kept, older, summary, wanted)


def _kept(pinned: tuple[Turn, ...], spoken: tuple[Turn, ...], wanted: Wanted) -> _Kept:
    whole = _Kept(pinned, spoken)
    if wanted.how == "last":
        spoken = spoken[_first_of_last(spoken, wanted.last) :]
    elif wanted.how == "summary":
        spoken = spoken[-1:]
    elif wanted.how == "summary_buffer" and not wanted.fits(whole.text):
        spoken = _suffix(pinned, spoken, wanted, beside=(wanted.budget or 0) // _SHARE) or spoken[-1:]
    fitting = _suffix(pinned, spoken, wanted)
    if fitting or not spoken:
        return _checked(_Kept(pinned, fitting), wanted)
    return _cut(pinned, spoken[-1], wanted)


def _first_of_last(spoken: Sequence[Turn], last: int) -> int:
    """Return the turn that the first of the last messages is in."""
    left = last
    for number in range(len(spoken) - 1, -1, -1):
        left -= len(spoken[number].messages)
        if left <= 0:
            return number
    return 0


def _suffix(pinned: tuple[Turn, ...], spoken: tuple[Turn, ...], wanted: Wanted, *, beside: int = 0) -> tuple[Turn, ...]:
    """Return as many of the last turns as fit."""

    def too_many(few: int) -> int:
        return int(not wanted.fits(_Kept(pinned, spoken[len(spoken) - few :]).text, beside=beside))

    most = bisect_left(range(1, len(spoken) + 1), 1, key=too_many)
    return spoken[len(spoken) - most :]


def _cut(pinned: tuple[Turn, ...], newest: Turn, wanted: Wanted) -> _Kept:
    """Return the newest turn alone, its messages cut to the most characters that fit."""
    longest = max(len(one.content) for one in newest.messages)

    def too_long(most: int) -> int:
        return int(not wanted.fits(_Kept(pinned, (newest.shortened(most),)).text))

    most = bisect_left(range(2, longest + 1), 1, key=too_long) + 1
    shortened = newest.shortened(most)
    cut = tuple(one.id for one, was in zip(shortened.messages, newest.messages, strict=True) if one != was)
    return _checked(_Kept(pinned, (shortened,), cut), wanted)


def _checked(kept: _Kept, wanted: Wanted) -> _Kept:
    if not wanted.fits(kept.text):
        needed = wanted.count(_Kept(kept.pinned, ()).text)
        raise InvalidInput(
            f"a budget of {wanted.budget} tokens has no room for the session's system messages ({needed} tokens) "
            "and a word of its newest message: give a larger one"
        )
    return kept


def _summary(kept: _Kept, older: Sequence[Turn], wanted: Wanted, summarise: Summarise) -> Summary:
    if not older or not wanted.how.startswith("summary"):
        return Summary()
    messages = [one for turn in older for one in turn.messages]
    room = wanted.count(lines(older)) if wanted.budget is None else wanted.budget - wanted.count(kept.text)
    summary = summarise(messages, room) if room > 0 else Summary()
    return summary if wanted.fits(_text(kept, summary)) else Summary()


def _text(kept: _Kept, summary: Summary) -> str:
    return lines(kept.pinned) + summary.text + lines(kept.turns)


def _window(session: str, kept: _Kept, older: Sequence[Turn], summary: Summary, wanted: Wanted) -> Window:
    text = _text(kept, summary)
    gone = tuple(one for turn in older for one in turn.ids)
    standing = ({"role": "system", "content": summary.text.rstrip("\n")},) if summary.text else ()
    return Window(
        session=session,
        messages=(*chat(kept.pinned), *standing, *chat(kept.turns)),
        text=text,
        tokens=wanted.count(text),
        message_ids=tuple(one for turn in (*kept.pinned, *kept.turns) for one in turn.ids),
        summarised=gone if summary.text else (),
        left_out=() if summary.text else gone,
        summary=summary.text,
        sources=summary.sources,
        degraded=tuple(_notes(kept, gone, summary, wanted)),
    )


def _notes(kept: _Kept, gone: Sequence[str], summary: Summary, wanted: Wanted) -> list[str]:
    notes = [f"message {one} was cut: the budget has no room for all of it" for one in kept.cut]
    if gone and wanted.how == "buffer":
        notes.append(f"the {len(gone)} oldest messages were left out: the budget has no room for them")
    if gone and wanted.how.startswith("summary") and not summary.text:
        notes.append(f"{len(gone)} messages were left out: the budget has no room for a summary of them")
    unanswered = orphans(kept.turns)
    if unanswered:
        notes.append(f"{unanswered} results of tools have no call in the session: a client may refuse them")
    return notes
