"""Asking a language model: limits, the ledger, faults, and what counts as an answer."""

import threading
from collections.abc import Mapping

import pytest

import satchel
from satchel.errors import ModelUnavailable
from satchel.learn.answering import UnusableAnswer
from satchel.learn.consulting import Answer, consult
from satchel.learn.prompts import Prompt
from satchel.models.language_model import Completion, ModelBusy, ModelTooSlow
from satchel.models.metering import Meter
from satchel.testing import HashEmbedder, Scripted, ScriptedModel, SteppingClock

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"], "additionalProperties": False}
ASKED = Prompt("count", 3, "Count.", SCHEMA, "abc")


def opened(model: object, limits: satchel.ModelLimits | None = None) -> satchel.Space:
    memory = satchel.open(":memory:", embedder=HashEmbedder(), clock=SteppingClock(), llm=model, llm_limits=limits)  # type: ignore[arg-type]
    memory._engine.meter.sleep = lambda _: None
    space = memory.space("alice")
    space.add("hello")
    return space


def ask(space: satchel.Space, text: str = "one two", most_tokens: int = 100) -> Answer:
    return consult(space._engine, space._place, ASKED, text, most_tokens=most_tokens)


def scripted(*answers: Scripted) -> tuple[satchel.Space, ScriptedModel]:
    model = ScriptedModel(answers)
    return opened(model), model


def test_an_answer_carries_the_model_and_the_prompt() -> None:
    space, model = scripted({"n": 2})
    assert ask(space) == Answer({"n": 2}, "scripted", "count@3#abc")
    assert (model.asked[0].instructions, model.asked[0].text, model.asked[0].schema) == ("Count.", "one two", SCHEMA)


def test_without_a_model_the_error_says_what_to_do() -> None:
    with pytest.raises(ModelUnavailable, match=r"satchel\.open\(llm=…\)"):
        ask(opened(None))


def test_what_stands_around_the_json_does_not_matter() -> None:
    space, _ = scripted('Sure!\n```json\n{"n": 2}\n```\nAnything else?')
    assert ask(space).value == {"n": 2}


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "  \n",
        '{"n": 2',
        "I cannot help with that.",
        "[1, 2]",
        '{"n": "two"}',
        "{}",
        '{"n": 2, "m": 3}',
        "{" * 100_000,
        '{"n": ' * 50_000,
        '{"n": ' + "9" * 5_000 + "}",
    ],
)
def test_what_is_no_answer_is_told_from_a_model_that_is_not_there(garbage: str) -> None:
    model = ScriptedModel([garbage, {"n": 1}])
    with pytest.raises(UnusableAnswer):
        ask(opened(model), most_tokens=200_000)
    assert len(model.asked) == 1, "the same question has the same answer: it is for the caller to ask another"


def test_an_answer_that_was_cut_off_is_none() -> None:
    space, _ = scripted('{"n": 2}' + " " * 1_000)
    with pytest.raises(UnusableAnswer, match="cut off"):
        ask(space, most_tokens=3)


def test_a_busy_model_is_asked_again_and_each_call_is_entered() -> None:
    space, model = scripted(ModelBusy("full"), ModelBusy("full"), {"n": 2})
    assert ask(space).value == {"n": 2}
    (spent,) = space.spending()
    assert (spent.purpose, spent.calls, spent.failed) == ("count", 3, 2)
    assert (spent.tokens_in, spent.tokens_out, spent.cost) == (4, 2, None)
    assert len(model.asked) == 3


def test_a_model_that_stays_busy_is_given_up() -> None:
    space, model = scripted(*[ModelBusy("full")] * 9)
    with pytest.raises(ModelBusy):
        ask(space)
    assert len(model.asked) == 3


def test_a_refused_call_is_not_repeated() -> None:
    space, model = scripted(ModelUnavailable("wrong key"), {"n": 1})
    with pytest.raises(ModelUnavailable, match="wrong key"):
        ask(space)
    assert len(model.asked) == 1


