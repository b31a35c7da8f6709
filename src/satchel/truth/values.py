"""When two values are the same value: "the Triumph Bonneville" and "Bonneville", "Lisbon" and "Lisbon, Portugal"."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from satchel.extract.words import listed
from satchel.retrieve.terms import message_terms
from satchel.truth.sameness import in_digits, initials_of, same_forms

_APART = re.compile(r"[^\w\s+#]+")
_SHORTEST_PLURAL = 4
_LEADING = frozenset(["a", "an", "the", "my", "our", "his", "her", "their", "your", "some"])


@lru_cache(maxsize=65_536)
def key_of(value: str) -> str:
    """Return what values are compared by: no case, accents kept, no punctuation, no leading article."""
    words = _APART.sub(
        " ", unicodedata.normalize("NFKC", value).casefold().replace("’", "'").replace("'s", "s")
    ).split()
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return " ".join(words)


def within(part: str, whole: str) -> bool:
    """Whether one key is a run of whole words of another."""
    return f" {part} " in f" {whole} "


def related(one: str, other: str) -> bool:
    """Whether two keys may name the same thing: equal, or one is a part of the other."""
    if not one or not other:
        return False
    if within(one, other) or within(other, one) or _stem(one) == _stem(other) or _alike(one, other):
        return True
    return len(set(same_forms((one, other)).values())) == 1


def _alike(one: str, other: str) -> bool:
    """Whether two keys have the same words that carry meaning: "trip to japan" and "japan trip"."""
    words, others = _stems(one), _stems(other)
    return bool(words and others) and (words <= others or others <= words)


def same_matter(one: str, other: str) -> bool:
    """Whether two plans are one: "seeing the dentist" and "dentist appointment", "flight to Rome" and "Rome trip"."""
    if related(one, other):
        return True
    words, others = _stems(one) - _going(), _stems(other) - _going()
    return bool(words and others) and (words <= others or others <= words)


@cache
def _going() -> frozenset[int]:
    """Return the words that say that there is a plan, and not of what."""
    return frozenset(message_terms(" ".join(listed("going")), "en"))


@lru_cache(maxsize=65_536)
def _stems(key: str) -> frozenset[int]:
    return frozenset(message_terms(key, "en"))


def clusters(keys: Iterable[str], *, parts: bool, initials: bool = False) -> dict[str, str]:
    """Return for each key the key that stands for it.

    Args:
        keys: normalised values of one slot.
        parts: whether the values are names, of which a shorter one stands for the one longer that it is a part of. What
            is no name may also be said in other words.
        initials: whether a name may be given by its first letters.
    """
    distinct = sorted(set(keys), key=lambda key: (-len(key), key))
    forms = {key: _stem(key) for key in distinct} if parts else same_forms(distinct)
    by_form: dict[str, str] = {}
    chosen = {key: by_form.setdefault(forms[key], key) for key in distinct}
    if not parts:
        return chosen
    heads = set(chosen.values())
    whole = {head: _only(head, heads) for head in heads}
    if initials:
        whole |= _short_for(set(whole.values()))
    return {key: whole.get(whole[head], whole[head]) for key, head in chosen.items()}


def _only(key: str, heads: Collection[str]) -> str:
    """Return the longest key that this one is a part of, when all of those are parts of it in turn."""
    longer = sorted((head for head in heads if within(key, head)), key=lambda head: (-len(head), head))
    return longer[0] if all(within(head, longer[0]) for head in longer) else key


def _short_for(heads: Collection[str]) -> dict[str, str]:
    """Return the keys that are the initials of exactly one other."""
    meant: dict[str, list[str]] = {}
    for head in heads:
        meant.setdefault(initials_of(head), []).append(head)
    return {short: meant[short][0] for short in heads if len(meant.get(short, ())) == 1}


def _stem(key: str) -> str:
    """Return the key without plural endings and with its numbers in digits: "two olives" and "2 olive" are one."""
    return " ".join(
        word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word[-2] not in "sui" else in_digits(word)
        for word in key.split()
    )
