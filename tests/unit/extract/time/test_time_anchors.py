"""Where the anchor matters: leap years, ends of months and years, zones, and weekdays said on that weekday."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_reading import BERLIN, day, days

from satchel.extract.time import expressions

APIA, LOS_ANGELES = ZoneInfo("Pacific/Apia"), ZoneInfo("America/Los_Angeles")


def noon(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


def test_a_leap_day_is_followed_and_preceded() -> None:
    assert day("tomorrow", at=noon(2024, 2, 28)) == "2024-02-29"
    assert day("yesterday", at=noon(2024, 3, 1)) == "2024-02-29"
    assert day("yesterday", at=noon(2023, 3, 1)) == "2023-02-28"
    assert day("a year ago today", at=noon(2024, 2, 29)) == "2023-02-28"
    assert day("on Feb 29", at=noon(2025, 6, 1), tense="future") == "2028-02-29"
    assert day("on Feb 29", at=noon(2025, 6, 1), tense="past") == "2024-02-29"


def test_the_end_of_a_month_is_kept() -> None:
    assert day("in a month", at=noon(2024, 1, 31)) == "2024-02"
    assert days("last month", at=noon(2024, 3, 31)) == ("2024-02", "2024-02")
    assert day("on the 31st", at=noon(2024, 2, 10), tense="future") == "2024-03-31"
    assert day("on the 31st", at=noon(2024, 3, 10), tense="past") == "2024-01-31"


def test_a_year_turns() -> None:
    assert day("next month", at=noon(2023, 12, 15)) == "2024-01"
    assert days("last week", at=noon(2024, 1, 2)) == ("2023-12-25", "2023-12-31")
    assert day("we went in December", at=noon(2024, 1, 2)) == "2023-12"
    assert day("I'll start in January", at=noon(2023, 12, 30)) == "2024-01"
    assert day("on New Year's Eve", at=noon(2024, 1, 3), tense="past") == "2023-12-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Friday", "2024-03-22"),
        ("last Friday", "2024-03-08"),
        ("this Friday", "2024-03-15"),
        ("I'm flying on Friday", "2024-03-22"),
        ("we met on Friday", "2024-03-08"),
        ("on Friday next week", "2024-03-22"),
        ("a week from Friday", "2024-03-29"),
        ("two fridays ago", "2024-03-01"),
        ("the Friday before Easter", "2024-03-29"),
    ],
)
def test_friday_said_on_a_friday(text: str, expected: str) -> None:
    assert day(text, at=noon(2024, 3, 15)) == expected


def test_a_weekend_said_on_a_sunday_is_still_running() -> None:
    sunday = noon(2024, 3, 17)
    assert days("this weekend", at=sunday) == ("2024-03-16", "2024-03-17")
    assert days("last weekend", at=sunday) == ("2024-03-09", "2024-03-10")
    assert days("next weekend", at=sunday) == ("2024-03-23", "2024-03-24")


def test_days_begin_at_midnight_in_the_zone() -> None:
    late = datetime(2024, 3, 13, 23, 30, tzinfo=UTC)
    assert day("today", at=late) == "2024-03-14"
    assert day("today", at=late, zone=LOS_ANGELES) == "2024-03-13"
    assert day("tomorrow", at=late, zone=APIA) == "2024-03-15"


def test_a_day_of_the_clock_change_has_its_own_length() -> None:
    (read,) = expressions("yesterday", at=noon(2024, 4, 1), zone=BERLIN)
    assert read.interval is not None
    assert read.interval.start is not None
    assert read.interval.end is not None
    assert read.interval.end.at - read.interval.start.at == timedelta(hours=23)


def test_hours_pass_through_the_clock_change() -> None:
    before = datetime(2024, 3, 30, 22, 30, tzinfo=UTC)
    (read,) = expressions("in 5 hours", at=before, zone=BERLIN)
    assert read.interval is not None
    assert read.interval.start is not None
    assert read.interval.start.at == before + timedelta(hours=5)
