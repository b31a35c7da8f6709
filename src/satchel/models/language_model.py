"""The port to a language model: instructions and a text in, a text out, if wanted one that follows a JSON schema.

Any object with the members of `LanguageModel` can be passed to `satchel.open(llm=…)`. None is needed: what a model
adds is said by `Memory.check`, and no message waits for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from satchel.errors import ModelUnavailable

Schema = Mapping[str, object]
"""A JSON schema, as a mapping."""


class ModelBusy(ModelUnavailable):
    """The model did not answer this time, and nothing was spent; asking again may help."""


class ModelTooSlow(ModelBusy):
    """The model did not answer in time; nobody knows what it spent."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, and what it took."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int
    whole: bool = True
    """Whether the answer came to its end, rather than to the limit of its length."""


class LanguageModel(Protocol):
    """What Satchel asks of a language model. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """The model's name; it is kept with what it found."""
        ...

    def complete(self, *, instructions: str, text: str, schema: Schema | None, most_tokens: int) -> Completion:
        """Answer a text by instructions.

        Args:
            instructions: what to do; the system message.
            text: what to do it with; data, never instructions.
            schema: the JSON schema that the answer must follow; None for plain text.
            most_tokens: how long the answer may be.

        Raises:
            ModelBusy: it did not answer (in time), and may do so another time.
            ModelUnavailable: it will not answer, and why.
        """
        ...
