"""Nouns for people by their relation to someone: "mum", "flatmate", "boss", and which relation each stands for."""

from satchel.extract.words import grouped, singular

KIN = frozenset(("partner", "child", "sibling", "parent", "grandparent", "relative", "pet"))
WORK = frozenset(("colleague", "manager", "neighbour"))
PEOPLE = KIN | WORK | {"friend", "roommate"}


def canonical(noun: str) -> str:
    """Return the noun that stands for it and its likes: "mom" → "mum"."""
    word = singular(noun.casefold().strip())
    return grouped("same").get(word, word)


def relation_of(noun: str) -> str | None:
    """Return the relation that a noun names."""
    word = singular(noun.casefold().strip())
    return grouped("relations").get(word) or grouped("relations").get(canonical(word))