class Hanging:
    """A model that never comes back."""

    name = "hanging"

    def __init__(self) -> None:
        self.released = threading.Event()

    def complete(self, **_: object) -> Completion:
        self.released.wait(30)
        return Completion("", "hanging", 0, 0)


def test_a_model_that_hangs_is_left_behind_and_counts_with_all_it_may_have_taken() -> None:
    model = Hanging()
    space = opened(model, satchel.ModelLimits(seconds=0.05, attempts=2))
    with pytest.raises(ModelTooSlow, match=r"0\.05 seconds"):
        ask(space)
    model.released.set()
    (spent,) = space.spending()
    assert (spent.calls, spent.failed, spent.tokens) == (2, 2, 2 * (2 + 2 + 100))


def test_a_days_budget_of_a_space_is_never_exceeded() -> None:
    model = ScriptedModel([{"n": 1}] * 9)
    space = opened(model, satchel.ModelLimits(tokens_a_day=115))
    ask(space)
    ask(space)
    with pytest.raises(ModelUnavailable, match="used up"):
        ask(space)
    assert len(model.asked) == 2
    assert sum(one.tokens for one in space.spending()) == 12


def test_the_next_day_has_a_budget_of_its_own() -> None:
    clock = SteppingClock()
    limits = satchel.ModelLimits(tokens_a_day=105, tokens_a_day_in_all=105)
    model = ScriptedModel([{"n": 1}] * 9)
    memory = satchel.open(":memory:", embedder=HashEmbedder(), clock=clock, llm=model, llm_limits=limits)
    space = memory.space("alice")
    space.add("hello")
    ask(space)
    with pytest.raises(ModelUnavailable):
        ask(space)
    clock.now = clock.now.replace(day=2)
    ask(space)
    assert [one.day.day for one in space.spending()] == [1, 2]
    assert [one.day.day for one in space.spending(since="2026-01-02")] == [2]


def test_the_budget_of_all_spaces_is_one() -> None:
    model = ScriptedModel([{"n": 1}] * 9)
    alice = opened(model, satchel.ModelLimits(tokens_a_day_in_all=120))
    bob = satchel.Space(alice._engine, alice._engine.place("default", "bob"))
    bob.add("hello")
    ask(alice)
    ask(bob)
    ask(alice)
    with pytest.raises(ModelUnavailable, match="of this memory"):
        ask(bob)


def test_a_model_that_is_switched_off_is_not_asked() -> None:
    model = ScriptedModel([{"n": 1}] * 2)
    memory = satchel.open(":memory:", embedder=HashEmbedder(), llm=model, llm_limits=satchel.ModelLimits(off=True))
    space = memory.space("alice")
    space.add("hello")
    with pytest.raises(ModelUnavailable, match="switched off"):
        ask(space)
    memory.limit_model(satchel.ModelLimits())
    assert ask(space).value == {"n": 1}


def test_prices_make_costs() -> None:
    space = opened(ScriptedModel([{"n": 1}]), satchel.ModelLimits(price_in=1.0, price_out=10.0))
    ask(space)
    (spent,) = space.spending()
    assert spent.cost == pytest.approx((4 * 1 + 2 * 10) / 1e6)


def test_calls_are_spread_over_the_minute() -> None:
    waited: list[float] = []
    meter = Meter(satchel.ModelLimits(calls_a_minute=6), now=lambda: 100.0, sleep=waited.append)
    for _ in range(4):
        meter.wait_for_turn()
    assert waited == [10, 20, 30]
    with pytest.raises(ModelBusy, match="6 calls a minute"):
        meter.wait_for_turn()


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"tokens_a_day": 0}, {"attempts": -1}])
def test_limits_that_make_no_sense_are_refused(wrong: Mapping[str, int]) -> None:
    with pytest.raises(satchel.InvalidInput, match=next(iter(wrong))):
        satchel.ModelLimits(**wrong)  # type: ignore[arg-type]


def test_the_ledger_stays_when_messages_are_forgotten() -> None:
    space, _ = scripted({"n": 2})
    ask(space)
    space.forget([one.id for one in space.messages()])
    assert space.spending()[0].calls == 1
