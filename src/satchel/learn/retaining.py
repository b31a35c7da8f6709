"""Forgetting what is past its time, by the rules of a space, in batches: the same undoing as `forget`.

Age is counted from when a message was said. What a person changed by hand (corrections, merges) stays, unless a rule
says otherwise: it holds for facts whose messages may be there longer.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from satchel import correcting, erasure
from satchel.engine import Engine, Place
from satchel.extract.instants import from_micros, to_micros
from satchel.findings import Overdue, Retention
from satchel.model import Receipt
from satchel.records import Records
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter
from satchel.settings import settings_of
from satchel.store.port import View

MOST_AT_ONCE = 1_000
"""Messages that one batch forgets."""

_DAY = 86_400_000_000


def retain(engine: Engine, place: Place) -> bool:
    """Forget a batch of what is past its time; return whether there is more."""
    found = forget_overdue(engine, place)
    return found is not None and len(found.message_ids) == MOST_AT_ONCE


def forget_overdue(engine: Engine, place: Place) -> Receipt | None:
    """Forget the oldest messages that are past their time; return what was destroyed, None when there are none."""
    now = engine.clock()
    if not overdue(engine, place, now=now).message_ids:
        return None
    rules = rules_of(engine, place)

    def choose(index: SpaceIndex) -> NDArray[np.bool_]:
        oldest = index.in_order(np.flatnonzero(_past(index, rules, to_micros(now))))[:MOST_AT_ONCE]
        return np.isin(np.arange(len(index)), oldest)

    return erasure.forget(engine, place, choose)


def overdue(engine: Engine, place: Place, *, now: datetime) -> Overdue:
    """Return what is past its time, the oldest first, and when something will be next."""

    def found(view: View, records: Records) -> Overdue:
        rules = settings_of(view, records).retention
        if not rules:
            return Overdue()
        index, at = engine.indexes.current(view, records), to_micros(now)
        past = _past(index, rules, at)
        order = index.in_order(np.flatnonzero(past))
        return Overdue(tuple(index.id_at(one) for one in order.tolist()), _next(index, rules, past))

    return engine.read(place.scope, found) or Overdue()


def rules_of(engine: Engine, place: Place) -> tuple[Retention, ...]:
    """Return the rules of a space."""
    settings = engine.read(place.scope, settings_of)
    return () if settings is None else settings.retention


def _past(index: SpaceIndex, rules: Sequence[Retention], now: int) -> NDArray[np.bool_]:
    """(n,): the messages that are past their time."""
    past = np.zeros(len(index), bool)
    for rule in rules:
        past |= _fitting(index, rule) & (index.said_at <= now - rule.days * _DAY)
    return past


def _next(index: SpaceIndex, rules: Sequence[Retention], past: NDArray[np.bool_]) -> datetime | None:
    times = [
        int(index.said_at[waiting].min()) + rule.days * _DAY
        for rule in rules
        if (waiting := _fitting(index, rule) & ~past).any()
    ]
    return from_micros(min(times)) if times else None


def _fitting(index: SpaceIndex, rule: Retention) -> NDArray[np.bool_]:
    """(n,): the messages that a rule is about."""
    wanted = Filter(session=rule.session, agent=rule.agent, app=rule.app, speaker=rule.speaker, role=rule.role).wanted(
        index
    )
    return wanted if rule.by_hand else wanted & ~index.where("session", correcting.SESSION)
