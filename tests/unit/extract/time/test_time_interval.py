"""Bounds, their prefixes, and the widest that an interval may mean."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from time_reading import BERLIN, known

from satchel.extract.time import Bound, Interval, Length, Precision, Unit

NEW_YORK = ZoneInfo("America/New_York")


def bound(precision: Precision, *when: int) -> Bound:
    return Bound(datetime(*when, tzinfo=BERLIN).astimezone(UTC), precision)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (Precision.INSTANT, "2024-03-09T14:05:30"),
        (Precision.MINUTE, "2024-03-09T14:05"),
        (Precision.HOUR, "2024-03-09T14"),
        (Precision.DAYPART, "2024-03-09"),
        (Precision.DAY, "2024-03-09"),
        (Precision.WEEK, "2024-03-09"),
        (Precision.MONTH, "2024-03"),
        (Precision.QUARTER, "2024"),
        (Precision.SEASON, "2024"),
        (Precision.YEAR, "2024"),
        (Precision.DECADE, "202"),
        (Precision.CENTURY, "20"),
        (Precision.UNKNOWN, ""),
    ],
)
def test_a_prefix_says_as_much_as_is_known(precision: Precision, expected: str) -> None:
    assert bound(precision, 2024, 3, 9, 14, 5, 30).prefix(BERLIN) == expected


def test_a_prefix_is_that_of_the_zone() -> None:
    midnight = bound(Precision.DAY, 2024, 1, 1)
    assert (midnight.prefix(BERLIN), midnight.prefix(NEW_YORK)) == ("2024-01-01", "2023-12-31")


def test_the_last_unit_lies_inside_and_a_clock_time_is_exact() -> None:
    assert Interval(None, bound(Precision.MONTH, 2024, 7, 1)).last(BERLIN) == "2024-06"
    assert Interval(None, bound(Precision.HOUR, 2024, 7, 1, 17)).last(BERLIN) == "2024-07-01T17"
    assert Interval(None, None).first(BERLIN) is Interval(None, None).last(BERLIN) is None


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("two years ago", (2022, 1, 1), (2023, 1, 1)),
        ("two months ago", (2024, 1, 1), (2024, 2, 1)),
        ("two weeks ago", (2024, 2, 26), (2024, 3, 4)),
        ("yesterday", (2024, 3, 12), (2024, 3, 13)),
        ("the 1990s", (1990, 1, 1), (2000, 1, 1)),
        ("last summer", (2023, 6, 1), (2023, 9, 1)),
        ("last winter", (2023, 12, 1), (2024, 3, 1)),
        ("Q3 2023", (2023, 7, 1), (2023, 10, 1)),
        ("the 15th century", (1400, 1, 1), (1500, 1, 1)),
    ],
)
def test_the_whole_of_an_interval_is_made_of_whole_units(
    phrase: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    interval = known(phrase).interval
    assert interval is not None
    assert interval.whole(BERLIN) == tuple(datetime(*day, tzinfo=BERLIN).astimezone(UTC) for day in (first, last))


def test_what_lies_beyond_the_calendar_is_open() -> None:
    edge = Interval(None, Bound(datetime(9999, 12, 31, tzinfo=UTC), Precision.DECADE))
    assert edge.whole(ZoneInfo("UTC")) == (None, None)


def test_a_length_counts_its_parts() -> None:
    length = Length(((1.0, Unit.YEAR), (21.0, Unit.DAY)))
    assert (length.count, length.unit, length.seconds) == (1.0, Unit.YEAR, (365 + 21) * 86_400)
