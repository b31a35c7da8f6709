"""What a space's messages add up to, found on one consistent snapshot; and what is done about it.

Nothing of it is stored. Facts in other words are joined where facts are folded, and the rest is a function of what is
remembered, so forgetting a source undoes it without anything being rewritten. No language model takes part.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import numpy as np

from satchel.asking import Clocks, as_known, moment_of, opened
from satchel.engine import Engine, Place
from satchel.extract.instants import from_micros, to_micros
from satchel.findings import Consolidation, Contradiction, Joined, Pattern, Repeated, Summary
from satchel.learn.retaining import forget_overdue, overdue
from satchel.model import Message, Receipt
from satchel.records import Records
from satchel.retrieve.arms import having, information
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter
from satchel.retrieve.terms import query_terms
from satchel.settings import settings_of
from satchel.store.port import View
from satchel.truth.consolidation.contradictions import contradictions
from satchel.truth.consolidation.joined import joined
from satchel.truth.consolidation.patterns import patterns
from satchel.truth.consolidation.repeated import Places, repeated
from satchel.truth.consolidation.summaries import MOST_QUOTES, entity_summary, week_of, week_summary
from satchel.truth.graph import entity_id
from satchel.truth.knowledge import Knowledge

MOST_ENTITIES = 5
MOST_WEEKS = 4
_LEAST_MENTIONS = 3


def consolidate(engine: Engine, place: Place, *, dry_run: bool) -> Consolidation:
    """Find what repeats, contradicts and recurs, sum it up, and forget what is past its time unless it is a dry run."""
    now = engine.clock()
    due = overdue(engine, place, now=now)
    receipt = None if dry_run else _forget_all(engine, place)
    return Consolidation(
        joined=find_joined(engine, place, Clocks()),
        repeated=_repeated(engine, place),
        contradictions=find_contradictions(engine, place, Clocks()),
        patterns=find_patterns(engine, place, Clocks()),
        summaries=_summaries(engine, place),
        overdue=due,
        receipt=receipt,
    )


def find_joined(engine: Engine, place: Place, clocks: Clocks) -> tuple[Joined, ...]:
    """Return the facts that were said in several ways."""
    moment = moment_of(engine, clocks)

    def found(view: View, records: Records) -> tuple[Joined, ...]:
        return joined(as_known(engine.minds.current(view, records), clocks), as_of=moment)

    return engine.read(place.scope, found) or ()


def find_contradictions(engine: Engine, place: Place, clocks: Clocks) -> tuple[Contradiction, ...]:
    """Return what contradicts itself, for review."""
    moment = moment_of(engine, clocks)

    def found(view: View, records: Records) -> tuple[Contradiction, ...]:
        return contradictions(as_known(engine.minds.current(view, records), clocks), as_of=moment)

    return engine.read(place.scope, found) or ()


def find_patterns(engine: Engine, place: Place, clocks: Clocks) -> tuple[Pattern, ...]:
    """Return what comes back at the same time of the week, the day or the year."""

    def found(view: View, records: Records) -> tuple[Pattern, ...]:
        every = engine.notices.current(view, records, settings_of(view, records).rules.zone)
        known = (one for one in every if clocks.known_at is None or one.known_at <= clocks.known_at)
        return patterns([one for one in known if clocks.as_of is None or one.said_at <= clocks.as_of])

    return engine.read(place.scope, found) or ()


def sum_up_entity(engine: Engine, place: Place, clocks: Clocks, name: str) -> Summary | None:
    """Return what is known of an entity, by its name, alias or id; None when nothing is."""
    return engine.read(place.scope, partial(_Summing(engine, clocks).of_entity, name=name))


def sum_up_week(engine: Engine, place: Place, clocks: Clocks, day: datetime | None) -> Summary | None:
    """Return what the week of a moment was about, or the last one in which something was said; None for nothing."""
    return engine.read(place.scope, partial(_Summing(engine, clocks).of_week, day=day))


def _forget_all(engine: Engine, place: Place) -> Receipt | None:
    """Forget all that is past its time; return the receipt, one for all batches."""
    whole: Receipt | None = None
    while (part := forget_overdue(engine, place)) is not None:
        whole = part if whole is None else _added(whole, part)
    return whole


def _added(one: Receipt, other: Receipt) -> Receipt:
    destroyed = {kind: one.destroyed.get(kind, 0) + count for kind, count in other.destroyed.items()}
    return Receipt(
        space=one.space,
        tenant=one.tenant,
        at=other.at,
        message_ids=(*one.message_ids, *other.message_ids),
        destroyed=destroyed,
        complete=other.complete,
        remains=other.remains,
    )


def _repeated(engine: Engine, place: Place) -> tuple[Repeated, ...]:
    """Return the sessions that are records of one conversation."""

    def found(view: View, records: Records) -> tuple[Repeated, ...]:
        index = engine.indexes.current(view, records)
        codes = np.unique(index.session[index.session >= 0]).tolist()
        groups = [index.in_order(np.flatnonzero(index.session == code)) for code in codes]
        every = [[groups[number] for number in several] for several in repeated(index, groups)]
        return tuple(
            sorted((_one_happening(index, one) for one in every), key=lambda one: (one.began_at, one.sessions))
        )

    return engine.read(place.scope, found) or ()


def _one_happening(index: SpaceIndex, groups: Sequence[Places]) -> Repeated:
    return Repeated(
        sessions=tuple(sorted(index.sessions[int(one[0])] or "" for one in groups)),
        message_ids=tuple(index.id_at(place) for one in groups for place in one.tolist()),
        began_at=from_micros(min(int(index.said_at[one[0]]) for one in groups)),
    )


def _summaries(engine: Engine, place: Place) -> tuple[Summary, ...]:
    """Return summaries of the entities that most is said of, and of the last weeks."""
    found = engine.read(place.scope, _Summing(engine, Clocks()).foremost) or ()
    return tuple(one for one in found if one is not None)


class _Summing:
    """Summing up what one snapshot shows of a space, asked of some times."""

    def __init__(self, engine: Engine, clocks: Clocks) -> None:
        self._engine = engine
        self._moment = moment_of(engine, clocks)
        self._filter = Filter(as_of=clocks.as_of, known_at=clocks.known_at)
        self._clocks = clocks

    def foremost(self, view: View, records: Records) -> list[Summary | None]:
        entities = sorted(
            self._knowledge(view, records).resolution.entities.values(), key=lambda one: (-len(one.mentioned), one.key)
        )
        named = [one.key for one in entities if len(one.mentioned) >= _LEAST_MENTIONS][:MOST_ENTITIES]
        index, zone = self._index(view, records), settings_of(view, records).rules.zone
        days = sorted({week_of(from_micros(at), zone)[0] for at in index.said_at.tolist()}, reverse=True)
        return [
            *(self.of_entity(view, records, name=one) for one in named),
            *(self.of_week(view, records, day=from_micros(one)) for one in days[:MOST_WEEKS]),
        ]

    def of_entity(self, view: View, records: Records, *, name: str) -> Summary | None:
        knowledge = self._knowledge(view, records)
        known = knowledge.resolution.entities
        key = next(iter(knowledge.resolution.find(name)), None) or next(
            (key for key in known if entity_id(key) == name), name
        )
        called = knowledge.resolution.display(key, name)
        mentioning = self._mentioning(view, records, called)
        return entity_summary(knowledge, key, called, mentioning, as_of=self._moment)

    def of_week(self, view: View, records: Records, *, day: datetime | None) -> Summary | None:
        index = self._index(view, records)
        if not len(index):
            return None
        last = from_micros(min(int(index.said_at.max()), self._moment))
        first, after, title = week_of(day or last, settings_of(view, records).rules.zone)
        places = np.flatnonzero((index.said_at >= first) & (index.said_at < after))
        said = self._opened(view, records, index, places.tolist())
        knowledge = self._knowledge(view, records)
        worth = partial(information, index)
        return week_summary(knowledge, said, (first, after), worth, title=title, as_of=self._moment)

    def _mentioning(self, view: View, records: Records, name: str) -> list[Message]:
        index = self._index(view, records)
        places = having(index, query_terms(name, index.languages))
        return self._opened(view, records, index, index.in_order(places)[-10 * MOST_QUOTES :].tolist())

    def _index(self, view: View, records: Records) -> SpaceIndex:
        index = self._engine.indexes.current(view, records)
        return index.restricted(self._filter.known(index))

    def _knowledge(self, view: View, records: Records) -> Knowledge:
        return as_known(self._engine.minds.current(view, records), self._clocks)

    def _opened(self, view: View, records: Records, index: SpaceIndex, places: list[int]) -> list[Message]:
        """Return what people said at these places, in the order in which they said it."""
        found = opened(view, records, {index.id_at(one) for one in places})
        spoken = [one for one in found.values() if one.role == "user" and one.act is None]
        return sorted(spoken, key=lambda one: (to_micros(one.said_at), one.turn, one.content))
