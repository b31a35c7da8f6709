"""From two arms to one order: fusion, neighbours, filters, ties, and whether there is evidence at all.

Each arm is divided by its best value and they are added with equal weight (a rank-based fusion was worse than BM25
alone); a message then receives shares of the better one of its neighbours in the session, next to it and at two steps,
of the message before it if that one asks, and of the best of its session, and more when it was said in a time or by
someone that the query names. The shares were chosen on LoCoMo's development half, by leaving one conversation out
at a time; `satchel bench ablation` prints what each brings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log10

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.arms import Dense, Lexical, Scores, dense, lexical, occur
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Query

EVIDENCE_OF_ONE = 0.18
EVIDENCE_PER_TENFOLD = 0.11
UNKNOWN_NAMES = 0.25
"""Cosine plus coverage that the best of n messages must reach to count as evidence: 0.18 + 0.11 log10(n), since the
best of many unrelated messages is nearer than the best of few; and up to 0.25 more, by the share of the query's names
that nobody here ever said. `satchel bench support` prints what that gives; set so that one question in a hundred is
refused."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What a message receives beside its own score, each as a share of another score from 0 to 1."""

    neighbour: float = 0.4
    """Of the better neighbour in the session."""
    second_neighbour: float = 0.2
    """Of the better one at two steps."""
    answer: float = 0.2
    """Of the message before, if that one asks: this may be the answer."""
    session: float = 0.2
    """Of the best message of the session."""
    time: float = 0.4
    """Of 1, when it was said in a time that the query names."""
    speaker: float = 0.3
    """Of 1, when someone said it whom the query names."""


SHARES = Shares()


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best messages: their places in the index, their scores, and the signals behind each."""

    messages: NDArray[np.int64]
    scores: Scores
    signals: dict[str, Scores]
    support: float
    """How far the best evidence lies above what counts as evidence; negative when there is none."""
    without_vector: int
    whole: Scores
    """(n,): the scores of all messages, those that the filters leave out too."""
    every: dict[str, Scores]
    """The signals of all messages, each of shape (n,)."""
    wanted: NDArray[np.bool_]
    """(n,): the messages that pass the filters."""


def rank(index: SpaceIndex, query: Query, *, limit: int, shares: Shares = SHARES) -> Ranking:
    """Return the `limit` best messages; ties go to what was said last, then to the smaller id."""
    words, meaning = lexical(index, query.words), dense(index, query.vector)
    known, wanted = query.filter.known(index), query.filter.wanted(index)
    base = np.where(known, _fused(words, meaning, known), 0.0)
    near, far = _lent(index, base)
    able = known & (base > 0)
    signals = {
        "neighbour": near,
        "second_neighbour": far,
        "answer": _answering(index, base),
        "session": np.where(able, _best_of_session(index, base), 0.0),
        "time": (_inside(index, query) & able).astype(np.float64),
        "speaker": (index.said_by(query.about) & able).astype(np.float64),
    }
    weights = {name: getattr(shares, name) for name in signals}
    weights |= {} if query.during else {"time": 0.0}
    weights |= {} if query.about else {"speaker": 0.0}
    score = sum((weights[name] * values for name, values in signals.items()), base) / (1 + sum(weights.values()))
    whole = score.copy()
    score[~wanted] = 0.0
    messages = _best(index, score, limit)
    every = {
        "bm25": words.bm25,
        "coverage": words.coverage,
        "cosine": meaning.cosine,
        "own": base,
        **signals,
    }
    return Ranking(
        messages=messages,
        scores=score[messages],
        signals={name: values[messages] for name, values in every.items()},
        every=every,
        wanted=wanted,
        support=_support(index, query, words.coverage + np.maximum(meaning.cosine, 0.0), wanted),
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


def _support(index: SpaceIndex, query: Query, evidence: Scores, wanted: NDArray[np.bool_]) -> float:
    count = int(wanted.sum())
    if count == 0:
        return -1.0
    known = occur(index, query.names)
    unknown = 1 - sum(known) / len(known) if known else 0.0
    needed = EVIDENCE_OF_ONE + EVIDENCE_PER_TENFOLD * log10(count) + UNKNOWN_NAMES * unknown
    return float(evidence[wanted].max()) - needed
