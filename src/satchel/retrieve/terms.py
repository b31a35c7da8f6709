"""Words, stems and stop words: what lexical search compares.

A term is the 64-bit BLAKE2b digest of a stem, so that an index needs no dictionary: with a million different stems
the chance that any two collide is about one in forty million. Stemming follows the language of each message
(Snowball); a query is stemmed in every language that the space has.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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

_QUESTION_WORDS = """
a about am an and are as at be been being but by can could did do does doing for from had has have having he her him
his how i if in is it its just may me might must my no not of on or our shall she should so than that the their them
there these they this those to too us very was we were what when where which who whom whose why will with would you
your s t d ll m re ve
"""
STOP_WORDS: Mapping[str, frozenset[str]] = {"en": frozenset(_QUESTION_WORDS.split())}
"""Words that questions are made of, by language; they name nothing that was said."""


def message_terms(text: str, language: str) -> Mapping[int, int]:
    """Return how often each term occurs in a message of this language."""
    return Counter(term for word in words(text) if (term := _term(word, language)) is not None)


def query_terms(text: str, languages: Iterable[str]) -> tuple[tuple[int, ...], ...]:
    """Return, for each word of a query, the terms that it may have in messages of these languages.

    A word that is a stop word in the languages that have a list for it is left out.
    """
    found: dict[tuple[int, ...], None] = {}
    for word in words(text):
        variants = dict.fromkeys(_term(word, language) for language in languages)
        if None not in variants:
            found[cast(tuple[int, ...], tuple(variants))] = None
    return tuple(found)


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, case-folded, in compatibility form, without an English genitive."""
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = match[0].replace("’", "'")
        yield word.removesuffix("'s")


@lru_cache(maxsize=65_536)
def _term(word: str, language: str) -> int | None:
    if word in STOP_WORDS.get(language, ()):
        return None
    stem = _stemmer(language).stemWord(word) if language in _STEMMERS else word
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "big")


@lru_cache
def _stemmer(language: str) -> Any:
    return cast(Any, Stemmer).Stemmer(_STEMMERS[language], 0)
