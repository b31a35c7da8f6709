"""Hints in the words around an expression: does the sentence tell of what was, or of what is to come?

Nothing is parsed: the nearest word that tells it decides, first in the clause, then in the sentence, and what stands
before the expression goes before what stands after it.
"""

from satchel.extract.time.interval import Tense
from satchel.extract.time.numbers import year
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import DASHES

_OF_THE_FUTURE = """
will won't shall gonna plan plans planning hope hopes hoping expect expecting due deadline upcoming schedule reminder
remind let's lets can can't could should must need needs want wants wanna gotta intend intending forward soon when's
starts begins opens launches leaves departs arrives expires closes arriving tickets appointment flight
reservation interview wish tbd eta rsvp
"""
_OF_ARRANGING = """
booked scheduled rescheduled confirmed reserved invited postponed pushed shifted moved accepted arranged planned
agreed registered enrolled signed supposed expected set excited delayed extended
"""
_OF_THE_PAST = """
was were wasn't weren't had hadn't did didn't went got came saw met took made bought left found began broke lost won
ate drank flew drove ran wrote told said gave spent sent heard felt thought became grew quit kept held taught caught
fought sold built brought slept woke rode sang swam threw knew stood understood fell chose wore spoke stole forgot hid
shook sank paid laid lent bent dealt dug fed fled hung led lit meant rang sought shot slid stuck swept swung tore wept
wound born done been gone taken seen since sat written eaten driven flown grown hurt
"""
_IN_ED = """
need indeed speed feed seed weed bed red shed breed exceed succeed proceed interested tired bored worried wed sled
creed greed hundred sacred naked embed needed wanted hoped
"""
_IN_ING = "evening morning during anything something everything nothing wedding building thing king ring string sibling"
_OF_BEING = """
am is are 'm i'm we're you're they're he's she's it's im its that's be who's isn't aren't ain't here's there's what's
"""
_NO_BASE_VERBS = """
just also really never only both all finally still always and or the a who that guys ever even hit put cut let read
cost shut split bet cast have has having 've 'd do does don't doesn't would
"""
_FUTURE = frozenset(_OF_THE_FUTURE.split())
_ARRANGED = frozenset(_OF_ARRANGING.split())
"""What is arranged is still to come: "I booked a table for Friday"."""
_MOVED = frozenset({"moved", "shifted", "set", "signed", "agreed", "accepted"})
"""Of those, what is arranged only with another word: "signed up", "moved to"."""
_WITH_MOVED = frozenset({"up", "to", "for", "from", "an"})
_WHO_MOVED = frozenset({"i", "we", "they", "he", "she", "just", "and"})
_PAST = frozenset(_OF_THE_PAST.split())
_NOT_PAST = frozenset(_IN_ED.split())
_NOT_DONE = frozenset({"get", "getting", "be", "being", "gets", "to", "the", "my"})
"""Words before a form in -ed that is no past: "getting married"."""
_NO_PARTICIPLES = frozenset(_IN_ING.split())
_BEING = frozenset(_OF_BEING.split())
_SUBJECTS = frozenset({"i", "we", "they", "you"})
_NO_VERBS = frozenset(_NO_BASE_VERBS.split())
_HAVE = frozenset({"have", "has", "haven't", "hasn't", "i've", "we've", "you've", "they've", "ive", "been"})
_OVER = frozenset({"was", "were", "did", "didn't", "had", "wasn't"})
_NOT_LASTING = frozenset({
    *_OVER, "will", "going", "gonna", "would", "'ll", "i'll", "we'll", "plan", "could", "can", "should", "let's",
    "want",
})  # fmt: skip
_STATES = frozenset({
    "married", "together", "sober", "clean", "divorced", "single", "vegan", "vegetarian", "strong", "engaged",
    "dating", "on", "now",
})  # fmt: skip
_LASTING_PASTS = frozenset({"been", "married"})
_MEASURING = frozenset({"after", "before", "than", "my", "first", "spent", "taken", "lasted", "lost", "paid", "every"})
"""Words before a length that make it one: "after two years", "I've spent three hours"."""
_HAD = frozenset({"had", "hadn't", "i'd", "we'd", "he'd", "she'd", "they'd", "you'd"})
_MISSED = frozenset({"haven't", "hasn't", "hadn't", "havent", "hasnt", "first"})
_SENTENCE = frozenset(".!?;:…")
_CLAUSE = _SENTENCE | frozenset(",()") | (DASHES - {"-"}) | {"but", "because", "cause", "cuz"}
_FARTHEST = 16
_NEAR = 5
_SHORTEST_PAST = 4


def tense_around(text: Text, start: int, end: int) -> Tense | None:
    """Return the tense that the words around the tokens [start, end) hint at."""
    for ends in (_CLAUSE, _SENTENCE):
        found = _nearest(text, start - 1, -1, ends) or _nearest(text, end, 1, ends)
        if found is not None:
            return found
    return None


def was_before(text: Text, index: int) -> bool:
    """Tell whether the verb nearest before a place, in its clause, is a past one, and not only supposed."""
    for before in range(index - 1, max(index - _FARTHEST, -1), -1):
        found = _tense(text, before)
        if text.word(before) in _CLAUSE or found == "future":
            return False
        if found == "past":
            return not any(text.word(earlier) == "if" for earlier in range(max(before - 3, 0), before))
    return False


