"""From the outcomes of questions to one row of figures for each category and one for all together."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from satchel.bench.metrics import all_found, any_found, mean, ndcg, recall
from satchel.bench.retrieval import BUDGETS, Outcome

DEPTHS = (5, 10, 20, 50)
OVERALL = "overall"

Measure = Callable[[Outcome], float]


class Row(TypedDict):
    """The figures of one category: means over its questions, shares from 0 to 1."""

    category: str
    questions: int
    with_evidence_turns: int
    """Questions whose evidence is known by the turn; the others count for sessions only."""
    figures: Mapping[str, float]


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row for each category in alphabetical order, then the overall one."""
    categories = sorted({outcome.question.category for outcome in outcomes})
    own = [[one for one in outcomes if one.question.category == category] for category in categories]
    return [*map(_row, categories, own), _row(OVERALL, outcomes)]


def _row(category: str, outcomes: Sequence[Outcome]) -> Row:
    by_turn = [one for one in outcomes if one.gold]
    figures = {name: mean([measure(one) for one in by_turn]) for name, measure in _BY_TURN.items()}
    figures |= {name: mean([measure(one) for one in outcomes]) for name, measure in _BY_SESSION.items()}
    figures["unsupported"] = mean([float(not one.supported) for one in outcomes])
    return Row(
        category=category,
        questions=len(outcomes),
        with_evidence_turns=len(by_turn),
        figures={name: round(value, 4) for name, value in figures.items()},
    )


def _turns(measure: Callable[..., float], k: int) -> Measure:
    return lambda one: measure(one.ranked, one.gold, k)


def _sessions(measure: Callable[..., float], k: int) -> Measure:
    return lambda one: measure(one.ranked_sessions, one.question.sessions, k)


def _inside(budget: int) -> Measure:
    return lambda one: len(one.contexts[budget].found) / len(one.gold)


def _whole(budget: int) -> Measure:
    return lambda one: len(one.contexts[budget].found - one.contexts[budget].in_part) / len(one.gold)


def _tokens(budget: int) -> Measure:
    return lambda one: one.contexts[budget].tokens


def _saved(budget: int) -> Measure:
    return lambda one: 1 - one.contexts[budget].tokens / one.history_tokens


_BY_TURN: Mapping[str, Measure] = {
    **{f"recall@{k}": _turns(recall, k) for k in DEPTHS},
    **{f"any@{k}": _turns(any_found, k) for k in DEPTHS},
    **{f"all@{k}": _turns(all_found, k) for k in DEPTHS},
    "ndcg@10": _turns(ndcg, 10),
    **{f"inside {budget}": _inside(budget) for budget in BUDGETS},
    **{f"whole inside {budget}": _whole(budget) for budget in BUDGETS},
}
_BY_SESSION: Mapping[str, Measure] = {
    **{f"session recall@{k}": _sessions(recall, k) for k in DEPTHS},
    **{f"session any@{k}": _sessions(any_found, k) for k in DEPTHS},
    **{f"session all@{k}": _sessions(all_found, k) for k in DEPTHS},
    **{f"tokens {budget}": _tokens(budget) for budget in BUDGETS},
    **{f"saved {budget}": _saved(budget) for budget in BUDGETS},
    "history tokens": lambda one: one.history_tokens,
}
