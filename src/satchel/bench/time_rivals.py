"""Other libraries that read time expressions, set up as their documentation says, each asked for past and future.

dateparser: `search_dates` in English with RELATIVE_BASE and PREFER_DATES_FROM; the stretch is that of the period
(day, week, month, year) that its `DateDataParser` reports for the words found. parsedatetime: `nlp`, and for stretches
`evalRanges` on the whole text; past or future by its `YearParseStyle` and `DOWParseStyle`. Neither knows lengths: the
distance from the reference time is taken for one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from satchel.bench.time_cases import ZONE, Value

if TYPE_CHECKING:
    from satchel.bench.time import Answer, Reader


def installed() -> "Mapping[str, Reader]":
    """Return those that are installed."""
    known: Mapping[str, Reader] = {"dateparser": _dateparser, "parsedatetime": _parsedatetime}
    return {name: read for name, read in known.items() if find_spec(name) is not None}


def versions() -> Mapping[str, str]:
    """Return the versions of those that are installed."""
    from importlib.metadata import version

    return {name: version(name) for name in installed()}


def _dateparser(text: str, at: datetime, kind: str) -> "Sequence[Answer]":
    from importlib import import_module

    search: Any = import_module("dateparser.search")
    date: Any = import_module("dateparser.date")
    found: list[Answer] = []
    for preferred in ("future", "past"):
        settings = {"RELATIVE_BASE": at.replace(tzinfo=None), "PREFER_DATES_FROM": preferred}
        place = 0
        for words, value in search.search_dates(text, languages=["en"], settings=settings) or ():
            place = max(text.find(words, place), 0)
            data = date.DateDataParser(languages=["en"], settings=settings).get_date_data(words)
            found.append(_answer(place, words, _value(value.replace(tzinfo=ZONE), at, kind, data.period)))
            place += len(words)
    return found


def _parsedatetime(text: str, at: datetime, kind: str) -> "Sequence[Answer]":
    from importlib import import_module

    library: Any = import_module("parsedatetime")
    found: list[Answer] = []
    for style in (1, -1):
        constants = library.Constants(usePyICU=False)
        constants.DOWParseStyle = constants.YearParseStyle = style
        calendar = library.Calendar(constants, version=library.VERSION_CONTEXT_STYLE)
        source = at.replace(tzinfo=None)
        for value, _, start, _, words in calendar.nlp(text, sourceTime=source) or ():
            found.append(_answer(start, words, _value(value.replace(tzinfo=ZONE), at, kind, "day")))
        if kind == "daterange":
            found += _range(calendar, text, source)
    return found


def _range(calendar: Any, text: str, source: datetime) -> "Sequence[Answer]":
    from satchel.bench.time import Answer

    start, end, found = calendar.evalRanges(text, sourceTime=source.timetuple())
    if not found:
        return []
    first, last = (datetime(*one[:6], tzinfo=ZONE) for one in (start, end))
    return [Answer(0, len(text), ((first, last),))]


def _answer(start: int, words: str, value: Value) -> "Answer":
    from satchel.bench.time import Answer

    return Answer(start, start + len(words), (value,))


def _value(value: datetime, at: datetime, kind: str, period: str) -> Value:
    if kind == "duration":
        return abs((value - at).total_seconds())
    if kind != "daterange":
        return value, value
    first = value.replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "year":
        return first.replace(month=1, day=1), first.replace(year=first.year + 1, month=1, day=1)
    if period == "month":
        first = first.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1)
    if period == "week":
        first -= timedelta(days=first.weekday())
        return first, first + timedelta(days=7)
    return first, first + timedelta(days=1)
