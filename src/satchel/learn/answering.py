"""From what a language model wrote to the JSON that was asked for; pure."""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from satchel.errors import ModelUnavailable
from satchel.models.language_model import Completion, Schema

_DECODER = json.JSONDecoder()


class UnusableAnswer(ModelUnavailable):
    """The model answered, but not what it was asked for."""


def read_answer(completion: Completion, schema: Schema) -> Mapping[str, object]:
    """Return the JSON object of an answer; what stands around it, such as a code fence, does not matter.

    Raises:
        UnusableAnswer: there is none, it was cut off, or it does not follow the schema.
    """
    if not completion.text.strip():
        raise UnusableAnswer(f"{completion.model} answered nothing")
    if not completion.whole:
        raise UnusableAnswer(f"{completion.model} was cut off at {completion.tokens_out} tokens")
    value = _object_in(completion)
    validator: Any = import_module("fastjsonschema")
    try:
        validator.validate(dict(schema), value)
    except validator.JsonSchemaException as error:
        raise UnusableAnswer(f"{completion.model} answered other JSON than was asked for: {error.name}") from None
    return value


def _object_in(completion: Completion) -> Mapping[str, object]:
    start = completion.text.find("{")
    try:
        value = _DECODER.raw_decode(completion.text, start)[0] if start >= 0 else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UnusableAnswer(f"{completion.model} answered no JSON")
    return cast(Mapping[str, object], value)
