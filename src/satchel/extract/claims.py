"""From what the tagger found to claims: who is meant, what a date means, and what is too doubtful to keep.

The model finds values and says what each is about; grammar and arithmetic decide the rest, because they do it
better: pronouns, times, the form of numbers and addresses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from satchel.extract.catalogue import Catalogue
from satchel.extract.claim import Claim, Mention
from satchel.extract.endings import endings_in
from satchel.extract.evidence import affirms, denies, may_quote, sentence_at, sentence_number, whole_name
from satchel.extract.nicknames import nicknames_in
from satchel.extract.people import Said, subject_of
from satchel.extract.qualifiers import qualifier_of
from satchel.extract.unreal import unreal
from satchel.extract.validity import time_near, validity, whole_time
from satchel.extract.values import minimal, normal_form, plausible
from satchel.extract.words import listed
from satchel.model import Message, Source, Stance
from satchel.tagged import Stand, Tagged

_LONGEST_QUALIFIER = 4
_BORN = frozenset(("sibling", "parent", "grandparent", "relative"))
"""What no words of time in the same sentence begin or end."""
DOUBTFUL = 0.7
"""The least chance of a claim to be kept: the precision and recall at several are in docs/extraction.md."""

_NAMED = frozenset(("person", "place", "organisation", "thing", "topic"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message and the one before it in its session, which may be None."""

    message: Message
    before: Message | None

    @property
    def context(self) -> str | None:
        """The message before as the tagger reads it: with the speaker's name, where it has one."""
        if self.before is None:
            return None
        return _prefix(self.before) + self.before.content

    def words(self, stand: Stand) -> str:
        """Return the words at a place."""
        return self.text_of(stand)[stand.start : stand.end]

    def text_of(self, stand: Stand) -> str:
        """Return the text that a place is in."""
        return (self.context or "") if stand.in_context else self.message.content

    def source(self, stand: Stand) -> Source:
        """Return a place as a source."""
        if stand.in_context and self.before is not None:
            shift = len(_prefix(self.before))
            return Source(self.before.id, max(stand.start - shift, 0), max(stand.end - shift, 0))
        return Source(self.message.id, stand.start, stand.end)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What claims are read by."""

    catalogue: Catalogue
    zone: ZoneInfo
    least: float = DOUBTFUL


def claims_of(exchange: Exchange, tagged: Iterable[Tagged], rules: Rules) -> tuple[Claim, ...]:
    """Return the claims of a message, in the order of their words, each once."""
    said = Said(exchange.message, exchange.context, exchange.before.speaker if exchange.before else None)
    found = [_claim(exchange, one, said, rules) for one in tagged if one.chance >= rules.least]
    kept = _by_name([one for one in found if one is not None], rules.catalogue)
    kept += endings_in(exchange.message, kept)
    kept += nicknames_in(exchange.message)
    kept.sort(key=lambda one: (one.sources[0].message_id == exchange.message.id, one.sources[0].start, one.attribute))
    distinct = {(one.subject, one.attribute, one.value.casefold(), one.polarity, one.modality): one for one in kept}
    return tuple(distinct.values())


def _claim(exchange: Exchange, one: Tagged, said: Said, rules: Rules) -> Claim | None:
    one = _answered(exchange, one)
    attribute = rules.catalogue[one.attribute]
    stand = minimal(exchange.words(one.value), one.value, one.attribute)
    if attribute.value in _NAMED:
        stand = whole_name(exchange.text_of(stand), stand)
    value, at = exchange.words(stand), exchange.message.said_at
    pointed = None if _later(exchange, one) or _speaks_of_self(exchange, one) else one.subject
    subject = subject_of(exchange.words(pointed) if pointed else None, one, said)
    if subject is None or not plausible(one.attribute, value) or not _allowed(exchange, one):
        return None
    time = None
    if one.attribute not in _BORN:
        time = one.time or time_near(exchange.text_of(stand), stand, at=at, zone=rules.zone, nature=attribute.nature)
    if time is not None:
        time = whole_time(exchange.text_of(time), time, stand, at=at, zone=rules.zone)
    words = exchange.words(time) if time else None
    begins, ends = validity(words, at=at, zone=rules.zone, nature=attribute.nature, one=one)
    if attribute.value == "person" and one.polarity == "holds" and begins is None:
        ends = None  # "a friend, Joris, who has to know by noon": the friendship does not end then
    places = [stand, *(place for place in (pointed, time) if place is not None)]
    return Claim(
        subject=subject,
        attribute=one.attribute,
        value=value,
        sources=tuple(dict.fromkeys(exchange.source(place) for place in places)),
        qualifier=qualifier_of(_qualifying(exchange, one), one.attribute, value, said),
        polarity=one.polarity,
        modality=one.modality,
        stance=_stance(exchange, one, subject),
        begins=begins,
        ends=ends,
        normal=normal_form(one.attribute, value, at=at, zone=rules.zone),
    )


def _by_name(found: Sequence[Claim], catalogue: Catalogue) -> list[Claim]:
    """Drop what is not named beside what is, where one value at a time holds: "at Carrefour, on the bakery counter"."""

    def slot(one: Claim) -> tuple[object, ...]:
        return one.subject, one.attribute, one.qualifier, one.polarity, one.modality, one.begins, one.ends

    named = {slot(one) for one in found if _is_named(one.value)}
    return [
        one
        for one in found
        if _is_named(one.value)
        or slot(one) not in named
        or catalogue[one.attribute].cardinality != "one"
        or catalogue[one.attribute].value not in _NAMED
    ]


def _is_named(value: str) -> bool:
    return any(word[0].isupper() for word in value.split())


def _qualifying(exchange: Exchange, one: Tagged) -> str | None:
    """Return the words that refine a value; of a whole clause, the word at its end that is nearer to the value."""
    if one.qualifier is None:
        return None
    words = exchange.words(one.qualifier).split()
    if len(words) <= _LONGEST_QUALIFIER:
        return " ".join(words)
    before = one.qualifier.start + len(words[0]) - one.value.start
    return words[0] if abs(before) < abs(one.qualifier.end - one.value.start) else words[-1]


def _answered(exchange: Exchange, one: Tagged) -> Tagged:
    """Return what was asked in the message before as asserted or denied, when the reply is a plain yes or no."""
    if not one.value.in_context or one.modality != "asked":
        return one
    if affirms(exchange.message.content):
        return replace(one, modality="asserted", stance="confirmed")
    if denies(exchange.message.content):
        return replace(one, modality="asserted", polarity="never")
    return one


def _stance(exchange: Exchange, one: Tagged, subject: Mention) -> Stance:
    """Return how a claim is made: who says that something never was corrects whatever says that it was."""
    if (
        one.polarity == "never"
        and "never" in sentence_at(exchange.text_of(one.value), one.value.start).casefold().split()
    ):
        return "corrected"
    return "told" if one.stance == "stated" and subject.kind != "self" else one.stance


def _allowed(exchange: Exchange, one: Tagged) -> bool:
    """Whether a value may stand where it does: meant in earnest, or asked of the speaker in the message before."""
    if not one.value.in_context:
        return one.modality != "asserted" or not unreal(exchange.message.content, one.value)
    answers = one.stance == "corrected" or one.polarity != "holds"
    return may_quote(exchange.context or "", one.value, exchange.message.content, answers=answers)


def _later(exchange: Exchange, one: Tagged) -> bool:
    """Whether the supposed subject comes in a later sentence than what is said of it: then it is not the subject."""
    if one.subject is None or one.subject.in_context != one.value.in_context:
        return False
    text = exchange.text_of(one.value)
    return sentence_number(text, one.subject.start) > sentence_number(text, one.value.start)


def _speaks_of_self(exchange: Exchange, one: Tagged) -> bool:
    """Whether the supposed subject is in the message before although the value's own sentence says "I" alone."""
    if one.subject is None or not one.subject.in_context or one.value.in_context:
        return False
    words = {word.strip(".,;:!?").casefold() for word in sentence_at(exchange.message.content, one.value.start).split()}
    return bool(words & listed("first_person")) and not words & listed("third_person")


def _prefix(message: Message) -> str:
    return f"{message.speaker}: " if message.speaker else ""
