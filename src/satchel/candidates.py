"""From ranked messages to hits, and to what of each may be quoted in a context.

A short answer brings the question before it; every candidate can be cut to the sentence that fits the question best.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from satchel.inject.compose import Candidate
from satchel.model import Hit, Message, Source
from satchel.retrieve.arms import best_window
from satchel.retrieve.briefs import best_sentence
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import QueryVector
from satchel.retrieve.rank import Ranking
from satchel.sentences import last_question

_SHORT_ANSWER = 40
"""Characters: a message of so many may need the question before it to be understood."""
_LONGEST_QUESTION = 300


def asked_before(index: SpaceIndex, ranking: Ranking, found: Sequence[Message]) -> list[str]:
    """Return the ids of the questions, among those that the filters let pass, that short messages answer."""
    before = index.neighbours[0]
    places = ranking.messages.tolist()
    short = (place for place, one in zip(places, found, strict=True) if len(one.content) <= _SHORT_ANSWER)
    asking = (int(before[one]) for one in short if before[one] < len(index))
    return [index.id_at(one) for one in dict.fromkeys(asking) if index.asks[one] and ranking.wanted[one]]


def candidates_of(
    index: SpaceIndex,
    ranking: Ranking,
    vector: QueryVector | None,
    found: Sequence[Message],
    questions: Mapping[str, Message],
    *,
    explain: bool,
) -> tuple[Candidate, ...]:
    """Return the candidates of the ranked messages.

    Args:
        index: of the space.
        ranking: of its messages.
        vector: what the question means.
        found: the ranked messages themselves, in that order.
        questions: by their ids, what short answers among them answer.
        explain: whether the hits get the signals behind their scores.
    """
    candidates: list[Candidate] = []
    for rank, message in enumerate(found):
        place = int(ranking.messages[rank])
        before = _before(index, place)
        asked = questions.get(before or "") if len(message.content) <= _SHORT_ANSWER else None
        window = best_window(index, place, vector) or (0, len(message.content))
        score = float(ranking.scores[rank])
        signals = {name: float(values[rank]) for name, values in ranking.signals.items()} if explain else {}
        candidates.append(
            Candidate(
                hit=_hit(message, window, score, signals),
                follows=before,
                answers=_question(index, int(index.neighbours[0][place]), asked, score) if asked else None,
                brief=partial(best_sentence, message.content, ranking.worth, message.language),
            )
        )
    return tuple(candidates)


def _question(index: SpaceIndex, place: int, asked: Message, score: float) -> Candidate | None:
    """Return the question of a message at a place, unless that is too long to be quoted beside an answer."""
    span = last_question(asked.content)
    if span[1] - span[0] > _LONGEST_QUESTION:
        return None
    return Candidate(_hit(asked, span, score, {}), _before(index, place))


def _before(index: SpaceIndex, place: int) -> str | None:
    """Return the id of the message before one in its session."""
    earlier = int(index.neighbours[0][place])
    return index.id_at(earlier) if earlier < len(index) else None


def _hit(message: Message, window: tuple[int, int], score: float, signals: Mapping[str, float]) -> Hit:
    return Hit(
        id=message.id,
        kind="message",
        text=message.content,
        score=score,
        said_at=message.said_at,
        trust=message.trust,
        sources=(Source(message.id, *window),),
        role=message.role,
        speaker=message.speaker,
        session=message.session,
        metadata=message.metadata,
        signals=signals,
    )
