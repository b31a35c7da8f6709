"""Facts drawn over time: one line for each, a bar from its beginning to its end, under an axis of years and months.

What a bar means is in its characters, so that it reads without colour.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from satchel.cli.axis import Axis
from satchel.cli.output import one_line
from satchel.model import Fact, Status

NARROWEST = 40
_MOST_LABEL = 26
_FURTHEST = timedelta(days=3653)
_OLDEST = timedelta(days=43_830)


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters of the drawing."""

    current: str = "█"
    past: str = "░"
    planned: str = "·"
    unknown: str = "▒"
    still: str = "▶"
    earlier: str = "◀"
    unsure: str = "?"

    def of(self, status: Status) -> str:
        """Return the character that a bar is made of."""
        return {"current": self.current, "past": self.past, "planned": self.planned, "unknown": self.unknown}[status]

    def legend(self, drawn: str) -> list[str]:
        """Return what each character in a drawing says."""
        meanings = (
            (self.current, "true now"),
            (self.past, "past"),
            (self.planned, "planned"),
            (self.unknown, "uncertain now"),
            (self.unsure, "true by then"),
            (self.earlier, "since earlier"),
            (self.still, "no end known"),
        )
        return [f"{mark} {meaning}" for mark, meaning in meanings if mark in drawn]


PLAIN = Marks(current="#", past="-", planned=".", unknown="~", still=">", earlier="<", unsure="?")
"""For terminals that have no block characters."""


def marks_for(encoding: str | None) -> Marks:
    """Return marks that a terminal of this encoding can show."""
    return Marks() if (encoding or "").lower().startswith("utf") else PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawing and how it is coloured where there is colour."""

    text: str
    style: str = ""


def draw(
    facts: Sequence[Fact], *, now: datetime, width: int, events: Collection[str] = (), marks: Marks | None = None
) -> list[Line]:
    """Return the drawing of facts, grouped by subject and attribute in the order given.

    Args:
        facts: what to draw.
        now: until when bars of what has no end reach.
        width: columns of the terminal; below 40 the drawing is 40 wide.
        events: the attributes of what happens at one time and does not last.
        marks: the characters to draw with.
    """
    if not facts:
        return []
    marks = marks or Marks()
    width = max(width, NARROWEST)
    label = min(_MOST_LABEL, max(_cells(_label(one)) for one in facts), width // 3)
    margin = label + 3
    spans = {one.id: _span(one, now, events) for one in facts}
    axis = Axis.over(*_range(facts, spans.values(), now), width=width - margin - 1)
    lines = [Line(f"{'':{margin}}{row}".rstrip(), "dim") for row in axis.rows(now)]
    bars: list[str] = []
    for head, group in groupby(facts, key=lambda one: (one.subject, one.attribute)):
        lines.append(Line(_cut(f"{one_line(head[0])}: {one_line(head[1].replace('_', ' '))}", width), "bold"))
        for fact in sorted(group, key=lambda one: spans[one.id]):
            style = "dim" if fact.status == "past" else ""
            bars.append(_bar(fact, spans[fact.id], axis, marks))
            lines.append(Line(f"  {_fitted(_label(fact), label)} {bars[-1]}", style))
    return [*lines, Line(""), *(Line(one, "dim") for one in _folded(marks.legend("".join(bars)), width))]


def _bar(fact: Fact, span: "_Span", axis: Axis, marks: Marks) -> str:
    first, last = axis.column(span.begins), axis.column(span.ends)
    if fact.valid_from is None and first == last:
        first, last = (first - 1, last) if first else (first, last + 1)
    body = list(marks.of(fact.status) * (last - first + 1))
    if span.lasts:
        body.append(marks.still)
    if fact.valid_from is None:
        body[0] = marks.unsure
    elif fact.valid_from < axis.start:
        body[0] = marks.earlier
    return " " * first + "".join(body)


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """From where to where a bar goes; `lasts` when no end is known."""

    begins: datetime
    ends: datetime
    lasts: bool


def _span(fact: Fact, now: datetime, events: Collection[str]) -> _Span:
    """Return the span of a fact: from when it became true, else from when it was said, or ended if that was before."""
    begins = fact.valid_from
    if begins is None:
        begins = fact.said_at if fact.valid_to is None else min(fact.said_at, fact.valid_to)
    if fact.valid_to is not None:
        return _Span(begins, max(begins, fact.valid_to), lasts=False)
    lasts = fact.status in ("current", "unknown") and fact.attribute not in events
    return _Span(begins, max(begins, now) if lasts else begins, lasts)


def _range(facts: Iterable[Fact], spans: Iterable[_Span], now: datetime) -> tuple[datetime, datetime]:
    """Return what the axis covers; what lies a century before or ten years after all that was said is cut off."""
    said, spans = [one.said_at for one in facts], list(spans)
    begins, ends = min(one.begins for one in spans), max(now, *(one.ends for one in spans))
    return max(begins, _less(min(said), _OLDEST)), min(ends, _more(max(now, *said), _FURTHEST))


def _less(moment: datetime, by: timedelta) -> datetime:
    floor = datetime.min.replace(tzinfo=moment.tzinfo)
    return floor if moment - floor < by else moment - by


def _more(moment: datetime, by: timedelta) -> datetime:
    ceiling = datetime.max.replace(tzinfo=moment.tzinfo)
    return ceiling if ceiling - moment < by else moment + by


def _label(fact: Fact) -> str:
    value = one_line(fact.value)
    return f"{one_line(fact.qualifier)}: {value}" if fact.qualifier else value


def _folded(parts: Iterable[str], width: int) -> list[str]:
    lines = [""]
    for part in parts:
        joined = f"{lines[-1]}   {part}" if lines[-1] else part
        lines = [*lines[:-1], joined] if _cells(joined) <= width else [*lines, part]
    return lines


def _fitted(text: str, width: int) -> str:
    cut = _cut(text, width)
    return cut + " " * (width - _cells(cut))


def _cut(text: str, width: int) -> str:
    """Return text in at most so many columns; a wide character takes two."""
    from rich.cells import set_cell_size

    return text if _cells(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
