"""Small facts about English words that several steps need, from `english.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_IRREGULAR = {"children": "child", "wives": "wife", "people": "person", "kids": "kid", "men": "man", "women": "woman"}
_POSSESSIVE = re.compile(r"['’]s?$")


_SHORTEST_PLURAL = 4


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(_english()[name].split())


@cache
def ordered(name: str) -> tuple[str, ...]:
    """Return the words of a list, in its order."""
    return tuple(_english()[name].split())


@cache
def grouped(name: str) -> Mapping[str, str]:
    """Return the words of a table of lists, each with the name of its list."""
    return {word: head for head, words in _english()[name].items() for word in words.split()}


@cache
def _english() -> Mapping[str, Any]:
    return tomllib.loads(files("satchel.extract").joinpath("english.toml").read_text())


def singular(noun: str) -> str:
    """Return a noun in the singular, without a possessive ending: "sisters" → "sister"."""
    word = _POSSESSIVE.sub("", noun)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > _SHORTEST_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
