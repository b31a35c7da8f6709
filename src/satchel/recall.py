"""Reading a space: search, context and the log itself, each on one consistent snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from satchel.candidates import asked_before, candidates_of
from satchel.engine import Engine, Place
from satchel.errors import ModelUnavailable
from satchel.extract.instants import from_micros
from satchel.inject.block import count_tokens
from satchel.inject.compose import Candidate, compose
from satchel.model import Context, Fact, Hit, Hits, Kind, Message
from satchel.recalled_facts import Known
from satchel.records import Records
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter, QueryVector
from satchel.retrieve.rank import Ranking, lifted, rank
from satchel.retrieve.support import NOTHING_SAID, Support
from satchel.settings import Settings, settings_of
from satchel.store.port import RowKind, View
from satchel.truth.answers import Match
from satchel.understanding import Meant, by_words, meant, query_of
from satchel.uses import renewals

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
    quoting: bool = False
    """Whether what is found will be quoted, rather than listed."""


@dataclass(frozen=True, slots=True)
class _Recalled:
    candidates: tuple[Candidate, ...] = ()
    facts: tuple[Match, ...] = ()
    profile: tuple[Fact, ...] = ()
    known: Known | None = None
    support: Support = NOTHING_SAID
    degraded: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        return self.support.value >= 0


def search(engine: Engine, place: Place, question: Question) -> Hits:
    """Return the best messages and facts for the question."""
    started = perf_counter()
    recalled = _recall(engine, place, question)
    return Hits(
        items=_together(recalled, question),
        supported=recalled.supported,
        support=recalled.support.value,
        reason=recalled.support.reason,
        degraded=recalled.degraded,
        took_ms=(perf_counter() - started) * 1e3,
    )


def context(engine: Engine, place: Place, question: Question, *, budget: int) -> Context:
    """Return the block for the prompt: the best evidence that the budget has room for."""
    started = perf_counter()
    recalled = _recall(engine, place, question)
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
        reason=_reason(recalled),
        degraded=recalled.degraded,
        took_ms=(perf_counter() - started) * 1e3,
    )


def _reason(recalled: _Recalled) -> str:
    if recalled.facts and not recalled.supported:
        return f"{len(recalled.facts)} known to be true may answer it, though {recalled.support.reason}"
    return recalled.support.reason


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
        return opened_in_order(view, records, [index.id_at(i) for i in found.tolist()])

    return engine.read(place.scope, listed, elsewhere=True) or ()


def get(engine: Engine, place: Place, message_id: str) -> Message | None:
    """Return the message with this id, or None."""
    found = engine.read(place.scope, lambda view, records: opened_in_order(view, records, [message_id]), elsewhere=True)
    return found[0] if found else None


def opened_in_order(view: View, records: Records, ids: Sequence[str]) -> tuple[Message, ...]:
    """Return the messages with these ids, in the order of the ids; a missing one is left out."""
    rows = view.get(RowKind.MESSAGE, ids)
    return tuple(records.message(rows[one]) for one in ids if one in rows)


def _recall(engine: Engine, place: Place, question: Question) -> _Recalled:
    settings = engine.minds.last_settings(place.scope) or engine.read(place.scope, settings_of, elsewhere=True)
    while settings is not None:
        asking = _Asking(engine, question, _meant(engine, question.text, settings.embedder), settings.embedder)
        found = engine.read(place.scope, asking.recalled, elsewhere=True)
        if isinstance(found, _Recalled):
            return found
        settings = found
    return _Recalled()


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question, understood before the snapshot that it is put to: a snapshot must not wait for a model."""

    engine: Engine
    question: Question
    asked: Meant
    embedder: str | None
    """The choice of the space that the question was embedded by."""

    def recalled(self, view: View, records: Records) -> _Recalled | Settings:
        """Return what a snapshot holds for it, or the space's settings when they name another embedder."""
        settings = self.engine.minds.settings(view, records)
        if settings.embedder != self.embedder:
            return settings
        index = self.engine.indexes.current(view, records)
        index = index.restricted(self.question.filter.known(index))
        known = Known.of(self.engine, view, records, self.question.filter)
        moment, zone = from_micros(known.moment), settings.rules.zone
        uses = self.engine.minds.uses(view, records)
        renewed = renewals(uses, self.question.filter.asked_of)
        query = query_of(self.asked, index, self.question.filter, at=moment, zone=zone, renewed=renewed)
        ranking = rank(index, query, limit=self.question.limit)
        facts = known.asked_for(index, ranking, query.whole.words, limit=self.question.limit)
        ranking = lifted(index, ranking, known.lifts(index, ranking, facts), limit=self.question.limit)
        found = opened_in_order(view, records, _ids(index, ranking)) if "message" in self.question.kinds else ()
        asking = asked_before(index, ranking, found) if self.question.quoting and found else []
        before = {one.id: one for one in opened_in_order(view, records, asking)}
        return _Recalled(
            candidates=candidates_of(index, ranking, query.whole.vector, found, before, explain=self.question.explain),
            facts=facts if "fact" in self.question.kinds else (),
            profile=known.profile() if self.question.profile else (),
            known=known,
            support=ranking.support,
            degraded=(*self.asked.degraded, *_lacking(ranking, query.whole.vector)),
        )


def _meant(engine: Engine, text: str, embedder: str | None) -> Meant:
    try:
        return meant(text, engine.embedder_of(embedder))
    except ModelUnavailable as error:
        return by_words(text, str(error))


def _lacking(ranking: Ranking, vector: QueryVector | None) -> tuple[str, ...]:
    if vector is None or not ranking.without_vector:
        return ()
    return (f"{ranking.without_vector} messages have no vectors of {vector.embedder}: run rebuild() on this space",)


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
