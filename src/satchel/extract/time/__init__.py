"""Time expressions of English chat, read into intervals with their precision."""

from satchel.extract.time.expressions import expressions, resolve
from satchel.extract.time.interval import Bound, Expression, Interval, Kind, Length, Precision, Tense, Unit

__all__ = [
    "Bound",
    "Expression",
    "Interval",
    "Kind",
    "Length",
    "Precision",
    "Tense",
    "Unit",
    "expressions",
    "resolve",
]
