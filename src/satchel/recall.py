"""Reading a space: search, context and the log itself, each on one consistent snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import numpy as np

from satchel.engine import Engine, Place
from satchel.errors import ModelUnavailable
from satchel.extract.instants import from_micros
from satchel.extract.questions import names_asked, speakers_named, times_asked
from satchel.inject.block import count_tokens
from satchel.inject.compose import Candidate, compose
from satchel.model import Context, Fact, Hit, Hits, Kind, Message, Source
from satchel.recalled_facts import Known
from satchel.records import Records
from satchel.retrieve.arms import best_window
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter, Query, QueryVector
from satchel.retrieve.rank import Ranking, lifted, rank
from satchel.retrieve.terms import query_terms
from satchel.settings import settings_of
from satchel.store.port import RowKind, View
from satchel.truth.answers import Match

_SHORTEST_LINE = 8
_MOST_CANDIDATES = 512


@dataclass(frozen=True, slots=True)
class Question:
    """A query before it meets a space."""

    text: str
    filter: Filter
    limit: int
    explain: bool = False
    kinds: frozenset[Kind] = frozenset(("message", "fact"))
    profile: bool = False


@dataclass(frozen=True, slots=True)
class _Recalled:
    candidates: tuple[Candidate, ...] = ()
    facts: tuple[Match, ...] = ()
    profile: tuple[Fact, ...] = ()
    known: Known | None = None
    support: float = -1.0
    without_vector: int = 0

    @property
    def supported(self) -> bool:
        return self.support >= 0


def search(engine: Engine, place: Place, question: Question) -> Hits:
    """Return the best messages and facts for the question."""
    started = perf_counter()
    recalled, degraded = _recall(engine, place, question)
    return Hits(
        items=_together(recalled, question),
        supported=recalled.supported,
        support=recalled.support,
        degraded=degraded,
        took_ms=(perf_counter() - started) * 1e3,
    )


def context(engine: Engine, place: Place, question: Question, *, budget: int) -> Context:
    """Return the block for the prompt: the best evidence that the budget has room for."""
    started = perf_counter()
    recalled, degraded = _recall(engine, place, question)
    composed = compose(
        recalled.candidates if recalled.supported else (),
        budget=budget,
        profile=recalled.profile,
        facts=[one.fact for one in recalled.facts],
    )
    return Context(
        text=composed.text,
        tokens=count_tokens(composed.text),
        prefix=composed.prefix,
        hits=composed.hits,
        supported=recalled.supported or bool(recalled.facts),
        degraded=degraded,
        took_ms=(perf_counter() - started) * 1e3,
    )


def most_candidates(budget: int) -> int:
    """Return how many hits a budget of tokens could have room for."""
    return min(max(budget // _SHORTEST_LINE, 1), _MOST_CANDIDATES)


def messages(engine: Engine, place: Place, chosen: Filter, *, limit: int | None) -> tuple[Message, ...]:
    """Return the messages that pass the filter, the oldest first; with a limit, the latest so many."""

    def listed(view: View, records: Records) -> tuple[Message, ...]:
        index = engine.indexes.current(view, records)
        found = index.in_order(np.flatnonzero(chosen.wanted(index)))
        if limit is not None:
            found = found[max(len(found) - limit, 0) :]
        return _opened(view, records, [index.id_at(i) for i in found.tolist()])

    return engine.read(place.scope, listed) or ()


def get(engine: Engine, place: Place, message_id: str) -> Message | None:
    """Return the message with this id, or None."""
    found = engine.read(place.scope, lambda view, records: _opened(view, records, [message_id]))
    return found[0] if found else None


def _opened(view: View, records: Records, ids: Sequence[str]) -> tuple[Message, ...]:
    rows = view.get(RowKind.MESSAGE, ids)
    return tuple(records.message(rows[one]) for one in ids if one in rows)


def _recall(engine: Engine, place: Place, question: Question) -> tuple[_Recalled, tuple[str, ...]]:
    vector, degraded = _vector(engine, question.text)

    def ranked(view: View, records: Records) -> _Recalled:
        index = engine.indexes.current(view, records)
        index = index.restricted(question.filter.known(index))
        known = Known.of(engine, view, records, question.filter)
        zone = settings_of(view, records).rules.zone
        query = query_of(question.text, index, vector, question.filter, at=from_micros(known.moment), zone=zone)
        ranking = rank(index, query, limit=question.limit)
        asked = known.asked_for(index, ranking, query.words, limit=question.limit)
        ranking = lifted(index, ranking, known.lifts(index, ranking, asked), limit=question.limit)
        found = _opened(view, records, _ids(index, ranking)) if "message" in question.kinds else ()
        return _Recalled(
            candidates=_candidates(index, ranking, vector, found, question),
            facts=asked if "fact" in question.kinds else (),
            profile=known.profile() if question.profile else (),
            known=known,
            support=ranking.support,
            without_vector=ranking.without_vector,
        )

    recalled = engine.read(place.scope, ranked) or _Recalled()
    if vector is not None and recalled.without_vector:
        degraded = (
            *degraded,
            f"{recalled.without_vector} messages have no vectors of {vector.embedder}: run rebuild() on this space",
        )
    return recalled, degraded


def query_of(
    text: str, index: SpaceIndex, vector: QueryVector | None, chosen: Filter, *, at: datetime, zone: ZoneInfo
) -> Query:
    """Return what a question asks of an index: its words, and the times, speakers and names that it has."""
    return Query(
        words=query_terms(text, index.languages, spoken=index.spoken),
        vector=vector,
        filter=chosen,
        during=times_asked(text, at=at, zone=zone),
        about=speakers_named(text, index.speakers),
        names=query_terms(names_asked(text), index.languages, spoken=index.spoken),
    )


def _together(recalled: _Recalled, question: Question) -> tuple[Hit, ...]:
    """Return facts and messages in one order, messages first where scores are equal, at most as many as wanted."""
    hits = [candidate.hit for candidate in recalled.candidates]
    if recalled.known is not None:
        hits = recalled.known.in_succession(hits)
    beside = [_fact_hit(one, explain=question.explain) for one in recalled.facts]
    ordered = sorted([*hits, *beside], key=lambda one: -one.score)
    return tuple(ordered[: question.limit])


def _fact_hit(match: Match, *, explain: bool) -> Hit:
    fact = match.fact
    return Hit(
        id=fact.id,
        kind="fact",
        text=fact.text,
        score=match.score,
        said_at=fact.said_at,
        trust=fact.trust,
        sources=fact.sources,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        metadata={
            "status": fact.status,
            "subject": fact.subject,
            "attribute": fact.attribute,
            "value": fact.value,
            "from_precision": fact.from_precision,
            "to_precision": fact.to_precision,
        },
        signals={"coverage": match.coverage, "source": match.source} if explain else {},
    )


def _ids(index: SpaceIndex, ranking: Ranking) -> list[str]:
    return [index.id_at(i) for i in ranking.messages.tolist()]


def _vector(engine: Engine, text: str) -> tuple[QueryVector | None, tuple[str, ...]]:
    if engine.embedder is None:
        return None, ("searched by words alone: there is no embedder",)
    try:
        vector = QueryVector.of(engine.embedder.embed([text])[0], engine.embedder.name)
        long = len(text) > engine.embedder.max_tokens and len(engine.embedder.tokens(text)) > engine.embedder.max_tokens
    except ModelUnavailable as error:
        return None, (f"searched by words alone: {error}",)
    if long:
        return vector, (f"only the first {engine.embedder.max_tokens} tokens of the query count for its meaning",)
    return vector, ()


def _candidates(
    index: SpaceIndex,
    ranking: Ranking,
    vector: QueryVector | None,
    found: Sequence[Message],
    question: Question,
) -> tuple[Candidate, ...]:
    before = index.neighbours[0]
    candidates: list[Candidate] = []
    for rank_, message in enumerate(found):
        place = int(ranking.messages[rank_])
        window = best_window(index, place, vector) or (0, len(message.content))
        earlier = int(before[place])
        candidates.append(
            Candidate(
                hit=Hit(
                    id=message.id,
                    kind="message",
                    text=message.content,
                    score=float(ranking.scores[rank_]),
                    said_at=from_micros(int(index.said_at[place])),
                    trust=message.trust,
                    sources=(Source(message.id, *window),),
                    role=message.role,
                    speaker=message.speaker,
                    session=message.session,
                    metadata=message.metadata,
                    signals=_signals(ranking, rank_) if question.explain else {},
                ),
                follows=index.id_at(earlier) if earlier < len(index) else None,
            )
        )
    return tuple(candidates)


def _signals(ranking: Ranking, at: int) -> dict[str, float]:
    return {name: float(values[at]) for name, values in ranking.signals.items()}
