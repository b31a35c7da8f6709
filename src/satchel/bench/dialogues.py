"""Short dialogues in which a value is superseded or buried under talk: `contradiction.jsonl` and `coherence.jsonl`.

Both are fixtures of taosmd's evaluation (its axes A and C), whose authors score retrieval alone: the five best texts
for the question. A contradiction is *correct* when any of the five contains the correct answer as a substring without
regard to case, and *stale* when one contains the old answer and none the correct one; the share of stale ones is their
figure. Coherence is their recall at 5: whether the very turn that told the fact is among the five, when only the turns
up to so many after it (`lag_k`, 25 and 50) are there.

Their figures are reported, with the first five hits of `search` (messages and facts) as the five texts. Beside them
stands what they do not ask: whether a fact from that turn is among the five, where the turn is not; whether the first
hit with the correct answer is no lower than any with the old one; and whether `facts` says the correct value and not
the old one. For each dialogue that fails, the reasons:

- *value not extracted*: no claim from any of the messages has the value;
- *not current*: it was claimed, but no current fact says it;
- *not superseded*: a current fact still says the old value;
- *not retrieved*: the five hits do not have the answer;
- *old value ranks above*: they have it below the old one.

"Jay: …" at the beginning of a turn is taken for the speaker; the words after it are the message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import satchel
from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.bench.matching import plain, says
from satchel.bench.spoken import Spoken, spoken
from satchel.errors import InvalidInput
from satchel.model import Added, Fact, Hit
from satchel.models.embedding import Embedder

_BEST = 5
_LINES = "lines of {id, sessions, query, correct_answer, stale_answer} or {id, turns, early_fact, test_queries}"


class Outcome(TypedDict):
    """What came of one question."""

    id: str
    question: str
    wanted: str
    found: bool
    """The authors' score: the answer is in the first five hits."""
    stale: bool
    """The authors' other score: the old answer is in them and the correct one is not."""
    told: bool
    """The answer, or a fact from the turn that gave it, is in them."""
    ahead: bool
    """It is, and no hit with the old one is above it."""
    known: bool
    """A current fact says the value, and none says the old one."""
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Turn:
    said: Spoken
    at: datetime


@dataclass(frozen=True, slots=True)
class _Seen:
    """What became of the value that was asked for."""

    claimed: bool
    current: bool
    old_kept: bool
    retrieved: bool
    told: bool
    above: bool

    @property
    def reasons(self) -> list[str]:
        found = {
            "value not extracted": not self.claimed,
            "not current": self.claimed and not self.current,
            "not superseded": self.old_kept,
            "not retrieved": not self.told,
            "old value ranks above": self.told and not self.above,
        }
        return [reason for reason, holds in found.items() if holds]


def contradictions(path: Path, embedder: Embedder) -> list[Outcome]:
    """Tell every dialogue of `contradiction.jsonl` to a space of its own, and ask its question."""
    with satchel.open(":memory:", embedder=embedder) as memory:
        lines = fields.lines(path, expected=_LINES)
        return [_contradiction(entry, where, memory.space(where)) for where, entry in lines]


def coherences(path: Path, embedder: Embedder) -> Mapping[int, list[Outcome]]:
    """Tell every dialogue of `coherence.jsonl` to a space of its own; outcomes by how many turns came after."""
    found: dict[int, list[Outcome]] = {}
    with satchel.open(":memory:", embedder=embedder) as memory:
        for where, entry in fields.lines(path, expected=_LINES):
            for lag, outcome in _coherence(entry, where, memory.space(where)):
                found.setdefault(lag, []).append(outcome)
    return dict(sorted(found.items()))


def _contradiction(entry: Record, where: str, space: satchel.Space) -> Outcome:
    question, wanted, old = (fields.name(entry, key, where) for key in ("query", "correct_answer", "stale_answer"))
    turns = [_turn(one, "text", place) for place, one in fields.records(entry.get("sessions"), f"{where}.sessions")]
    added = [space.add(one.said.message, at=one.at, session=str(number)) for number, one in enumerate(turns)]
    hits = space.search(question, limit=_BEST)
    right = next((rank for rank, one in enumerate(hits) if wanted.casefold() in one.text.casefold()), None)
    wrong = next((rank for rank, one in enumerate(hits) if says(old, one.text)), None)
    values = [one.value for one in space.facts()]
    seen = _Seen(
        claimed=any(says(wanted, claim.value) for one in added for claim in one.claims),
        current=any(says(wanted, one) for one in values),
        old_kept=any(says(old, one) for one in values),
        retrieved=right is not None,
        told=right is not None,
        above=right is not None and (wrong is None or right <= wrong),
    )
    stale = right is None and any(old.casefold() in one.text.casefold() for one in hits)
    return _outcome(entry, where, question, f"{wanted}, not {old}", seen, stale=stale)


def _coherence(entry: Record, where: str, space: satchel.Space) -> Iterator[tuple[int, Outcome]]:
    turns = [_turn(one, "content", place) for place, one in fields.records(entry.get("turns"), f"{where}.turns")]
    early, wanted = _number(entry, "early_fact_turn", where), fields.name(entry, "early_fact", where)
    if early >= len(turns):
        raise InvalidInput(f"{where}.early_fact_turn: there is no turn {early}")
    queries = fields.records(entry.get("test_queries"), f"{where}.test_queries")
    added: list[Added] = []
    for lag, question in sorted((_number(one, "lag_k", at), fields.name(one, "query", at)) for at, one in queries):
        added += [space.add(one.said.message, at=one.at) for one in turns[len(added) : max(early + lag, early + 1)]]
        turn = added[early].message_ids[0]
        hits = space.search(question, limit=_BEST)
        told = any(_is_from(turn, one) for one in hits)
        seen = _Seen(
            claimed=any(_about(wanted, one.value) for one in added[early].claims),
            current=any(_about(wanted, one.value) for one in space.facts() if _is_from(turn, one)),
            old_kept=False,
            retrieved=any(one.id == turn for one in hits),
            told=told,
            above=told,
        )
        yield lag, _outcome(entry, where, question, wanted, seen, stale=False)


def _outcome(entry: Record, where: str, question: str, wanted: str, seen: _Seen, *, stale: bool) -> Outcome:
    return Outcome(
        id=fields.name(entry, "id", where),
        question=question,
        wanted=wanted,
        found=seen.retrieved,
        stale=stale,
        told=seen.told,
        ahead=seen.above,
        known=seen.current and not seen.old_kept,
        reasons=seen.reasons,
    )


def _about(wanted: str, value: str) -> bool:
    """Return whether a value has a word of what "Jay uses Neovim" says after its verb."""
    return bool(set(plain(wanted).split()[2:]) & set(plain(value).split()))


def _is_from(message: str, found: Fact | Hit) -> bool:
    return any(one.message_id == message for one in found.sources)


def _turn(entry: Record, key: str, where: str) -> _Turn:
    words = fields.string(entry, key, where)
    assistant = entry.get("role") == "assistant"
    said = Spoken("assistant", None, words) if assistant else spoken(words, otherwise="user")
    return _Turn(said, datetime.fromtimestamp(fields.number(entry, "timestamp", where), UTC))


def _number(entry: Record, key: str, where: str) -> int:
    return int(fields.number(entry, key, where))
