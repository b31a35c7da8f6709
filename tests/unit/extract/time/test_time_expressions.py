"""The face: spans, kinds, intervals and directions of what people write."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from time_reading import BERLIN, WEDNESDAY, found, known, known_day, words

from satchel.extract.time import Kind, Length, Precision, Unit, expressions, resolve
from satchel.extract.time.triggers import STARTERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Lisbon last month", ("last month", "point", "2024-02", "2024-02")),
        ("I've lived here for three years", ("for three years", "since", "2021", None)),
        ("here since 2019, still", ("since 2019", "since", "2019", None)),
        ("I'm here until June", ("until June", "until", None, "2024-06")),
        ("please send it by Friday", ("by Friday", "until", None, "2024-03-15")),
        ("the report is due on the 14th", ("on the 14th", "point", "2024-03-14", "2024-03-14")),
        ("open from March to May 2023", ("from March to May 2023", "span", "2023-03", "2023-05")),
        ("2019-2021 in Oslo", ("2019-2021", "span", "2019", "2021")),
        ("starting Monday I'll work from home", ("starting Monday", "since", "2024-03-18", None)),
        ("in the summer we went to Rome", ("in the summer", "point", "2023", "2023")),
        ("born in the '90s", ("in the '90s", "point", "199", "199")),
        ("we closed before Christmas", ("before Christmas", "until", None, "2023-12-24")),
        ("from 2019 on", ("from 2019 on", "since", "2019", None)),
    ],
)
def test_an_expression_has_its_words_its_kind_and_its_bounds(
    text: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert found(text) == [expected]


def test_expressions_stand_in_the_order_of_the_text() -> None:
    text = "Yesterday I ran for an hour, tomorrow I'll rest; next week is the race."
    assert words(text) == ["Yesterday", "for an hour", "tomorrow", "next week"]


def test_a_text_without_a_time_has_none() -> None:
    assert words("My sister plays the cello.") == []
    assert words("") == []


def test_lengths_and_what_recurs_have_no_interval() -> None:
    took, often = expressions("it took three weeks, I swim twice a week", at=WEDNESDAY, zone=BERLIN)
    assert (took.kind, took.interval, took.length) == (Kind.DURATION, None, Length(((3.0, Unit.WEEK),)))
    assert (often.kind, often.interval, often.length) == (Kind.RECURRING, None, Length(((0.5, Unit.WEEK),)))


def test_the_direction_tells_the_side_of_the_message() -> None:
    read = expressions("yesterday, tomorrow, this week and since 2019", at=WEDNESDAY, zone=BERLIN)
    assert [one.direction for one in read] == ["past", "future", None, "past"]


def test_precisions_follow_the_words() -> None:
    text = "two years ago, three months ago, two weeks ago, yesterday; at 17:30; in the 1980s, last summer"
    read = expressions(text, at=WEDNESDAY, zone=BERLIN)
    precisions = [one.interval.start.precision for one in read if one.interval and one.interval.start]
    assert precisions == [
        Precision.YEAR,
        Precision.MONTH,
        Precision.WEEK,
        Precision.DAY,
        Precision.MINUTE,
        Precision.DECADE,
        Precision.SEASON,
    ]


def test_vague_times_lie_before_the_message() -> None:
    for text in ("years ago", "the other day", "a while back", "not too long ago"):
        (read,) = expressions(f"I met her {text}.", at=WEDNESDAY, zone=BERLIN)
        assert read.interval is not None
        assert read.interval.start is None
        assert read.interval.end is not None
        assert (read.interval.end.at, read.interval.end.precision) == (WEDNESDAY, Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("may", "2024-05"),
        ("sunday", "2024-03-17"),
        ("the 14th", "2024-03-14"),
        ("3rd of feb", "2024-02-03"),
        ("spring", "2024"),
        ("monday", "2024-03-18"),
        ("41 years", "1983"),
        ("2016", "2016"),
        ("the week", "2024-03-11"),
        ("march", "2024-03"),
        ("17th", "2024-03-17"),
        ("tues 4.15", "2024-03-19T16:15"),
    ],
)
def test_a_phrase_that_is_known_to_be_a_time_needs_no_preposition(phrase: str, expected: str) -> None:
    assert known_day(phrase) == expected


def test_a_length_that_is_known_to_be_a_time_lasts_unless_it_is_past() -> None:
    assert known("four years").kind is Kind.SINCE
    assert known("four years", tense="past").kind is Kind.DURATION


def test_a_phrase_that_is_no_time_is_not_understood() -> None:
    for phrase in ("after the wedding", "when I was nine", "", "!?"):
        assert resolve(phrase, at=WEDNESDAY, zone=BERLIN) is None


def test_a_given_tense_overrules_the_words_around() -> None:
    assert found("we met on Friday", tense="future")[0][2] == "2024-03-15"
    assert found("I'm flying on Friday", tense="past")[0][2] == "2024-03-08"


def test_a_date_that_the_calendar_does_not_have_is_no_date() -> None:
    assert "2024-02-30" not in str(found("on February 30, 2024"))
    assert words("5000 years ago") == []


_PIECES = st.one_of(
    st.sampled_from(sorted(STARTERS)),
    st.sampled_from(
        ["2019", "31", "5th", "99", "0", "12:30", "4/22", "9999", "-", "\u2013", ",", ".", "'s", "’", "\n"]
    ),
    st.text(max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(
    pieces=st.lists(_PIECES, max_size=10),
    glue=st.sampled_from([" ", " ", ""]),
    at=st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    tense=st.sampled_from([None, "past", "future"]),
)
@example(pieces=["every quarter"], glue=" ", at=WEDNESDAY, tense=None)
@example(pieces=["in 99999 years"], glue=" ", at=WEDNESDAY, tense=None)
@example(pieces=["the fifth Monday of February"], glue=" ", at=WEDNESDAY, tense=None)
def test_no_text_makes_it_fail_and_spans_are_ordered(
    pieces: list[str], glue: str, at: datetime, tense: str | None
) -> None:
    text = glue.join(pieces)
    last = 0
    for one in expressions(text, at=at, zone=BERLIN, tense=tense):  # type: ignore[arg-type]
        assert last <= one.start < one.end <= len(text)
        last = one.end
        if one.interval is not None:
            first, end = one.interval.start, one.interval.end
            assert first is None or end is None or first.at <= end.at
            one.interval.first(BERLIN), one.interval.last(BERLIN), one.interval.whole(BERLIN)
    resolve(text, at=at, zone=BERLIN, tense=tense)  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_characters_are_taken(text: str) -> None:
    assert expressions(text, at=WEDNESDAY, zone=BERLIN) == expressions(text, at=WEDNESDAY, zone=BERLIN)
