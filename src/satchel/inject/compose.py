"""Which words go into the block: the best first to be chosen, the oldest first to be read, never over the budget.

A message is quoted whole, a long one by its best window, or by the sentences that say a fact which the block gives. A
short answer brings the question that it answers. What is left of the budget goes to single sentences of the next best.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from satchel.model import Fact, Hit, Source
from satchel.sentences import around

LONGEST_EXCERPT = 1_000
"""Characters of a message that are quoted whole; of a longer one its best window is."""

_SECOND_TRIES = 24
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
    answers: "Candidate | None" = None
    """The message before it, cut to its question, when this is a short answer to that."""
    brief: Callable[[], tuple[int, int]] | None = None
    """Gives the characters of its best sentence."""


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
    pieces = _pieces(candidates, shown)
    count = _longest_prefix(pieces, room)
    chosen = pieces[:count]
    for candidate, piece in list(zip(candidates, pieces, strict=True))[count : count + _SECOND_TRIES]:
        fitting = next((one for one in _shorter(candidate, piece) if room.holds([*chosen, one])), None)
        chosen = [*chosen, fitting] if fitting else chosen
    if not chosen and pieces:
        chosen = [(cut,) for cut in _cut_to_fit(pieces[0][-1], room)]
    ordered = _reading_order(chosen)
    return Composed(room.render(ordered), stable, tuple(_quoted(candidates, ordered)))


def _quoted(candidates: Sequence[Candidate], ordered: Sequence[Excerpt]) -> Iterator[Hit]:
    """Yield the hits behind the excerpts; the source of one that is quoted in part is that part."""
    questions = (one.answers for one in candidates if one.answers is not None)
    hits = {one.hit.id: one.hit for one in (*questions, *candidates)}
    for one in ordered:
        hit = hits[one.message_id]
        whole = one.end - one.start == len(one.text)
        yield hit if whole else replace(hit, sources=(Source(hit.id, one.start, one.end),))


_Piece = tuple[Excerpt, ...]
"""What one candidate brings: an excerpt, and before it the question that it answers, if that is needed."""


@dataclass(frozen=True, slots=True)
class _Room:
    """A budget, and what stands in the block before any excerpt."""

    budget: int
    head: str
    empty: str

    def render(self, ordered: Sequence[Excerpt]) -> str:
        return render(ordered, head=self.head, empty=self.empty)

    def holds(self, pieces: Sequence[_Piece]) -> bool:
        return count_tokens(self.render(_reading_order(pieces))) <= self.budget


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


def _longest_prefix(pieces: Sequence[_Piece], room: _Room) -> int:
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if room.holds(pieces[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _reading_order(pieces: Iterable[_Piece]) -> list[Excerpt]:
    """Sort by time, keeping what was said in one session on one day together; a message is quoted once."""
    widest: dict[str, Excerpt] = {}
    for one in (excerpt for piece in pieces for excerpt in piece):
        other = widest.get(one.message_id)
        widest[one.message_id] = one if other is None or one.end - one.start > other.end - other.start else other
    excerpts = sorted(widest.values(), key=lambda one: one.said_at)
    begins: dict[tuple[object, object], object] = {}
    for excerpt in excerpts:
        begins.setdefault((excerpt.session, excerpt.said_at.date()), excerpt.said_at)

    def position(one: Excerpt) -> tuple[object, ...]:
        return begins[one.session, one.said_at.date()], one.session or "", one.said_at, one.message_id

    return sorted(excerpts, key=position)


def _pieces(candidates: Sequence[Candidate], facts: Sequence[Fact]) -> list[_Piece]:
    ids = {one.hit.id for candidate in candidates for one in (candidate, candidate.answers) if one is not None}
    length = _SHORTEST_MARK
    while len({message_id[-length:] for message_id in ids}) < len(ids):
        length += 1
    told: dict[str, list[Source]] = {}
    for source in (source for one in facts for source in one.sources):
        told.setdefault(source.message_id, []).append(source)
    return [
        (
            *([_excerpt(one.answers, _window(one.answers.hit), length)] if one.answers else ()),
            _excerpt(one, _telling(one.hit, told.get(one.hit.id, ())), length),
        )
        for one in candidates
    ]


def _shorter(candidate: Candidate, piece: _Piece) -> Iterator[_Piece]:
    """Yield the piece, then without its question, then with only the best sentence of its message."""
    yield piece
    *question, own = piece
    if question:
        yield (own,)
    if candidate.brief is not None:
        start, end = candidate.brief()
        if end - start < own.end - own.start:
            yield (replace(own, start=start, end=end),)


def _telling(hit: Hit, sources: Sequence[Source]) -> tuple[int, int]:
    """Return what is quoted of a message: of a long one that fits the question where it tells a fact, only that."""
    if len(hit.text) <= LONGEST_EXCERPT:
        return 0, len(hit.text)
    window = _window(hit)
    inside = [one for one in sources if window[0] <= one.start and one.end <= window[1]]
    if not inside:
        return window
    start, end = around(hit.text, min(one.start for one in inside), max(one.end for one in inside))
    return (start, end) if end - start < window[1] - window[0] else window


def _window(hit: Hit) -> tuple[int, int]:
    return (hit.sources[0].start, hit.sources[0].end) if hit.sources else (0, len(hit.text))


def _excerpt(candidate: Candidate, span: tuple[int, int], mark: int) -> Excerpt:
    hit = candidate.hit
    return Excerpt(
        message_id=hit.id,
        mark=hit.id[-mark:],
        who=hit.speaker or hit.role or "unknown",
        said_at=hit.said_at,
        session=hit.session,
        follows=candidate.follows,
        text=hit.text,
        start=span[0],
        end=span[1],
    )


def _cut_to_fit(excerpt: Excerpt, room: _Room) -> list[Excerpt]:
    """Return the beginning of the excerpt that fits, up to the end of a sentence if one is near; else nothing."""
    low, high = excerpt.start, excerpt.end
    while low < high:
        middle = (low + high + 1) // 2
        if room.holds([(replace(excerpt, end=middle),)]):
            low = middle
        else:
            high = middle - 1
    if low - excerpt.start < _SHORTEST_CUT:
        return []
    ends = [found.end() for found in _SENTENCE_END.finditer(excerpt.text, excerpt.start, low)]
    end = ends[-1] if ends and ends[-1] - excerpt.start >= (low - excerpt.start) // 2 else low
    return [replace(excerpt, end=end)]
