"""An axis of time in columns of a terminal, with years, months or days at its ticks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Unit = Literal["day", "month", "year"]

_STEPS: Sequence[tuple[Unit, int, float]] = (
    ("day", 1, 1),
    ("day", 2, 2),
    ("day", 7, 7),
    ("month", 1, 30.4),
    ("month", 3, 91.3),
    ("month", 6, 182.6),
    ("year", 1, 365.2),
    ("year", 2, 730.5),
    ("year", 5, 1826),
    ("year", 10, 3652),
    ("year", 50, 18262),
    ("year", 500, 182620),
    ("year", 5000, 1826200),
)
"""Unit, how many of it, and about how many days that is."""
_APART = {"day": 4, "month": 5, "year": 6}
_MONTHS = 12
_NOW = "now"


@dataclass(frozen=True, slots=True)
class Axis:
    """Columns 0 to `width - 1` over the time from `start` to `end`, with a tick each `step` units."""

    start: datetime
    end: datetime
    width: int
    unit: Unit
    step: int

    @classmethod
    def over(cls, start: datetime, end: datetime, *, width: int) -> "Axis":
        """Return the axis over a time, with as many ticks as there is room for."""
        end = max(end, start + timedelta(days=1))
        days = (end - start) / timedelta(days=1)
        fitting = (one for one in _STEPS if days / one[2] * _APART[one[0]] <= width)
        unit, step, _ = next(fitting, _STEPS[-1])
        return cls(start, end, width, unit, step)

    def column(self, moment: datetime) -> int:
        """Return the column of a moment; of one outside the axis, that at its end."""
        share = (moment - self.start) / (self.end - self.start)
        return min(max(round(share * (self.width - 1)), 0), self.width - 1)

    def rows(self, now: datetime) -> list[str]:
        """Return what stands above the bars: years over months, or months over days, and where now is."""
        upper, lower = _Row(self.width), _Row(self.width)
        if self.start <= now <= self.end:
            lower.place(max(self.column(now) - len(_NOW) + 1, 0), _NOW)
        for tick in self._ticks():
            lower.place(self.column(tick), self._name(tick))
        for tick in self._heads():
            upper.place(self.column(tick), self._head(tick))
        return [text for text in (str(upper), str(lower)) if text]

    def _ticks(self) -> Iterator[datetime]:
        tick = self._first()
        while tick is not None and tick <= self.end:
            if tick >= self.start:
                yield tick
            tick = self._next(tick)

    def _first(self) -> datetime:
        """Return a tick at the start or before it."""
        midnight = self.start.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.unit == "day":
            return midnight
        if self.unit == "month":
            return midnight.replace(day=1, month=(midnight.month - 1) // self.step * self.step + 1)
        return midnight.replace(day=1, month=1, year=max(midnight.year // self.step * self.step, 1))

    def _next(self, tick: datetime) -> datetime | None:
        try:
            if self.unit == "day":
                return tick + timedelta(days=self.step)
            months = tick.month - 1 + self.step
            if self.unit == "month":
                return tick.replace(year=tick.year + months // _MONTHS, month=months % _MONTHS + 1)
            return tick.replace(year=(tick.year if tick.year >= self.step else 0) + self.step)
        except (ValueError, OverflowError):  # the calendar ends
            return None

    def _name(self, tick: datetime) -> str:
        if self.unit == "year":
            return f"{tick.year:04}"
        return f"{tick:%b}" if self.unit == "month" else str(tick.day)

    def _heads(self) -> Iterator[datetime]:
        """Give the ticks that begin something larger: a year over months, a month over days."""
        known = ""
        for tick in self._ticks() if self.unit != "year" else ():
            if self._head(tick) != known:
                known = self._head(tick)
                yield tick

    def _head(self, tick: datetime) -> str:
        return f"{tick.year:04}" if self.unit == "month" else f"{tick:%b} {tick.year:04}"


class _Row:
    """A line on which names are placed where there is room, those placed first before the others."""

    def __init__(self, width: int) -> None:
        self._cells = [" "] * width

    def place(self, column: int, name: str) -> None:
        """Write a name from a column on, unless it would touch another or the end."""
        end = column + len(name)
        free = all(cell == " " for cell in self._cells[max(column - 1, 0) : end + 1])
        if free and end <= len(self._cells):
            self._cells[column:end] = name

    def __str__(self) -> str:
        return "".join(self._cells).rstrip()
