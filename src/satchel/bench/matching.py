"""When two wordings of a value count as the same: without regard to case, articles and punctuation."""

import re

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_APART = re.compile(r"[^\w\s]+")
_GENITIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_POSSESSIVE = re.compile(r"\b(?:my|our|your|his|her|its|their)\b")


def plain(text: str) -> str:
    """Return a text without case, articles and punctuation."""
    return " ".join(_ARTICLE.sub(" ", _APART.sub(" ", text.casefold())).split())


def says(value: str, text: str) -> bool:
    """Return whether a value is a whole-word part of a text."""
    return f" {plain(value)} " in f" {plain(text)} "


def plain_subject(name: str) -> str:
    """Return whom a claim is about, without case, articles, punctuation and possessives ("my sister" is "sister")."""
    return plain(_POSSESSIVE.sub(" ", _GENITIVE.sub("", name.casefold())))
