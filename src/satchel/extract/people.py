"""Whom a claim is about: the speaker, a name, or someone by their relation to the speaker."""

import re
from dataclasses import dataclass

from satchel.extract.claim import Mention
from satchel.extract.words import grouped, listed, singular
from satchel.model import Message
from satchel.tagged import Tagged

SELF = Mention("self", "")
_POSSESSIVE = re.compile(r"^(?:my|our|your|his|her|their|the|a|an|ur)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=\w\w)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)[.,;:!?]\s|\n")
_PLACED = re.compile(r"\b(?:in|at|from|near|on)\s+(?:the\s+)?$", re.IGNORECASE)
_ENDING = re.compile(r"['’]s?$")
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞŁŚŻŠČŽ][\w'’-]+(?:\s+[A-ZÀ-ÞŁŚŻŠČŽ][\w'’-]+)*")
_NAME = re.compile(r"(?:[^\W\da-z_][^\s-]*[\s-]?)+")
"""Every part has a capital: "Anne-Marie", and not "Six-year-olds"."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks, what was said, and who spoke before."""

    message: Message
    context: str | None
    before: str | None

    @property
    def own(self) -> Mention:
        """The speaker."""
        return Mention("self", self.message.speaker or "")


def subject_of(words: str | None, one: Tagged, said: Said) -> Mention | None:
    """Return whom a claim is about, or None when nobody can tell.

    Args:
        words: what the tagger takes for the subject; None for the speaker.
        one: what it found.
        said: where it was found.
    """
    if words is None:
        return said.own
    text = _ENDING.sub("", _POSSESSIVE.sub("", _CLAUSE.split(words.strip())[0])).strip(" \"'.,:;!?")
    low = text.casefold()
    speaker = (said.message.speaker or "").casefold()
    if not low or low in listed("first_person") or (speaker and low in (speaker, speaker.split()[0])):
        return said.own
    if low in listed("second_person"):
        return Mention("name", said.before) if said.before else None
    if low in listed("third_person"):
        return _antecedent(one, said)
    return _mention(text, said)


def _mention(text: str, said: Said) -> Mention:
    """Tell a name from a noun: a name is written with a capital, or is a word that names no one's relation."""
    whole = f"{said.message.content} {said.context or ''}"
    capital = text[:1].isupper() or text.title() in whole
    if capital and singular(text.casefold()) not in grouped("relations"):
        return Mention("name", text if text[:1].isupper() else text.title())
    return Mention("noun", text.casefold())


def _antecedent(one: Tagged, said: Said) -> Mention | None:
    """Return the last name before a pronoun, in the message or in the one before; None when there is none."""
    if one.subject is None:
        return None
    text = (said.context or "") if one.subject.in_context else said.message.content
    for part in (text[: one.subject.start], "" if one.subject.in_context else said.context or ""):
        found = (match for match in _CAPITALISED.finditer(part) if not _starts_sentence(part, match.start()))
        names = [match[0] for match in found if not _PLACED.search(part[: match.start()])]
        names = [name for name in names if _NAME.fullmatch(name) and not _is_common(name.split()[-1])]
        if names:
            return Mention("name", names[-1])
    return None


def _is_common(word: str) -> bool:
    return word.casefold() in listed("first_person") | listed("not_names")


def _starts_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip()
    return (not before or before[-1] in ".!?\n:") and text[place:].split(maxsplit=1)[0].casefold() in listed("openers")
