"""Points in time as callers write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satchel.errors import InvalidInput
from satchel.extract.instants import from_micros, read_bound, read_instant, to_micros

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-20T12:00:00Z",
        " 2026-03-20T14:00:00+02:00 ",
        "2026-03-20 12:00:00+00:00",
        "2026-03-20T12:00:00.000000Z",
        datetime(2026, 3, 20, 7, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_an_aware_time_is_read_into_utc(value: object) -> None:
    found = read_instant(value, name="at")
    assert found == NOON
    assert found.tzinfo is UTC


@pytest.mark.parametrize("value", ["2026-03-20T12:00:00", "2026-03-20", "noon", "", 5, None, date(2026, 3, 20)])
def test_what_is_no_aware_time_is_refused_by_name(value: object) -> None:
    with pytest.raises(InvalidInput, match="at: "):
        read_instant(value, name="at")


@pytest.mark.parametrize("value", ["2026-03-20", " 2026-03-20 ", date(2026, 3, 20)])
def test_a_bare_date_is_a_whole_day(value: object) -> None:
    first, last = read_bound(value, name="x", end="first"), read_bound(value, name="x", end="last")
    assert first == datetime(2026, 3, 20, tzinfo=UTC)
    assert last + timedelta(microseconds=1) == first + timedelta(days=1)


def test_a_bound_may_be_an_instant() -> None:
    assert read_bound(NOON, name="x", end="first") == read_bound(NOON, name="x", end="last") == NOON
    with pytest.raises(InvalidInput, match=r"x: .* calendar"):
        read_bound("2026-02-30", name="x", end="first")


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_lose_nothing(instant: datetime) -> None:
    assert from_micros(to_micros(instant)) == instant
