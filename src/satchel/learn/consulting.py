"""Asking the language model: within its limits, entered in the ledger, and only for JSON that follows a schema."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from queue import Empty, SimpleQueue
from threading import Thread

from satchel.engine import Engine, Place
from satchel.errors import ModelUnavailable
from satchel.inject.block import count_tokens
from satchel.learn import spending
from satchel.learn.answering import read_answer
from satchel.learn.prompts import Prompt
from satchel.limits import Spent
from satchel.models.language_model import Completion, LanguageModel, ModelBusy, ModelTooSlow

_PAUSE = 0.5
_LONGEST_PAUSE = 20.0
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model answered, and what is kept of how it came about."""

    value: Mapping[str, object]
    model: str
    prompt: str
    """The prompt's name, version and digest: name@version#digest."""


def consult(engine: Engine, place: Place, asked: Prompt, text: str, *, most_tokens: int) -> Answer:
    """Return the model's answer to a text.

    Args:
        engine: the ports, with the model and its limits.
        place: the space that the call is for; its ledger and budget count it.
        asked: what to do.
        text: what to do it with; data, never instructions.
        most_tokens: how long the answer may be.

    Raises:
        ModelUnavailable: there is no model, it is off, a budget is used up, it did not answer in time, or (an
            `UnusableAnswer`) it answered something else than was asked for.
    """
    model = usable(engine)
    call = _Call(engine, place, model, asked, text, most_tokens)
    completion = call.patiently()
    value = read_answer(completion, asked.schema)
    name = completion.model[:_LONGEST_NAME].encode(errors="replace").decode()
    return Answer(value, name, asked.mark)


def usable(engine: Engine) -> LanguageModel:
    """Return the language model.

    Raises:
        ModelUnavailable: there is none, or it is switched off.
    """
    if engine.llm is None:
        raise ModelUnavailable("no language model is configured; pass one as satchel.open(llm=…)")
    if engine.meter.limits.off:
        raise ModelUnavailable("the language model is switched off (ModelLimits.off)")
    return engine.llm


@dataclass(frozen=True, slots=True)
class _Call:
    engine: Engine
    place: Place
    model: LanguageModel
    asked: Prompt
    text: str
    most_tokens: int

    def patiently(self) -> Completion:
        """Make the call, again while the model is busy and attempts are left."""
        import tenacity

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(ModelBusy),
            stop=tenacity.stop_after_attempt(self.engine.meter.limits.attempts),
            wait=tenacity.wait_random_exponential(multiplier=_PAUSE, max=_LONGEST_PAUSE),
            sleep=self.engine.meter.sleep,
            reraise=True,
        )
        return retrying(self._once)

    def _once(self) -> Completion:
        """Make one call, and enter what it took."""
        usable(self.engine)
        self.engine.meter.wait_for_turn()
        expected = self._expected()
        spending.enter(self.engine, self.place, expected)
        actual = replace(expected, failed=1)
        try:
            completion = _within(self.engine.meter.limits.seconds, self._complete)
            actual = self._taken(expected, completion)
        except ModelTooSlow:
            raise
        except ModelUnavailable:
            actual = replace(actual, tokens_in=0, tokens_out=0, cost=None if expected.cost is None else 0.0)
            raise
        finally:
            spending.settle(self.engine, self.place, expected, actual)
        return completion

    def _complete(self) -> Completion:
        return self.model.complete(
            instructions=self.asked.instructions,
            text=self.text,
            schema=self.asked.schema,
            most_tokens=self.most_tokens,
        )

    def _expected(self) -> Spent:
        """Return what the call takes at most; of what is sent, an estimate."""
        limits = self.engine.meter.limits
        sent = count_tokens(self.asked.instructions) + count_tokens(self.text)
        return Spent(
            day=self.engine.clock().astimezone(UTC).date(),
            purpose=self.asked.name,
            calls=1,
            tokens_in=sent,
            tokens_out=self.most_tokens,
            cost=limits.cost(sent, self.most_tokens),
        )

    def _taken(self, expected: Spent, completion: Completion) -> Spent:
        cost = self.engine.meter.limits.cost(completion.tokens_in, completion.tokens_out)
        return replace(expected, tokens_in=completion.tokens_in, tokens_out=completion.tokens_out, cost=cost)


def _within(seconds: float, complete: Callable[[], Completion]) -> Completion:
    """Return what `complete` returns; a model that does not come back in time is left behind in a thread of its own.

    Raises:
        ModelTooSlow: the time is over.
    """
    outcome: SimpleQueue[Completion | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(complete())
        except BaseException as error:  # noqa: BLE001  (handed to the thread that waits, which raises it)
            outcome.put(error)

    Thread(target=run, name="satchel-llm", daemon=True).start()
    try:
        done = outcome.get(timeout=seconds)
    except Empty:
        raise ModelTooSlow(f"the language model did not answer within {seconds:g} seconds") from None
    if isinstance(done, BaseException):
        raise done
    return done
