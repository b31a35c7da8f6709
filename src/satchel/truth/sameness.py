"""When two values are one thing in other words: "dance" and "dancing", "two cats" and "2 cats", "trip to Japan" and
"Japan trip".

Values that say different things are never joined, however near they sound: other numbers, a "not" or a "without" on
one side, other names, "from" against "to". So only forms are compared. Vectors were tried and cannot decide it: for
the bundled encoder "flight from Berlin" is as near to "flight to Berlin" (0.97) as "dance" is to "dancing" (0.95),
and nearer than "films" to "movies" (0.90). What some forms mean depends on the others beside them: "hoping" is "hope"
only where nobody says "hop".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from satchel.extract.words import grouped, listed, ordered

_SHORTEST_PLURAL = 4
_SHORTEST_BASE = 3
_SHORTEST_MISSPELT = 8
_LONGEST_INITIALS = 5
_VOWELS = frozenset("aeiou")


def same_forms(keys: Iterable[str]) -> dict[str, str]:
    """Return for each key of a slot its form: keys of one form mean one thing.

    Args:
        keys: normalised values.
    """
    plain = {key: form_of(key) for key in keys}
    words = {word for form in plain.values() for word in form}
    bases = {word: _base(word, words) for word in words}
    told = {key: tuple(bases[word] for word in form) for key, form in plain.items()}
    turned = _turned(set(told.values()))
    return {key: " ".join(turned.get(form, form)) for key, form in told.items()}


@lru_cache(maxsize=65_536)
def form_of(key: str) -> tuple[str, ...]:
    """Return the words of a key that tell it from others, each in one spelling, in the singular, numbers as digits."""
    words = [in_digits(word) for word in key.split()]
    kept = [word for word in words if word not in listed("no_difference")] or words
    return tuple(_spelled(word) for word in _without_light_verb(kept))


def initials_of(key: str) -> str:
    """Return the first letters of a name of several words, or "": "new york city" → "nyc"."""
    words = [word for word in key.split() if word not in listed("unsounded")]
    return "".join(word[0] for word in words) if 1 < len(words) <= _LONGEST_INITIALS else ""


def _without_light_verb(words: Sequence[str]) -> Sequence[str]:
    """Drop a verb that says nothing by itself: "going to the gym" is "gym", "doing yoga" is "yoga"."""
    rest = words
    if rest and rest[0] in listed("light_verbs"):
        rest = rest[2:] if len(rest) > 1 and rest[1] in ("to", "for") else rest[1:]
    return rest or words


def _spelled(word: str) -> str:
    """Return the one spelling of a word and its plural; it need not be a word."""
    one = grouped("same_word").get(word, word)
    single = _singular(one)
    single = grouped("same_word").get(single, single)
    return f"{single[:-1]}ie" if single.endswith("y") and single[-2:-1] not in _VOWELS else single


def _singular(word: str) -> str:
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word[-2] not in "sui" else word


def in_digits(word: str) -> str:
    """Return a number in digits, another word as it is."""
    return _digits().get(word, word)


@lru_cache(maxsize=1)
def _digits() -> Mapping[str, str]:
    return {word: str(number) for number, word in enumerate(ordered("numbers"))}


def _base(word: str, words: Collection[str]) -> str:
    """Return the word that stands for this one among the words beside it: a verb for its -ing form, one spelling."""
    bases = _verbs_of(word) & set(words)
    if len(bases) == 1:
        return bases.pop()
    if len(word) < _SHORTEST_MISSPELT:
        return word
    spelt = _undoubled(word)
    return min(one for one in words if len(one) >= _SHORTEST_MISSPELT and _undoubled(one) == spelt)


def _verbs_of(word: str) -> set[str]:
    """Return the verbs that a word may be the -ing form of."""
    stem = word.removesuffix("ing")
    if stem == word or len(stem) < _SHORTEST_BASE or _VOWELS.isdisjoint(stem) or word in listed("no_verbs"):
        return set()
    single = stem[:-1] if stem[-1] == stem[-2] else stem
    return {_spelled(one) for one in (stem, f"{stem}e", single)}


def _undoubled(word: str) -> str:
    """Return a word without doubled letters: they are what is misspelt most."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def _turned(forms: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the forms that another form says the other way round, by the only preposition that fits it."""
    turned: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for form in forms:
        for at in range(1, len(form) - 1):
            around = (*form[at + 1 :], *form[:at])
            if form[at] in listed("joining_words") and around in forms:
                turned.setdefault(around, set()).add(form)
    return {one: around for around, given in turned.items() if len(given) == 1 for one in given}
