"""What a question means before it meets a space: its texts and their vectors; and then what it asks of an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from satchel.errors import ModelUnavailable
from satchel.extract.questions import names_asked, parts_of, speakers_named, times_asked, wants_advice
from satchel.models.embedding import Embedder, embedded_query
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Asked, Filter, Query, QueryVector
from satchel.retrieve.terms import query_terms


@dataclass(frozen=True, slots=True)
class Meant:
    """A question and its parts."""

    texts: tuple[str, ...]
    """The question itself, then its parts."""
    vectors: tuple[QueryVector | None, ...]
    """What each means; None where no embedder could be used."""
    degraded: tuple[str, ...] = ()


def meant(text: str, embedder: Embedder | None) -> Meant:
    """Return what a question means; by its words alone, and said so, where the embedder cannot be used."""
    texts = (text, *parts_of(text))
    if embedder is None:
        return by_words(text, "there is no embedder")
    try:
        vectors = tuple(QueryVector.of(embedded_query(embedder, one), embedder.name) for one in texts)
        long = len(text) > embedder.max_tokens and len(embedder.tokens(text)) > embedder.max_tokens
    except ModelUnavailable as error:
        return by_words(text, str(error))
    cut = (f"only the first {embedder.max_tokens} tokens of the query count for its meaning",) if long else ()
    return Meant(texts, vectors, cut)


def by_words(text: str, why: str) -> Meant:
    """Return a question without vectors."""
    texts = (text, *parts_of(text))
    return Meant(texts, (None,) * len(texts), (f"searched by words alone: {why}",))


def query_of(
    question: Meant,
    index: SpaceIndex,
    chosen: Filter,
    *,
    at: datetime,
    zone: ZoneInfo,
    renewed: Mapping[str, int] | None = None,
) -> Query:
    """Return what a question asks of an index, and the times, speakers and names that it has.

    Args:
        question: its texts and vectors.
        index: of the space.
        chosen: the filter.
        at: when it is asked.
        zone: the time zone that days are meant in.
        renewed: message id → when it was last found useful, in microseconds.
    """
    text = question.texts[0]
    whole, *parts = (
        Asked(query_terms(one, index.languages, spoken=index.spoken), vector)
        for one, vector in zip(question.texts, question.vectors, strict=True)
    )
    advice = wants_advice(text)
    return Query(
        whole=whole,
        parts=tuple(parts),
        filter=chosen,
        during=() if advice else times_asked(text, at=at, zone=zone),  # "a film for tonight": nothing said tonight
        about=speakers_named(text, index.speakers),
        names=query_terms(_names(text, index), index.languages, spoken=index.spoken),
        advice=advice,
        renewed=renewed or {},
    )


def _names(text: str, index: SpaceIndex) -> str:
    """Return the words that are written as names, where that tells names from other words."""
    return "" if _ALL_NOUNS & {*index.spoken} else names_asked(text)


_ALL_NOUNS = frozenset(("de", "lb"))
"""Languages that write every noun with a capital."""
