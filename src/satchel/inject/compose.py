"""Which words go into the block: the best first to be chosen, the oldest first to be read, never over the budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from satchel.errors import InvalidInput
from satchel.inject.block import (
    NOTHING,
    PREFIX,
    SUFFIX,
    Excerpt,
    count_tokens,
    fact_line,
    facts_section,
    prefix_of,
    render,
)
from satchel.model import Fact, Hit

LONGEST_EXCERPT = 1_000
"""Characters of a message that are quoted whole; of a longer one its best window is."""

_SECOND_TRIES = 12
_SHARE = 5
_PROFILE_SHARE = 10
_TITLE_TOKENS = 5
_SHORTEST_CUT = 80
_SHORTEST_MARK = 4
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]]*(?=\s|$)|\n")

SMALLEST_BUDGET = count_tokens(PREFIX + NOTHING + SUFFIX)
"""Tokens that the frame takes when there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit that may be quoted, and the message before it in its session."""

    hit: Hit
    follows: str | None


@dataclass(frozen=True, slots=True)
class Composed:
    """The block's text, and the hits quoted in it in reading order."""

    text: str
    prefix: str
    hits: tuple[Hit, ...]


def check_budget(budget: int) -> int:
    """Return the budget, in tokens, when the frame at least fits into it."""
    if budget < SMALLEST_BUDGET:
        raise InvalidInput(f"budget={budget} is too small: the frame alone takes {SMALLEST_BUDGET} tokens")
    return budget


def compose(
    candidates: Sequence[Candidate], *, budget: int, profile: Sequence[Fact] = (), facts: Sequence[Fact] = ()
) -> Composed:
    """Return the block: the profile, the facts, and as many of the candidates as the budget of tokens has room for.

    Args:
        candidates: the messages that may be quoted, best first.
        budget: tokens of the whole block.
        profile: what is always worth knowing, the most important first; it gets a tenth of the budget at most.
        facts: what is true about the question; they get a fifth at most.
    """
    stable = prefix_of(_fitting(profile, budget // _PROFILE_SHARE))
    shown = _fitting([one for one in facts if fact_line(one) not in stable], budget // _SHARE)
    room = _Room(budget, stable + facts_section(shown), "" if shown else NOTHING)
    excerpts = _excerpts(candidates)
    count = _longest_prefix(excerpts, room)
    chosen = list(excerpts[:count]) or _cut_to_fit(excerpts[0], room) if excerpts else []
    for excerpt in excerpts[max(count, 1) : count + _SECOND_TRIES]:
        if room.holds([*chosen, excerpt]):
            chosen.append(excerpt)
    ordered = _reading_order(chosen)
    hits = {candidate.hit.id: candidate.hit for candidate in candidates}
    return Composed(room.render(ordered), stable, tuple(hits[excerpt.message_id] for excerpt in ordered))


@dataclass(frozen=True, slots=True)
class _Room:
    """A budget, and what stands in the block before any excerpt."""

    budget: int
    head: str
    empty: str

    def render(self, ordered: Sequence[Excerpt]) -> str:
        return render(ordered, head=self.head, empty=self.empty)

    def holds(self, excerpts: Sequence[Excerpt]) -> bool:
        return count_tokens(self.render(_reading_order(excerpts))) <= self.budget


def _fitting(facts: Sequence[Fact], tokens: int) -> list[Fact]:
    """Return the first facts that have room in so many tokens."""
    kept: list[Fact] = []
    used = _TITLE_TOKENS
    for one in facts:
        used += count_tokens(fact_line(one))
        if used > tokens:
            break
        kept.append(one)
    return kept


def _longest_prefix(excerpts: Sequence[Excerpt], room: _Room) -> int:
    low, high = 0, len(excerpts)
    while low < high:
        middle = (low + high + 1) // 2
        if room.holds(excerpts[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _reading_order(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Sort by time, keeping what was said in one session on one day together."""
    begins: dict[tuple[object, object], object] = {}
    for excerpt in sorted(excerpts, key=lambda one: one.said_at):
        begins.setdefault((excerpt.session, excerpt.said_at.date()), excerpt.said_at)

    def position(one: Excerpt) -> tuple[object, ...]:
        return begins[one.session, one.said_at.date()], one.session or "", one.said_at, one.message_id

    return sorted(excerpts, key=position)


def _excerpts(candidates: Sequence[Candidate]) -> list[Excerpt]:
    ids = [candidate.hit.id for candidate in candidates]
    length = _SHORTEST_MARK
    while len({message_id[-length:] for message_id in ids}) < len(set(ids)):
        length += 1
    return [_excerpt(candidate, candidate.hit.id[-length:]) for candidate in candidates]


def _excerpt(candidate: Candidate, mark: str) -> Excerpt:
    hit = candidate.hit
    whole = len(hit.text) <= LONGEST_EXCERPT or not hit.sources
    return Excerpt(
        message_id=hit.id,
        mark=mark,
        who=hit.speaker or hit.role or "unknown",
        said_at=hit.said_at,
        session=hit.session,
        follows=candidate.follows,
        text=hit.text,
        start=0 if whole else hit.sources[0].start,
        end=len(hit.text) if whole else hit.sources[0].end,
    )


def _cut_to_fit(excerpt: Excerpt, room: _Room) -> list[Excerpt]:
    """Return the beginning of the excerpt that fits, up to the end of a sentence if one is near; else nothing."""
    low, high = excerpt.start, excerpt.end
    while low < high:
        middle = (low + high + 1) // 2
        if room.holds([replace(excerpt, end=middle)]):
            low = middle
        else:
            high = middle - 1
    if low - excerpt.start < _SHORTEST_CUT:
        return []
    ends = [found.end() for found in _SENTENCE_END.finditer(excerpt.text, excerpt.start, low)]
    end = ends[-1] if ends and ends[-1] - excerpt.start >= (low - excerpt.start) // 2 else low
    return [replace(excerpt, end=end)]
