"""What a person changes by hand, and how that is read back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from saying import WEDNESDAY, message

from satchel.extract.acts import Act, claims_of_act, correction, joining, joinings_of_act
from satchel.extract.claim import Joining, Mention, Moment
from satchel.extract.instants import to_micros
from satchel.extract.time.interval import Precision
from satchel.model import Fact, Source, Trust

ANNA = Mention("name", "Anna")
SINCE = Moment(to_micros(datetime(2020, 1, 1, tzinfo=UTC)), Precision.YEAR)
FACT = Fact(
    id="f",
    subject="Anna",
    attribute="phone",
    qualifier="work",
    value="555",
    text="Anna's work phone number is 555",
    status="current",
    valid_from=None,
    valid_to=None,
    from_precision="unknown",
    to_precision="unknown",
    said_at=WEDNESDAY,
    confirmed_at=WEDNESDAY,
    conflict=False,
    stance="stated",
    trust=Trust.PERSON,
    sources=(),
)


def words_of(act: Act, content: str = "not 555 but 777") -> dict[str, str]:
    claims = claims_of_act(replace(message(content), act=act))
    return {one.value: content[one.sources[0].start : one.sources[0].end] for one in claims}


def test_a_correction_denies_the_wrong_value_and_states_the_right_one() -> None:
    act = correction(FACT, ANNA, "777", SINCE)
    wrong, right = claims_of_act(replace(message("not 555 but 777"), act=act))
    assert (wrong.value, wrong.polarity, wrong.begins) == ("555", "never", None)
    assert (right.value, right.polarity, right.begins) == ("777", "holds", SINCE)
    for one in (wrong, right):
        assert (one.subject, one.attribute, one.qualifier, one.stance) == (ANNA, "phone", "work", "corrected")


def test_a_correction_without_a_right_value_only_denies() -> None:
    act = correction(FACT, ANNA, None, None)
    (only,) = claims_of_act(replace(message("not 555"), act=act))
    assert (only.value, only.polarity) == ("555", "never")


def test_values_are_quoted_where_they_stand_else_the_whole_message_is() -> None:
    act = correction(FACT, ANNA, "777", None)
    assert words_of(act) == {"555": "555", "777": "777"}
    assert words_of(act, "the other 777") == {"555": "the other 777", "777": "777"}


@pytest.mark.parametrize("together", [True, False])
def test_names_are_joined_or_parted(*, together: bool) -> None:
    said = replace(message("they are one"), act=joining("anna", "anne", together=together))
    assert joinings_of_act(said) == (Joining("anna", "anne", together),)
    assert claims_of_act(said) == ()


def test_what_is_no_such_act_says_nothing() -> None:
    assert joinings_of_act(replace(message("x"), act=correction(FACT, ANNA, None, None))) == ()
    assert claims_of_act(message("x")) == joinings_of_act(message("x")) == ()


def test_sources_name_the_message_of_the_act() -> None:
    said = replace(message("not 555", id="act"), act=correction(FACT, ANNA, None, None))
    assert [one.sources for one in claims_of_act(said)] == [(Source("act", 4, 7),)]
