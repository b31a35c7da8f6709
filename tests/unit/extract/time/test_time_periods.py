"""Weeks, months, seasons, quarters, years, and parts of them."""

import pytest
from time_reading import days, found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("this week", "2024-03-11", "2024-03-17"),
        ("next week", "2024-03-18", "2024-03-24"),
        ("the week after next", "2024-03-25", "2024-03-31"),
        ("the month before last", "2024-01", "2024-01"),
        ("last weekend", "2024-03-09", "2024-03-10"),
        ("two weekends ago", "2024-03-02", "2024-03-03"),
        ("last year", "2023", "2023"),
        ("June 2016", "2016-06", "2016-06"),
        ("June next year", "2025-06", "2025-06"),
        ("Nov, 2016", "2016-11", "2016-11"),
        ("2016-11", "2016-11", "2016-11"),
        ("3/2015", "2015-03", "2015-03"),
        ("summer 2016", "2016", "2016"),
        ("next spring", "2025", "2025"),
        ("two summers ago", "2022", "2022"),
        ("Q3 2016", "2016", "2016"),
        ("the third quarter of this year", "2024", "2024"),
        ("the 1970s", "197", "197"),
        ("the nineties", "199", "199"),
        ("the nineteen seventies", "197", "197"),
        ("the 15th century", "14", "14"),
        ("the year 247", "0247", "0247"),
        ("the first week of October 2017", "2017-10-02", "2017-10-08"),
        ("first week of 2015", "2014-12-29", "2015-01-04"),
        ("the last week of July 2016", "2016-07-25", "2016-07-31"),
        ("the first weekend of May", "2024-05-04", "2024-05-05"),
        ("the week of the 18th", "2024-03-18", "2024-03-24"),
        ("week 31 of 2018", "2018-07-30", "2018-08-05"),
        ("earlier this week", "2024-03-11", "2024-03-12"),
        ("later this month", "2024-03", "2024-03"),
        ("the rest of the week", "2024-03-13", "2024-03-17"),
        ("late last month", "2024-02", "2024-02"),
        ("early next week", "2024-03-18", "2024-03-20"),
        ("mid-June 2023", "2023-06", "2023-06"),
        ("the end of 2023", "2023", "2023"),
        ("this time last year", "2023", "2023"),
        ("the first two weeks of May", "2024-05", "2024-05"),
        ("the last three months of 2021", "2021", "2021"),
        ("the first quarter of the year", "2024", "2024"),
        ("the weekend of Halloween 2021", "2021-10-30", "2021-10-31"),
        ("Labor Day weekend 2023", "2023-09-02", "2023-09-03"),
        ("2017-Q1", "2017", "2017"),
        ("April of 87", "1987-04", "1987-04"),
        ("last September", "2023-09", "2023-09"),
    ],
)
def test_a_stretch_is_read_in_every_way_it_is_named(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("from 4 to 22 January, 1995", "from 4 to 22 January, 1995", "1995-01-04", "1995-01-22"),
        ("I'm away from the 1st to the 15th of June", "from the 1st to the 15th of June", "2024-06-01", "2024-06-15"),
        ("on leave from 5th to 9th", "from 5th to 9th", "2024-04-05", "2024-04-09"),
        ("Nov 19-20, 2019", "Nov 19-20, 2019", "2019-11-19", "2019-11-20"),
        ("between May 2015 and 2018", "between May 2015 and 2018", "2015-05", "2018"),
        ("from Feb 1st to March 2019", "from Feb 1st to March 2019", "2019-02-01", "2019-03"),
        ("we were there from October to January", "from October to January", "2023-10", "2024-01"),
        ("it's on between 3 and 5pm tomorrow", "between 3 and 5pm tomorrow", "2024-03-14T15", "2024-03-14T17"),
        ("10pm to 2am", "10pm to 2am", "2024-03-13T22", "2024-03-14T02"),
        ("in 2014 through May 2018", "in 2014 through May 2018", "2014", "2018-05"),
        ("from 10/1/2018-10/7/2018", "from 10/1/2018-10/7/2018", "2018-10-01", "2018-10-07"),
        ("the last two quarters", "the last two quarters", "2023", "2023"),
        ("over the last two weeks", "over the last two weeks", "2024-02-28", "2024-03-12"),
        ("in the last month", "in the last month", "2024-02", "2024-03"),
        (
            "next week between Wednesday and Friday",
            "next week between Wednesday and Friday",
            "2024-03-20",
            "2024-03-22",
        ),
        ("3 days starting next Monday", "3 days starting next Monday", "2024-03-18", "2024-03-20"),
    ],
)
def test_a_span_has_both_its_ends(text: str, words: str, first: str, last: str) -> None:
    assert found(text) == [(words, "span", first, last)]


def test_what_is_put_off_is_no_span() -> None:
    assert [one[1] for one in found("it was moved from Wednesday to Friday")] == ["point", "point"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tomorrow at 5", "2024-03-14T17"),
        ("tomorrow morning at 7", "2024-03-14T07"),
        ("tonight at 7", "2024-03-13T19"),
        ("8pm on the 15th", "2024-03-15T20"),
        ("tomorrow at six pm", "2024-03-14T18"),
        ("on Sunday late evening at 10", "2024-03-17T22"),
        ("meet at 6.45", "2024-03-13T18:45"),
        ("at five-thirty tomorrow evening", "2024-03-14T17:30"),
        ("at half past six today", "2024-03-13T18:30"),
        ("17:45 today", "2024-03-13T17:45"),
        ("Friday at noon", "2024-03-15T12"),
        ("last night", "2024-03-12"),
        ("yesterday evening", "2024-03-12"),
        ("2024-03-09T10:00:00Z", "2024-03-09T11:00:00"),
        ("a quarter to seven tomorrow", "2024-03-14T06:45"),
        ("Wed Oct 26 15:50:06 2016", "2016-10-26T15:50:06"),
        ("Monday 10.20", "2024-03-18T10:20"),
    ],
)
def test_a_day_has_its_time(text: str, first: str) -> None:
    assert days(text)[0] == first
