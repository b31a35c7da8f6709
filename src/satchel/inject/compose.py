"""Which words go into the block: the best first to be chosen, the oldest first to be read, never over the budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from satchel.errors import InvalidInput
from satchel.inject.block import NOTHING, PREFIX, SUFFIX, Excerpt, count_tokens, render
from satchel.model import Hit

LONGEST_EXCERPT = 1_000
"""Characters of a message that are quoted whole; of a longer one its best window is."""

_SECOND_TRIES = 12
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
    hits: tuple[Hit, ...]


def check_budget(budget: int) -> int:
    """Return the budget, in tokens, when the frame at least fits into it."""
    if budget < SMALLEST_BUDGET:
        raise InvalidInput(f"budget={budget} is too small: the frame alone takes {SMALLEST_BUDGET} tokens")
    return budget


def compose(candidates: Sequence[Candidate], *, budget: int) -> Composed:
    """Return the block of as many of the candidates, given best first, as the budget of tokens has room for."""
    excerpts = _excerpts(candidates)
    count = _longest_prefix(excerpts, budget)
    chosen = list(excerpts[:count])
    for excerpt in excerpts[count : count + _SECOND_TRIES]:
        if _fits([*chosen, excerpt], budget):
            chosen.append(excerpt)
    if excerpts and not chosen:
        chosen = _cut_to_fit(excerpts[0], budget)
    ordered = _reading_order(chosen)
    hits = {candidate.hit.id: candidate.hit for candidate in candidates}
    return Composed(render(ordered), tuple(hits[excerpt.message_id] for excerpt in ordered))


def _longest_prefix(excerpts: Sequence[Excerpt], budget: int) -> int:
    low, high = 0, len(excerpts)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(excerpts[:middle], budget):
            low = middle
        else:
            high = middle - 1
    return low


def _fits(excerpts: Sequence[Excerpt], budget: int) -> bool:
    return count_tokens(render(_reading_order(excerpts))) <= budget


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


def _cut_to_fit(excerpt: Excerpt, budget: int) -> list[Excerpt]:
    """Return the beginning of the excerpt that fits, up to the end of a sentence if one is near; else nothing."""
    low, high = excerpt.start, excerpt.end
    while low < high:
        middle = (low + high + 1) // 2
        if _fits([replace(excerpt, end=middle)], budget):
            low = middle
        else:
            high = middle - 1
    if low - excerpt.start < _SHORTEST_CUT:
        return []
    ends = [found.end() for found in _SENTENCE_END.finditer(excerpt.text, excerpt.start, low)]
    end = ends[-1] if ends and ends[-1] - excerpt.start >= (low - excerpt.start) // 2 else low
    return [replace(excerpt, end=end)]
