"""The word pieces of the MiniLM family, from the vendored file."""

from importlib import import_module
from pathlib import Path
from typing import Any

from satchel.errors import ModelUnavailable
from satchel.models.weights import verified

_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_TOKENIZER = Path(__file__).parent / "data" / "minilm_tokenizer.json"


def load_tokenizer() -> Any:
    """Return the tokenizer, without truncation or padding.

    Raises:
        ModelUnavailable: the package or the file is missing, or the file is another one.
    """
    try:
        package = import_module("tokenizers")
    except ImportError as error:
        raise ModelUnavailable(f"the bundled models need {error.name}: pip install {error.name}") from error
    tokenizer = package.Tokenizer.from_file(str(verified(_TOKENIZER, sha256=_TOKENIZER_SHA256)))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
