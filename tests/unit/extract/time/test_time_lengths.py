"""Lengths, distances and what recurs."""

import pytest
from time_reading import BERLIN, WEDNESDAY, day, found, words

from satchel.extract.time import Kind, Unit, expressions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("for two weeks", ((2.0, Unit.WEEK),)),
        ("for an hour and a half", ((1.5, Unit.HOUR),)),
        ("for two and a half hours", ((2.5, Unit.HOUR),)),
        ("for 3.5 years", ((3.5, Unit.YEAR),)),
        ("for 1 year and 21 days", ((1.0, Unit.YEAR), (21.0, Unit.DAY))),
        ("for a couple of days", ((2.0, Unit.DAY),)),
        ("for half an hour", ((0.5, Unit.HOUR),)),
        ("for a fortnight", ((2.0, Unit.WEEK),)),
        ("for 3h", ((3.0, Unit.HOUR),)),
        ("for three hundred and eleven days", ((311.0, Unit.DAY),)),
        ("for 30-60 seconds", ((60.0, Unit.SECOND),)),
        ("for two or three days", ((3.0, Unit.DAY),)),
        ("for four working days", ((4.0, Unit.WORKING_DAY),)),
    ],
)
def test_a_length_has_its_parts(text: str, parts: tuple[tuple[float, Unit], ...]) -> None:
    (read,) = expressions(f"we stayed {text}", at=WEDNESDAY, zone=BERLIN)
    assert read.length is not None
    assert (read.kind, read.length.parts) == (Kind.DURATION, parts)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("I've lived here for three years", "2021"),
        ("I've had them for 3 years now", "2021"),
        ("been vegan for six months", "2023-09"),
        ("married 41 years", "1983"),
        ("living in Oslo for nine years", "2015"),
        ("I'm in Cork since 8 months", "2023-07"),
        ("she's been single for ten days", "2024-03-03"),
        ("I've used it for the past five years", "2019"),
    ],
)
def test_a_state_that_goes_on_has_a_beginning(text: str, since: str) -> None:
    (read,) = found(text)
    assert read[1:] == ("since", since, None)


@pytest.mark.parametrize(
    "text",
    [
        "I lived there for eleven years",
        "we're staying for three weeks",
        "I had been there for two years",
        "we have three nights in Porto",
        "I've spent three hours on it",
        "it expires after 3 years",
    ],
)
def test_a_state_that_is_over_or_planned_has_only_its_length(text: str) -> None:
    kinds = [one[1] for one in found(text)]
    assert kinds == ["duration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two weeks ago", "2024-02-28"),
        ("I'll be back in 5 minutes", "2024-03-13T13:05"),
        ("in a fortnight's time", "2024-03-27"),
        ("5 days ago", "2024-03-08"),
        ("a few months back", "2023-12"),
        ("in eleven days", "2024-03-24"),
        ("three weeks from now", "2024-04-03"),
        ("in two weeks' time", "2024-03-27"),
        ("in four business days", "2024-03-19"),
        ("2 years ago today", "2022-03-13"),
        ("1 month 21 days ago", "2024-01-23"),
        ("two days after tomorrow", "2024-03-16"),
        ("three weeks before Easter 2024", "2024-03-10"),
        ("in 5 hours", "2024-03-13T18"),
        ("20 minutes ago", "2024-03-13T12:40"),
        ("two mondays ago", "2024-03-04"),
    ],
)
def test_a_distance_is_counted_from_the_message(text: str, expected: str) -> None:
    assert day(text) == expected


def test_what_took_a_time_does_not_lie_ahead() -> None:
    assert [one[1] for one in found("the tickets were gone in 4 minutes")] == ["duration"]
    assert [one[1] for one in found("I haven't seen him in 20 years")] == ["since"]


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("every Tuesday", 1.0, Unit.WEEK),
        ("every other Friday", 2.0, Unit.WEEK),
        ("every day at 7am", 1.0, Unit.DAY),
        ("twice a day", 0.5, Unit.DAY),
        ("three times a week", 1 / 3, Unit.WEEK),
        ("once a month", 1.0, Unit.MONTH),
        ("on weekends", 1.0, Unit.WEEK),
        ("on Mondays, Wednesdays, and Fridays", 1.0, Unit.WEEK),
        ("every two weeks", 2.0, Unit.WEEK),
        ("every quarter", 1.0, Unit.QUARTER),
        ("every summer", 1.0, Unit.YEAR),
        ("daily", 1.0, Unit.DAY),
        ("Saturday mornings", 1.0, Unit.WEEK),
        ("an hour a day", 1.0, Unit.DAY),
        ("every third day", 3.0, Unit.DAY),
        ("in the mornings", 1.0, Unit.DAY),
    ],
)
def test_what_recurs_has_the_time_from_one_to_the_next(text: str, count: float, unit: Unit) -> None:
    (read,) = expressions(f"I swim {text}", at=WEDNESDAY, zone=BERLIN)
    assert read.length is not None
    assert (read.kind, read.length.count, read.length.unit) == (Kind.RECURRING, count, unit)
    assert words(f"I swim {text}") == [text]
