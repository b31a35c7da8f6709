"""Words, stems and stop words: what lexical search compares.

A term is the 64-bit BLAKE2b digest of a stem, so that an index needs no dictionary: with a million different stems
the chance that any two collide is about one in forty million. Stemming follows the language of each message
(Snowball); a query is stemmed in every language that the space has.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

STOP_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(listed.split())
    for language, listed in tomllib.loads(
        files("satchel.retrieve").joinpath("stop_words.toml").read_text("utf-8")
    ).items()
}
"""Words that questions are made of, by language; they name nothing that was said."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""A run of letters that are written without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


def message_terms(text: str, language: str) -> Mapping[int, int]:
    """Return how often each term occurs in a message of this language."""
    return Counter(term for word in words(text) if (term := _term(word, language)) is not None)


def query_terms(text: str, languages: Iterable[str], *, spoken: Iterable[str] = ("en",)) -> tuple[tuple[int, ...], ...]:
    """Return, for each word of a query, the terms that it may have in messages of these languages.

    Args:
        text: the query.
        languages: of the messages.
        spoken: those of many messages; their stop words are left out.
    """
    stops = frozenset[str]().union(*(STOP_WORDS.get(language, ()) for language in spoken))
    found: dict[tuple[int, ...], None] = {}
    for word in words(text):
        variants = dict.fromkeys(_term(word, language) for language in languages)
        terms = tuple(term for term in variants if term is not None)
        if terms and word not in stops:
            found[terms] = None
    return tuple(found)


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, case-folded, in compatibility form, without an English genitive.

    Of what is written without spaces, every two letters that stand together are a word.
    """
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = match[0].replace("’", "'").removesuffix("'s")
        yield from _apart(word) if _UNSPACED.search(word) else (word,)


def _apart(word: str) -> Iterator[str]:
    end = 0
    for run in _UNSPACED.finditer(word):
        yield from (word[end : run.start()],) if end < run.start() else ()
        letters, end = run[0], run.end()
        yield from (letters[at : at + 2] for at in range(max(len(letters) - 1, 1)))
    yield from (word[end:],) if end < len(word) else ()


@lru_cache(maxsize=65_536)
def _term(word: str, language: str) -> int | None:
    if word in STOP_WORDS.get(language, ()):
        return None
    stem = _stemmer(language).stemWord(word) if language in _STEMMERS else word
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "big")


@lru_cache
def _stemmer(language: str) -> Any:
    return cast(Any, Stemmer).Stemmer(_STEMMERS[language], 0)
