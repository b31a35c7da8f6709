"""The arms of scoring: words in common (BM25), nearness in meaning (cosine), and word by word (late interaction)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from satchel.retrieve.index import Part, SpaceIndex
from satchel.retrieve.numbers import unpack_tokens
from satchel.retrieve.query import QueryVector

Scores = NDArray[np.float64]

K1 = 0.9
B = 0.4
"""Settings of BM25 for short texts, as in Anserini (Lin et al. 2021); 0.9 and 0.4 gave 64.2 R@10 on the development
half of LoCoMo where 1.2 and 0.75 gave 63.1."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """What the words in common say."""

    bm25: Scores
    """(n,)"""
    coverage: Scores
    """(n,): the share of the query's information (sum of idf) whose words a message has."""
    worth: dict[int, float]
    """Of each of the query's terms, the information (idf) of its word."""


def lexical(index: SpaceIndex, words: tuple[tuple[int, ...], ...]) -> Lexical:
    """Score every message by BM25 with the statistics of this space alone.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf of Lucene,
    ln(1 + (n - df + 0.5) / (df + 0.5)), which is never negative.
    """
    size = len(index)
    bm25, matched, total = np.zeros(size), np.zeros(size), 0.0
    worth: dict[int, float] = {}
    mean = max(int(index.length.sum(dtype=np.int64)) / size, 1.0) if size else 1.0
    for terms in words:
        found = [_postings(part, offset, terms) for part, offset in zip(index.parts, index.offsets, strict=False)]
        frequency = sum(len(messages) for messages, _ in found)
        idf = log(1 + (size - frequency + 0.5) / (frequency + 0.5))
        total += idf
        worth |= {term: max(idf, worth.get(term, 0.0)) for term in terms}
        for messages, counts in found:
            norm = K1 * (1 - B + B * index.length[messages] / mean)
            bm25[messages] += idf * counts * (K1 + 1) / (counts + norm)
            matched[messages] += idf
    return Lexical(bm25, matched / total if total else matched, worth)


def occur(index: SpaceIndex, words: tuple[tuple[int, ...], ...]) -> list[bool]:
    """Return for each word whether any message has one of its terms."""
    return [any(len(_postings(part, 0, terms)[0]) for part in index.parts) for terms in words]


def information(index: SpaceIndex, terms: Iterable[int]) -> dict[int, float]:
    """Return how much information (idf) each of some terms carries in this space."""
    counts = {term: sum(len(_postings(part, 0, (term,))[0]) for part in index.parts) for term in terms}
    return {term: log(1 + (len(index) - count + 0.5) / (count + 0.5)) for term, count in counts.items()}


def having(index: SpaceIndex, words: tuple[tuple[int, ...], ...]) -> NDArray[np.int64]:
    """Return the places, ascending, of the messages that have every word: for each one of its terms."""
    found: NDArray[np.int64] | None = None
    for terms in words:
        places = [_postings(part, offset, terms)[0] for part, offset in zip(index.parts, index.offsets, strict=False)]
        every = np.concatenate([np.zeros(0, np.int64), *places])
        found = every if found is None else np.intersect1d(found, every)
    return np.zeros(0, np.int64) if found is None else np.sort(found)


def _postings(part: Part, offset: int, terms: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    block = part.block
    messages: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int32]] = []
    for term in terms:
        at = int(np.searchsorted(block.terms, np.uint64(term)))
        if at < len(block.terms) and int(block.terms[at]) == term:
            span = slice(int(block.first[at]), int(block.first[at + 1]))
            messages.append(block.posted[span].astype(np.int64) + offset)
            counts.append(block.count[span])
    if len(messages) == 1:
        return messages[0], counts[0]
    if not messages:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    together, at = np.unique(np.concatenate(messages), return_inverse=True)
    return together, np.bincount(at, weights=np.concatenate(counts)).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """(n,): the cosine of each message's nearest window, and how many messages have no comparable vector."""

    cosine: Scores
    missing: int


def dense(index: SpaceIndex, vector: QueryVector | None) -> Dense:
    """Score every message by the cosine of its nearest window to the query; 0 where there is no vector."""
    cosine = np.zeros(len(index))
    missing = 0
    for part, offset in zip(index.parts, index.offsets, strict=False):
        if vector is None or part.block.embedder != vector.embedder:
            missing += len(part.block)
            continue
        nearest = _cosines(part, vector)
        if len(nearest) > len(part.block):
            nearest = np.maximum.reduceat(nearest, part.vector_starts)
        cosine[offset : offset + len(part.block)] = nearest
    return Dense(cosine, missing)


def late(index: SpaceIndex, vector: QueryVector | None, places: NDArray[np.int64]) -> Scores:
    """Score some messages, by their ascending places, token by token; NaN for those without tokens to compare.

    Khattab and Zaharia, "ColBERT" (SIGIR 2020): the mean, over the query's tokens, of the cosine of the message's
    nearest token; here a weighted one.
    """
    score = np.full(len(places), np.nan)
    if vector is None or not len(vector.tokens):
        return score
    for part, offset in zip(index.parts, index.offsets, strict=False):
        first, last = np.searchsorted(places, [offset, offset + len(part.block)]).tolist()
        if first < last and part.block.embedder == vector.embedder and part.block.tokens.shape[1]:
            score[first:last] = _best_tokens(part, vector, places[first:last] - offset)
    return score


def _best_tokens(part: Part, vector: QueryVector, messages: NDArray[np.int64]) -> Scores:
    counts = part.block.token_count[messages].astype(np.int64)
    having = counts > 0
    score = np.full(len(messages), np.nan)
    if not having.any():
        return score
    starts = np.cumsum(part.block.token_count, dtype=np.int64)[messages[having]] - counts[having]
    firsts = np.concatenate([[0], np.cumsum(counts[having])])
    rows = np.arange(int(firsts[-1]), dtype=np.int64) + np.repeat(starts - firsts[:-1], counts[having])
    numbers = unpack_tokens(part.block.tokens.take(rows, axis=0), vector.tokens.shape[1])
    lengths = np.sqrt(np.einsum("kd,kd->k", numbers, numbers))
    products = numbers @ vector.tokens.T
    products /= np.maximum(lengths, 1)[:, np.newaxis]
    # Not a matrix product, whose order of addition may depend on how many messages there are.
    score[having] = (np.maximum.reduceat(products, firsts[:-1]) * vector.weights).sum(axis=1)
    return score


def best_window(index: SpaceIndex, message: int, vector: QueryVector | None) -> tuple[int, int] | None:
    """Return the characters of a message that are nearest to the query."""
    at = bisect_right(index.offsets, message) - 1
    part, inside = index.parts[at], message - index.offsets[at]
    start, end = np.searchsorted(part.block.owner, [inside, inside + 1]).tolist()
    if vector is None or part.block.embedder != vector.embedder or start == end:
        return None
    if end - start > 1:
        start += int(((part.block.matrix[start:end] @ vector.numbers) * part.block.scale[start:end]).argmax())
    first, last = part.block.window[start].tolist()
    return first, last


def _cosines(part: Part, vector: QueryVector) -> Scores:
    products = part.block.matrix @ vector.numbers
    return products.astype(np.float64) * (part.block.scale.astype(np.float64) * vector.scale)
