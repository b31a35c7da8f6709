"""Days by name, by date and by feast."""

import pytest
from time_reading import day, found, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tmrw", "2024-03-14"),
        ("the day before yesterday", "2024-03-11"),
        ("the day after tomorrow", "2024-03-15"),
        ("on Friday", "2024-03-15"),
        ("last Monday", "2024-03-11"),
        ("next Monday", "2024-03-18"),
        ("this coming Sunday", "2024-03-17"),
        ("Tuesday the 19th", "2024-03-19"),
        ("Friday the 8th", "2024-03-08"),
        ("Thursday, 4 April", "2024-04-04"),
        ("the first Monday of next month", "2024-04-01"),
        ("the last Friday of May 2023", "2023-05-26"),
        ("May 3rd, 2020", "2020-05-03"),
        ("3 May 2020", "2020-05-03"),
        ("the third of May, 2020", "2020-05-03"),
        ("May the 4th 2021", "2021-05-04"),
        ("Oct. 2, 2019", "2019-10-02"),
        ("the 20th of next month", "2024-04-20"),
        ("2024-03-09", "2024-03-09"),
        ("02/22/2016", "2016-02-22"),
        ("22.02.2016", "2016-02-22"),
        ("05/06/2023", "2023-05-06"),
        ("5.6.2023", "2023-06-05"),
        ("21/04/16", "2016-04-21"),
        ("2019-sep-1", "2019-09-01"),
        ("on September 10, nineteen zero one", "1901-09-10"),
    ],
)
def test_a_day_is_read_in_every_way_it_is_named(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Christmas 2023", "2023-12-25"),
        ("Easter 2024", "2024-03-31"),
        ("Good Friday 2025", "2025-04-18"),
        ("Black Friday 2023", "2023-11-24"),
        ("Thanksgiving 2022", "2022-11-24"),
        ("Mother's Day 2023", "2023-05-14"),
        ("last Christmas", "2023-12-25"),
        ("on New Year's Eve 2022", "2022-12-31"),
        ("the fourth of July 2021", "2021-07-04"),
        ("Labor Day 2023", "2023-09-04"),
        ("the day after Christmas 2023", "2023-12-26"),
    ],
)
def test_holidays_have_their_date_in_each_year(text: str, expected: str) -> None:
    assert day(text) == expected


def test_a_holiday_before_a_noun_needs_a_preposition() -> None:
    assert words("we baked Christmas cookies") == []
    assert words("Happy Halloween!") == []
    assert words("we met at Christmas") == ["at Christmas"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we met on Friday", "2024-03-08"),
        ("I'm flying on Friday", "2024-03-15"),
        ("see you Friday", "2024-03-15"),
        ("I started at Acme on Monday, still lost", "2024-03-11"),
        ("We fly to Osaka on Tuesday", "2024-03-19"),
        ("my exam is on the 20th", "2024-03-20"),
        ("my exam was on the 20th", "2024-02-20"),
        ("I booked a table for Saturday", "2024-03-16"),
        ("we got married in May", "2023-05"),
        ("we're getting married in May", "2024-05"),
        ("our flight is on 4 January", "2025-01-04"),
        ("I moved out in January", "2024-01"),
        ("Did she call on Monday?", "2024-03-11"),
        ("so glad we met in May, I'm happy", "2023-05"),
        ("they asked for figures by Thursday", None),
    ],
)
def test_the_verb_nearby_tells_which_one_is_meant(text: str, expected: str | None) -> None:
    assert day(text) == expected


def test_a_deadline_lies_ahead_even_after_a_past_verb() -> None:
    assert found("they asked for figures by Thursday") == [("by Thursday", "until", None, "2024-03-14")]
