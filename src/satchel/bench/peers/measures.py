"""What a system's answers are worth: pure functions of what it found and what should have been found."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from satchel.bench.dataset import Conversation, Question
from satchel.bench.metrics import mean, recall
from satchel.bench.peers.exchange import Answer, Response
from satchel.errors import InvalidInput
from satchel.inject.block import count_tokens

DEPTHS = (5, 10, 20, 50)
BUDGET = 2000
INSIDE = f"inside {BUDGET}"
COMPOSED = f"composed {BUDGET}"

_Asked = tuple[Question, Answer]


def figures(conversations: Sequence[Conversation], response: Response) -> Mapping[str, float]:
    """Return means over all questions, from 0 to 1: `recall@k`, `inside n`, and `composed n` where there is one.

    `inside` fills a context of n tokens with the hits' turns; `composed` is of the context that the system makes.

    Raises:
        InvalidInput: there is not one answer for each question.
    """
    asked = [(one, _pairs(one, response)) for one in conversations]
    pairs = [pair for _, own in asked for pair in own]
    found = {f"recall@{k}": _mean(pairs, lambda q, a, k=k: recall(_ranked(a.hits), q.gold, k)) for k in DEPTHS}
    inside = [
        _share(within(answer.deep, _lines(conversation), BUDGET), question)
        for conversation, own in asked
        for question, answer in own
    ]
    composed = [_share(answer.composed, question) for question, answer in pairs if answer.composed is not None]
    own = {COMPOSED: round(mean(composed), 4)} if len(composed) == len(pairs) else {}
    return {**found, INSIDE: round(mean(inside), 4), **own}


def within(ids: Iterable[str], lines: Mapping[str, str], budget: int) -> Sequence[str]:
    """Return the ids whose lines fit into a prompt of so many tokens, taken in order; one too long is passed over."""
    taken: list[str] = []
    text = ""
    for one in dict.fromkeys(ids):
        longer = f"{text}\n{lines[one]}" if text else lines[one]
        if count_tokens(longer) <= budget:
            taken.append(one)
            text = longer
    return taken


def _pairs(conversation: Conversation, response: Response) -> list[_Asked]:
    answers = response.answers.get(conversation.id, ())
    if len(answers) != len(conversation.questions):
        raise InvalidInput(f"{conversation.id}: {len(answers)} answers for {len(conversation.questions)} questions")
    return list(zip(conversation.questions, answers, strict=True))


def _lines(conversation: Conversation) -> Mapping[str, str]:
    return {turn.id: f"{turn.speaker or turn.role}: {turn.text}" for turn in conversation.turns}


def _ranked(hits: Sequence[str]) -> Sequence[frozenset[str]]:
    return [frozenset((one,)) for one in dict.fromkeys(hits)]


def _share(found: Iterable[str], question: Question) -> float:
    return len(question.gold.intersection(found)) / len(question.gold)


def _mean(pairs: Sequence[_Asked], measure: Callable[[Question, Answer], float]) -> float:
    return round(mean([measure(question, answer) for question, answer in pairs]), 4)
