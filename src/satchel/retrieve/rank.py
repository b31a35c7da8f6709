"""From the arms to one order: fusion, neighbours, filters and ties.

Each arm is divided by its best value, and they are added by weights (a rank-based fusion was worse than BM25 alone).
The best by words and meaning are compared with the query token by token, which is too slow for all. A message then
receives shares of the better one of its neighbours in the session, next to it and at two steps, of the message
before it if that one asks, and of the best of its session, and more when it was said in a time or by someone that the
query names. What is old, and was not found useful since, loses a very small part. Weights and shares were chosen on
LoCoMo's development half, by leaving one conversation out at a time; `satchel bench ablation` prints what each brings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.arms import Dense, Lexical, Scores, dense, late, lexical
from satchel.retrieve.freshness import freshness
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Asked, Query, QueryVector
from satchel.retrieve.support import Support, support_of

COMPARED = 96
"""How many messages, the best by words and meaning, are compared with the query token by token."""

WORDS_OF_ADVICE = 0.2
"""How much less words count when advice is asked for: they are about the request."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each arm counts in a message's own score, and what the message receives beside it.

    The arms' weights are relative to each other; the rest are shares of another score from 0 to 1.
    """

    words: float = 1.0
    """Of the words in common, BM25."""
    meaning: float = 0.5
    """Of the cosine of the vectors."""
    tokens: float = 1.5
    """Of the tokens' nearness, late interaction; without it, the vectors count as the words do."""
    parts: float = 0.5
    """Of the part of the query that a message fits best, against the whole query."""
    neighbour: float = 0.3
    """Of the better neighbour in the session."""
    second_neighbour: float = 0.2
    """Of the better one at two steps."""
    answer: float = 0.3
    """Of the message before, if that one asks: this may be the answer."""
    session: float = 0.3
    """Of the best message of the session."""
    time: float = 0.5
    """Of 1, when it was said in a time that the query names."""
    speaker: float = 0.3
    """Of 1, when someone said it whom the query names."""
    decay: float = 0.02
    """Of the whole score, which what is old loses at most; unlike the others it is no share."""


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best messages: their places in the index, their scores, and the signals behind each."""

    messages: NDArray[np.int64]
    scores: Scores
    signals: dict[str, Scores]
    support: Support
    without_vector: int
    whole: Scores
    """(n,): the scores of all messages, those that the filters leave out too."""
    every: dict[str, Scores]
    """The signals of all messages, each of shape (n,)."""
    wanted: NDArray[np.bool_]
    """(n,): the messages that pass the filters."""
    worth: dict[int, float]
    """Of each of the query's terms, how much information it carries."""


def rank(index: SpaceIndex, query: Query, *, limit: int, weights: Weights = WEIGHTS) -> Ranking:
    """Return the `limit` best messages; ties go to what was said last, then to the smaller id."""
    known, wanted = query.filter.known(index), query.filter.wanted(index)
    weights = replace(weights, words=weights.words * WORDS_OF_ADVICE) if query.advice else weights
    whole = _heard(index, query.whole, known, wanted, weights)
    base = whole.base
    if query.parts and weights.parts:
        parts = [_heard(index, part, known, wanted, weights).base for part in query.parts]
        base = (1 - weights.parts) * base + weights.parts * np.maximum.reduce(parts)
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
    shares = {name: getattr(weights, name) for name in signals}
    shares |= {} if query.during else {"time": 0.0}
    shares |= {} if query.about else {"speaker": 0.0}
    score = sum((shares[name] * values for name, values in signals.items()), base) / (1 + sum(shares.values()))
    fresh = freshness(index, query.renewed)
    score *= 1 - weights.decay * (1 - fresh)
    every_score = score.copy()
    score[~wanted] = 0.0
    messages = _best(index, score, limit)
    every = {
        "bm25": whole.words.bm25,
        "coverage": whole.words.coverage,
        "cosine": whole.meaning.cosine,
        "late_interaction": whole.tokens,
        "own": base,
        **signals,
        "freshness": fresh,
    }
    return Ranking(
        messages=messages,
        scores=score[messages],
        signals={name: values[messages] for name, values in every.items()},
        every=every,
        wanted=wanted,
        support=support_of(index, query.names, whole.words, whole.meaning, wanted),
        without_vector=whole.meaning.missing,
        whole=every_score,
        worth=whole.words.worth,
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


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """What the arms say of every message, and their mean."""

    words: Lexical
    meaning: Dense
    tokens: Scores
    base: Scores


def _heard(
    index: SpaceIndex, asked: Asked, known: NDArray[np.bool_], wanted: NDArray[np.bool_], weights: Weights
) -> _Heard:
    words, meaning = lexical(index, asked.words), dense(index, asked.vector)
    tokens = _compared(index, asked.vector, _fused([(1.0, words.bm25), (1.0, meaning.cosine)], known), wanted)
    by_vectors = weights.meaning if tokens.any() else weights.words
    arms = [(weights.words, words.bm25), (by_vectors, meaning.cosine), (weights.tokens, tokens)]
    return _Heard(words, meaning, tokens, _fused(arms, known))


def _fused(arms: Sequence[tuple[float, Scores]], known: NDArray[np.bool_]) -> Scores:
    """Return the mean, by their weights, of the arms that have anything to say, each from 0 to 1."""
    heard = [(weight, scaled) for weight, arm in arms if (scaled := _scaled(arm, known)) is not None]
    total = sum(weight for weight, _ in heard)
    return sum((weight * arm for weight, arm in heard), np.zeros(len(known))) / (total or 1.0)


def _scaled(arm: Scores, known: NDArray[np.bool_]) -> Scores | None:
    positive = np.where(known, np.maximum(arm, 0.0), 0.0)
    best = float(positive.max(initial=0.0))
    return positive / best if best > 0 else None


def _compared(index: SpaceIndex, vector: QueryVector | None, base: Scores, wanted: NDArray[np.bool_]) -> Scores:
    """(n,): for the best so far, by how much their tokens' nearness exceeds the median among them; else 0.

    What has no tokens gets as much of the best as it has by words and meaning.
    """
    places = _best(index, base, COMPARED)
    if not wanted.all():
        places = np.union1d(places, _best(index, np.where(wanted, base, 0.0), COMPARED))
    places.sort()
    score = np.zeros(len(index))
    found = late(index, vector, places)
    heard = ~np.isnan(found)
    if heard.any():
        score[places[heard]] = np.maximum(found[heard] - _median(found[heard]), 0.0)
        score[places[~heard]] = base[places[~heard]] * score.max()
    return score


def _median(values: Scores) -> float:
    """Return the median; NumPy's own takes ten times as long for so few."""
    ordered, size = np.sort(values), len(values)
    return float(ordered[(size - 1) // 2] + ordered[size // 2]) / 2


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
