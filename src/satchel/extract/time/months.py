"""Months and seasons: "June", "last June", "Nov, 2016", "summer of 2016", "this fall"."""

from datetime import datetime

from satchel.extract.time.calendar import Period, add_months, month_in, months_from
from satchel.extract.time.interval import Precision
from satchel.extract.time.numbers import said_year, short_year
from satchel.extract.time.reading import YEARLY, Found, Reading, only, recurring
from satchel.extract.time.tokens import Text
from satchel.extract.time.vocabulary import MONTHS, SEASONS, SURE_MONTHS

_SHORTEST_GAP = 3
_MONTHS_IN_SEASON = 3
_LONGEST_SHORT = 4
_APOSTROPHES = ("'", "’")
_VERBS = frozenset({"may", "march"})
_OTHER_SEASON_WORDS = frozenset({"spring", "fall"})


def month(text: Text, index: int) -> Found | None:
    """Read "June", "June 2016", "June of last year", "Nov, 2016", "May '98"."""
    number = MONTHS.get(text.word(index))
    if number is None:
        return None
    shortened = len(text.word(index)) <= _LONGEST_SHORT and not text.closes(index + 2)
    after = text.skip(index + 1, (".",)) if shortened else index + 1
    at = text.skip(text.skip(after, (",", "-", "/")), ("of", "in"))
    short = at == after or text.word(at) in _APOSTROPHES or text.word(at - 1) == "of"
    found = said_year(text, at) or (short_year(text, at) if short else None)
    if found is not None:
        return only(month_in(text.now, found[0], number)), found[1]
    reading = _months(text.now, number)
    sure = text.word(index) in SURE_MONTHS and not text.word(index + 1).startswith("'")
    return (reading if sure else reading.unsure()), index + 1


def near_month(text: Text, index: int, steps: int) -> Found | None:
    """Read the month after "last", "this" or "next"."""
    word, now = text.word(index), text.now
    if steps == 0 and word in _VERBS and not text.capital(index) and not text.ends_phrase(index + 1):
        return None
    number = MONTHS[word]
    if steps < 0:
        # "Last September", said in November, is last year's: this year's is just "September".
        steps = 0 if now.month - number >= _SHORTEST_GAP else -1
    elif steps > 0:
        steps = int(number <= now.month)
    return only(month_in(now, now.year + steps, number)), index + 1


def season(text: Text, index: int) -> Found | None:
    """Read "summer", "the summer of 2016", "fall 2020"."""
    at = text.skip(index, ("the",))
    first = SEASONS.get(text.word(at))
    if first is None:
        return None
    after = text.skip(at + 1, (",", "of", "in"))
    found = said_year(text, after) or (short_year(text, after) if text.word(after) in _APOSTROPHES else None)
    if found is not None:
        return only(_season_in(text.now, found[0], first)), found[1]
    reading = _seasons(text.now, first)
    sure = at > index and text.word(at) not in _OTHER_SEASON_WORDS and text.ends_phrase(at + 1)
    return (reading if sure else reading.unsure()), at + 1


def near_season(text: Text, index: int, steps: int) -> Found:
    """Read the season after "last", "this" or "next"."""
    reading = _seasons(text.now, SEASONS[text.word(index)])
    running = reading.past is reading.future
    if steps < 0:
        return only(_moved(reading.past, -12) if running else reading.past), index + 1
    if steps > 0:
        return only(_moved(reading.past, 12) if running else reading.future), index + 1
    this_year = reading.past.start.year == text.now.year
    return (reading if this_year else only(reading.future)), index + 1


def seasons_away(now: datetime, word: str, count: int) -> Period:
    """Return the season that is `count` of its kind away, as in "two summers ago"."""
    reading = _seasons(now, SEASONS[word])
    if count < 0:
        return _moved(reading.past, 12 * (count + (reading.past is not reading.future)))
    return _moved(reading.future, 12 * (count - (reading.past is not reading.future)))


def _months(now: datetime, number: int) -> Reading:
    def latest(moment: datetime) -> Period:
        return month_in(moment, moment.year - (moment.month < number), number)

    return recurring(latest, YEARLY, now, near=True)


def _season_in(now: datetime, year: int, first: int) -> Period:
    return months_from(now, year, first, _MONTHS_IN_SEASON, Precision.SEASON)


def _seasons(now: datetime, first: int) -> Reading:
    def latest(moment: datetime) -> Period:
        return _season_in(moment, moment.year - (moment.month < first), first)

    return recurring(latest, YEARLY, now, near=True)


def _moved(given: Period, months: int) -> Period:
    return Period(add_months(given.start, months), add_months(given.end, months), given.precision)
