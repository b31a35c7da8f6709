"""When a claim holds: what its time words mean for a thing that began, ended, happened or is to come."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from satchel.extract.catalogue import Nature
from satchel.extract.claim import Moment
from satchel.extract.evidence import sentence_span
from satchel.extract.instants import to_micros
from satchel.extract.time import Bound, Expression, Kind, Precision, Tense, expressions, resolve
from satchel.tagged import Stand, Tagged

Validity = tuple[Moment | None, Moment | None]
_UNDATED: Validity = (None, None)
_COARSE = frozenset((Precision.SEASON, Precision.QUARTER, Precision.YEAR, Precision.DECADE, Precision.CENTURY))


def validity(
    words: str | None,
    *,
    at: datetime,
    zone: ZoneInfo,
    nature: Nature,
    one: Tagged,
) -> Validity:
    """Return when a claim begins and ends to hold, each None where the words do not say.

    Args:
        words: the time expression that belongs to it, or None.
        at: when it was said.
        zone: the time zone of the space.
        nature: of its attribute.
        one: what the tagger found, with polarity and modality.
    """
    if words is None:
        return _UNDATED
    tense = _tense(nature, one)
    found = resolve(words, at=at, zone=zone, tense=tense)
    if found is not None and found.kind is Kind.UNTIL and one.polarity == "holds":
        found = resolve(words, at=at, zone=zone, tense="future")  # what holds, holds until a time to come
    if found is not None and found.kind is Kind.DURATION and nature == "state" and one.polarity == "holds":
        found = resolve(words, at=at, zone=zone)  # "for three years" of what still holds: since then
    if found is None or found.interval is None:
        return _UNDATED
    begins, ends = _moment(found.interval.start), _last(found.interval.end)
    if one.polarity != "holds":
        return _ending(found, begins, ends)
    if nature == "plan":
        return (None if found.kind is Kind.UNTIL else begins), ends
    if nature == "event":
        return begins, None
    return _state(found, begins, ends, planned=one.modality == "planned")


_CHANGE = re.compile(
    r"\b(?:adopted|moved|started|joined|bought|got|switched|migrated|became|began|rescued|relocated|promoted|married|"
    r"took up|turned|signed up|converted|quit|left|stopped|gave up|sold)\b",
    re.IGNORECASE,
)


def _tense(nature: Nature, one: Tagged) -> Tense:
    if one.modality == "planned" or nature == "plan":
        return "future"
    return "past"


def _lasts(words: str) -> bool:
    return words.casefold().startswith(("for ", "these past ", "the past ", "the last "))


def time_near(text: str, value: Stand, *, at: datetime, zone: ZoneInfo, nature: Nature) -> Stand | None:
    """Return the time expression that goes with a value of which the tagger gave none.

    Of a state, the only one of its sentence that says since when or until when, or when it changed; of what happens at
    a time, the nearest one in the sentence.
    """
    if nature == "standing":
        return None
    begin, end = sentence_span(text, value.start)
    tense: Tense = "future" if nature == "plan" else "past"
    found = [
        one
        for one in expressions(text, at=at, zone=zone, tense=tense)
        if begin <= one.start and one.end <= end and (one.end <= value.start or one.start >= value.end)
    ]
    if nature == "state":
        lasting = [one for one in found if one.kind in (Kind.SINCE, Kind.UNTIL) or _lasts(text[one.start : one.end])]
        if not lasting and _CHANGE.search(text[begin:end]):
            lasting = [one for one in found if one.kind is Kind.POINT and one.direction == "past"]
        nearest = lasting[0] if len(lasting) == 1 else None
    else:
        placed = [one for one in found if one.interval is not None]
        nearest = min(placed, key=lambda one: min(abs(one.start - value.end), abs(value.start - one.end)), default=None)
    return None if nearest is None else Stand(nearest.start, nearest.end, value.in_context)


def whole_time(text: str, stand: Stand, value: Stand, *, at: datetime, zone: ZoneInfo) -> Stand:
    """Return the place of the whole time expression that a part of one was found of: "since 2011", not "2011"."""
    found = [
        one
        for one in expressions(text, at=at, zone=zone)
        if one.start <= stand.start
        and stand.end <= one.end
        and (value.in_context != stand.in_context or one.end <= value.start or one.start >= value.end)
    ]
    return Stand(found[0].start, found[0].end, stand.in_context) if found else stand


def _ending(found: Expression, begins: Moment | None, ends: Moment | None) -> Validity:
    """Of an ending, the time says when it ended; a span says when it had been."""
    if found.kind is Kind.SPAN:
        return begins, ends
    if found.kind is Kind.UNTIL:
        return None, ends
    return None, begins


def _state(found: Expression, begins: Moment | None, ends: Moment | None, *, planned: bool) -> Validity:
    if found.kind is Kind.UNTIL:
        return None, ends
    if found.kind is Kind.SPAN:
        return begins, ends
    if planned and begins is not None and ends is not None and begins.precision in _COARSE:
        return Moment(ends.at, begins.precision), None
    return begins, None


def _last(bound: Bound | None) -> Moment | None:
    """Return the last moment inside: "until June" is over with the last microsecond of June."""
    if bound is None or bound.precision.value < Precision.DAYPART.value:
        return _moment(bound)
    return Moment(to_micros(bound.at) - 1, bound.precision)


def _moment(bound: Bound | None) -> Moment | None:
    return None if bound is None else Moment(to_micros(bound.at), bound.precision)
