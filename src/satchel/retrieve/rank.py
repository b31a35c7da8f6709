"""From two arms to one order: fusion, neighbours, filters, ties, and whether there is evidence at all.

Each arm is divided by its best value and they are added with equal weight (a rank-based fusion was worse than BM25
alone); a message then receives a share of the better one of its neighbours in the session, next to it and at two
steps. `satchel bench locomo` prints what that gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log10

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.arms import Dense, Lexical, Scores, dense, lexical
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Query

NEAR = 0.4
FAR = 0.2
"""Shares of the better neighbour at one step and at two: 76.9 R@10 on LoCoMo's development half, 70.0 without."""

TIME = 0.4
"""What a message said within a time that the query names gains, in the same measure: 78.6 R@10 on LoCoMo's development
half, 76.6 without."""

SPEAKER = 0.3
"""What those said whom the query names gains."""

ANSWER = 0.2
"""Share of the message before that a message receives if that one asks: it may be the answer."""

SESSION = 0.2
"""Share of the best message of its session that each message receives."""

EVIDENCE_OF_ONE = 0.24
EVIDENCE_PER_TENFOLD = 0.11
"""Cosine plus coverage that the best of n messages must reach to count as evidence: 0.24 + 0.11 log10(n). The best of
many unrelated messages is nearer than the best of few. Set on LoCoMo's development half so that 99 % of the questions
pass on their own conversation; of those put to another conversation 30 % still do."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best messages: their places in the index, their scores, and the signals behind each."""

    messages: NDArray[np.int64]
    scores: Scores
    signals: dict[str, Scores]
    supported: bool
    without_vector: int
    whole: Scores
    """(n,): the scores of all messages, those that the filters leave out too."""
    every: dict[str, Scores]
    """The signals of all messages, each of shape (n,)."""
    wanted: NDArray[np.bool_]
    """(n,): the messages that pass the filters."""


def rank(index: SpaceIndex, query: Query, *, limit: int) -> Ranking:
    """Return the `limit` best messages; ties go to what was said last, then to the smaller id."""
    words, meaning = lexical(index, query.words), dense(index, query.vector)
    known, wanted = query.filter.known(index), query.filter.wanted(index)
    base = np.where(known, _fused(words, meaning, known), 0.0)
    near, far = _lent(index, base)
    able = known & (base > 0)
    signals = {
        "neighbour": (NEAR, near),
        "second_neighbour": (FAR, far),
        "answer": (ANSWER, _answering(index, base)),
        "session": (SESSION, np.where(able, _best_of_session(index, base), 0.0)),
        "time": (TIME if query.during else 0.0, (_inside(index, query) & able).astype(np.float64)),
        "speaker": (SPEAKER if query.about else 0.0, (index.said_by(query.about) & able).astype(np.float64)),
    }
    most = 1 + sum(weight for weight, _ in signals.values())
    score = sum((weight * values for weight, values in signals.values()), base) / most
    whole = score.copy()
    score[~wanted] = 0.0
    messages = _best(index, score, limit)
    every = {
        "bm25": words.bm25,
        "coverage": words.coverage,
        "cosine": meaning.cosine,
        "own": base,
        **{name: values for name, (_, values) in signals.items()},
    }
    return Ranking(
        messages=messages,
        scores=score[messages],
        signals={name: values[messages] for name, values in every.items()},
        every=every,
        wanted=wanted,
        supported=_supported(words, meaning, wanted),
        without_vector=meaning.missing,
        whole=whole,
    )


def lifted(index: SpaceIndex, ranking: Ranking, lifts: Mapping[int, float], *, limit: int) -> Ranking:
    """Return the ranking after some messages, by their place, have got at least another score."""
    if not lifts:
        return ranking
    whole = ranking.whole.copy()
    for place, score in lifts.items():
        whole[place] = max(whole[place], score)
    passing = np.where(ranking.wanted, whole, 0.0)
    messages = _best(index, passing, limit)
    signals = {name: values[messages] for name, values in ranking.every.items()}
    return replace(ranking, messages=messages, scores=passing[messages], signals=signals, whole=whole)


def _fused(words: Lexical, meaning: Dense, known: NDArray[np.bool_]) -> Scores:
    """Return the mean of the arms that have anything to say, each from 0 to 1."""
    arms = [_scaled(arm, known) for arm in (words.bm25, meaning.cosine)]
    heard = [arm for arm in arms if arm is not None]
    return sum(heard, np.zeros(len(known))) / max(len(heard), 1)


def _scaled(arm: Scores, known: NDArray[np.bool_]) -> Scores | None:
    best = float(arm.max(initial=0.0, where=known))
    return np.maximum(arm, 0.0) / best if best > 0 else None


def _inside(index: SpaceIndex, query: Query) -> NDArray[np.bool_]:
    """(n,): whether a message was said within a time that the query names."""
    inside = np.zeros(len(index), bool)
    for start, stop in query.during:
        inside |= (index.said_at >= start) & (index.said_at < stop)
    return inside


def _lent(index: SpaceIndex, base: Scores) -> tuple[Scores, Scores]:
    """Return what the better neighbour at one step, and at two, has to lend."""
    padded = np.append(base, 0.0)
    before, after, second_before, second_after = index.neighbours[:, :-1]
    return (
        np.maximum(padded[before], padded[after]),
        np.maximum(padded[second_before], padded[second_after]),
    )


def _answering(index: SpaceIndex, base: Scores) -> Scores:
    """(n,): the score of the message before, where that one asks."""
    return np.append(base * index.asks, 0.0)[index.neighbours[0, :-1]]


def _best_of_session(index: SpaceIndex, base: Scores) -> Scores:
    """(n,): the best score in each message's session; 0 for a message without one."""
    best = np.zeros(int(index.session.max(initial=-1)) + 2)
    np.maximum.at(best, index.session, base)
    best[-1] = 0.0  # where those without a session were counted
    return best[index.session]


def _best(index: SpaceIndex, score: Scores, limit: int) -> NDArray[np.int64]:
    candidates = np.flatnonzero(score > 0)
    if len(candidates) > limit:
        threshold = np.partition(score[candidates], -limit)[-limit]
        candidates = candidates[score[candidates] >= threshold]
    ids = index.ids[candidates]
    order = np.lexsort((ids[:, 1], ids[:, 0], -index.said_at[candidates], -score[candidates]))
    return candidates[order[:limit]]


def _supported(words: Lexical, meaning: Dense, wanted: NDArray[np.bool_]) -> bool:
    count = int(wanted.sum())
    if count == 0:
        return False
    evidence = words.coverage + np.maximum(meaning.cosine, 0.0)
    return float(evidence[wanted].max()) >= EVIDENCE_OF_ONE + EVIDENCE_PER_TENFOLD * log10(count)
