"""Running a benchmark: each conversation goes into a space turn by turn, then its questions are put to it.

The store is a fresh one on disk, encrypted and durable, as a user has it. A question is its text alone, and nothing of
its answer is given to the engine; where the file says when it is asked, the clock stands at that time, so that "two
weeks ago" means what it did. Messages that are said later are not left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

import satchel
from satchel.bench.dataset import Conversation, Question, Turn
from satchel.bench.embedders import Remembering
from satchel.bench.metrics import Ranked
from satchel.bench.quoting import Quoted, cited, quoted
from satchel.bench.stopwatch import Stopwatch
from satchel.inject.block import count_tokens
from satchel.model import Context, Hits
from satchel.models.embedding import Embedder
from satchel.space import Space

DEPTH = 50
"""Hits asked for: as many as the deepest measure needs."""

BUDGETS = (500, 1000, 2000, 4000)
"""Tokens of context asked for."""


@dataclass(frozen=True, slots=True)
class InContext:
    """What one budget of tokens brought of one question's evidence."""

    found: frozenset[str]
    in_part: frozenset[str]
    tokens: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for one question. Ids are those of messages in the store, names those of sessions."""

    question: Question
    gold: frozenset[str]
    ranked: Ranked
    ranked_sessions: Ranked
    contexts: Mapping[int, InContext]
    history_tokens: int
    """Tokens of the whole conversation, which a prompt without a memory would have to hold."""
    supported: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The outcomes of all questions, how long the calls took, and what the engine said was degraded."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    adds: Stopwatch = field(default_factory=Stopwatch)
    searches: Stopwatch = field(default_factory=Stopwatch)
    contexts: Stopwatch = field(default_factory=Stopwatch)
    degraded: dict[str, int] = field(default_factory=dict[str, int])

    def note(self, degraded: Sequence[str]) -> None:
        """Count what a result says was done with less."""
        for one in degraded:
            self.degraded[one] = self.degraded.get(one, 0) + 1


def run(conversations: Iterable[Conversation], *, embedder: Embedder) -> Run:
    """Put every conversation into a space of a store of its own, and every question to its space."""
    remembering, found, clock = Remembering(embedder), Run(), _Clock()
    for conversation in conversations:
        with (
            TemporaryDirectory(prefix="satchel-bench-") as directory,
            satchel.open(directory, embedder=remembering, clock=clock.now) as memory,
        ):
            _Asking(found, memory.space(conversation.id), conversation, remembering, clock).ask_all()
    return found


@dataclass(slots=True)
class _Clock:
    """The present, or the time at which a question is asked."""

    stands_at: datetime | None = None

    def now(self) -> datetime:
        return self.stands_at or datetime.now(UTC)


class _Asking:
    """One conversation in its space."""

    def __init__(
        self, found: Run, space: Space, conversation: Conversation, embedder: Remembering, clock: _Clock
    ) -> None:
        self._found = found
        self._clock = clock
        self._space = space
        self._conversation = conversation
        self._embedder = embedder
        self._ids = {turn.id: self._add(turn) for turn in conversation.turns}
        self._contents = {self._ids[turn.id]: turn.text for turn in conversation.turns}
        self._history_tokens = count_tokens(history(conversation.turns))

    def ask_all(self) -> None:
        self._found.outcomes.extend(self._ask(question) for question in self._conversation.questions)

    def _add(self, turn: Turn) -> str:
        message = {"role": turn.role, "content": turn.text, "id": turn.id}
        named = message if turn.speaker is None else {**message, "name": turn.speaker}
        added = self._found.adds.time(lambda: self._space.add(named, session=turn.session, at=turn.at))
        self._found.note(added.degraded)
        return added.message_ids[0]

    def _ask(self, question: Question) -> Outcome:
        self._clock.stands_at = question.asked_at
        hits = self._timed_search(question.text)
        self._found.note(hits.degraded)
        self._embedder.remember([question.text])
        contexts = {budget: self._timed_context(question.text, budget) for budget in BUDGETS}
        self._embedder.clear()
        self._clock.stands_at = None
        gold = frozenset(self._ids[one] for one in question.gold)
        return Outcome(
            question=question,
            gold=gold,
            ranked=[cited(hit) for hit in hits],
            ranked_sessions=[frozenset({hit.session} if hit.session else ()) for hit in hits],
            contexts={budget: _in_context(quoted(one, self._contents), gold, one) for budget, one in contexts.items()},
            history_tokens=self._history_tokens,
            supported=hits.supported,
        )

    def _timed_search(self, text: str) -> Hits:
        return self._found.searches.time(lambda: self._space.search(text, limit=DEPTH))

    def _timed_context(self, text: str, budget: int) -> Context:
        return self._found.contexts.time(lambda: self._space.context(text, budget=budget))


def history(turns: Sequence[Turn]) -> str:
    """Return the whole conversation as one would paste it into a prompt: a line a turn, the date before a session."""
    lines: list[str] = []
    previous: Turn | None = None
    for turn in turns:
        if previous is None or (turn.session, turn.at) != (previous.session, previous.at):
            lines.append(f"[{turn.at:%Y-%m-%d %H:%M}]")
        lines.append(f"{turn.speaker or turn.role}: {turn.text}")
        previous = turn
    return "\n".join(lines)


def _in_context(found: Quoted, gold: frozenset[str], context: Context) -> InContext:
    return InContext(found.messages & gold, found.in_part & gold, context.tokens)