def is_told_of(text: Text, start: int, end: int) -> bool:
    """Tell whether a past form of "be", "do" or "have" is around, which makes even "by Friday" past."""
    around = (text.word(index) for index in range(max(start - 6, 0), end + 4))
    return any(word in _OVER for word in around)


def is_missed(text: Text, index: int) -> bool:
    """Tell whether something had not been for a time: "I haven't seen him in 20 years", "the first time in months"."""
    return any(text.word(before) in _MISSED for before in range(max(index - 7, 0), index))


def lasts(text: Text, start: int, end: int, *, years: bool) -> bool:
    """Tell whether what is said around a length is a state that goes on: "I've lived here", "been vegan", "married".

    Args:
        text: the text.
        start: the length's first token.
        end: the token after it.
        years: the length is in years, so that "living here for nine years" is not a plan.
    """
    state = text.word(end) in _STATES and (years or text.word(end) != "on")
    if state and _is_free_of_past(text, start):
        return True
    before = text.word(start - 1)
    owned = text.word(start) != "for" and before in _HAVE and before != "been"  # "we have three nights in Porto"
    if owned or before in _MEASURING:
        return False
    reach = _FARTHEST if text.word(start) == "for" else _NEAR
    tellings = (_tells_of_lasting(text, index, years=years) for index in range(start - 1, max(start - reach, -1), -1))
    return next((telling for telling in tellings if telling is not None), False)


def _tells_of_lasting(text: Text, index: int, *, years: bool) -> bool | None:
    """Tell whether a word says that something goes on or that it does not; None if it says neither."""
    word = text.word(index)
    if word in _SENTENCE or word in _NOT_LASTING or (_is_past_form(text, index) and word not in _LASTING_PASTS):
        return _has(text, index)
    if word in _HAVE or word.endswith("'ve") or (word in _STATES and word not in ("on", "now")):
        return text.word(index - 1) not in _HAD
    if years and word.endswith("ing") and word not in _NO_PARTICIPLES:
        return _is_free_of_past(text, index)
    return None


def _is_free_of_past(text: Text, index: int) -> bool:
    for before in range(index - 1, max(index - 6, -1), -1):
        if text.word(before) in _SENTENCE:
            return True
        past = _is_past_form(text, before) and text.word(before) not in _LASTING_PASTS
        if text.word(before) in _NOT_LASTING or past:
            return False
    return True


def _has(text: Text, index: int) -> bool:
    """Tell whether the verb at a place is part of a perfect: "have lived", "I've worked", "he's lived"."""
    before = [text.word(index - back) for back in (1, 2)]
    if text.word(index) in _SENTENCE or any(word in _NOT_LASTING for word in before):
        return False
    return any(word in _HAVE or word.endswith(("'ve", "'s")) for word in before)


def _nearest(text: Text, index: int, step: int, ends: frozenset[str]) -> Tense | None:
    for _ in range(_FARTHEST):
        word = text.word(index)
        if not word or word in ends:
            return None
        found = _tense(text, index)
        if found is not None:
            return found
        index += step
    return None


def _tense(text: Text, index: int) -> Tense | None:
    word = text.word(index)
    if word in _FUTURE or word.endswith("'ll") or (word in ("have", "has") and text.word(index + 1) == "to"):
        return "future"
    if word in _ARRANGED and (word not in _MOVED or text.word(index + 1) in _WITH_MOVED):
        return _arranged(text, index)
    if _is_past_form(text, index) or (text.has(index, "back", "in") and year(text, index + 2) is not None):
        return "past"
    if word in _BEING or _is_plan(text, index) or _is_base_verb(text, index):
        return "future"
    return None


def _arranged(text: Text, index: int) -> Tense | None:
    """Return the tense of a verb of arranging; who moved to a place has done so."""
    before = text.word(index - 1)
    if before in ("was", "were"):
        return None
    return "past" if text.word(index) in _MOVED and before in _WHO_MOVED else "future"


def _is_past_form(text: Text, index: int) -> bool:
    word = text.word(index)
    if word in _PAST:
        return True
    if not word.endswith("ed") or len(word) < _SHORTEST_PAST or word in _NOT_PAST or word in _ARRANGED:
        return word in _MOVED and word.endswith("ed") and text.word(index + 1) != "to"
    before = [text.word(index - back) for back in (1, 2)]
    return before[0] not in _NOT_DONE and not _BEING.intersection(before)


def _is_plan(text: Text, index: int) -> bool:
    """Tell whether a word in -ing is a plan: "I'm flying", "are you coming", or it opens its sentence."""
    if not text.word(index).endswith("ing"):
        return False
    return text.opens(index) or any(text.word(index - back) in _BEING for back in (1, 2, 3))


def _is_base_verb(text: Text, index: int) -> bool:
    """Tell whether a word after "I" or "we" is a verb in the present: "we fly on Friday"."""
    word = text.word(index)
    return text.word(index - 1) in _SUBJECTS and word.isalpha() and word not in _NO_VERBS and not word.endswith("ed")
