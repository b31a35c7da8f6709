"""What calls a plan off: its own words, a part of them, or a name that both have."""

import pytest

from satchel.extract.claim import Claim
from satchel.model import Polarity

from .making import claim, found, knowing, said, values
from .making import standing as statuses


def plan(value: str, begins: float | None = 60) -> Claim:
    return claim("plans", value, modality="planned", begins=begins)


def off(value: str, *, polarity: Polarity = "never", ends: float | None = None) -> Claim:
    return claim("plans", value, polarity=polarity, ends=ends)


def status(planned: str, cancelled: str, *, polarity: Polarity = "never") -> str:
    story = knowing(said(10, plan(planned)), said(20, off(cancelled, polarity=polarity)))
    return statuses(story, "plans", on=30)[planned]


@pytest.mark.parametrize("polarity", ["never", "ended"])
@pytest.mark.parametrize(
    ("planned", "cancelled"),
    [
        ("flying to Oslo", "Oslo trip"),
        ("flying to Oslo", "the OSLO thing"),
        ("dinner with Anna", "Anna visit"),
        ("trip to Japan", "Japan trip"),
        ("party", "the party"),
        ("dinner", ""),
    ],
)
def test_a_shared_name_the_same_words_or_none_call_a_plan_off(planned: str, cancelled: str, polarity: Polarity) -> None:
    assert status(planned, cancelled, polarity=polarity) == "past"


@pytest.mark.parametrize(
    ("planned", "cancelled"),
    [("flying to Oslo", "Rome trip"), ("flying to oslo", "Oslo cruise"), ("dinner at home", "wedding at church")],
)
def test_another_name_or_a_small_word_does_not(planned: str, cancelled: str) -> None:
    assert status(planned, cancelled) == "planned"


def test_only_the_plans_that_share_the_name_are_called_off() -> None:
    story = knowing(said(10, plan("flying to Oslo"), plan("driving to Rome")), said(20, off("Oslo trip")))
    assert statuses(story, "plans", on=30) == {"flying to Oslo": "past", "driving to Rome": "planned"}


def test_a_plan_made_again_after_it_was_called_off_stands() -> None:
    story = knowing(said(10, plan("flying to Oslo")), said(20, off("Oslo trip")), said(30, plan("driving to Oslo")))
    assert statuses(story, "plans", on=40)["driving to Oslo"] == "planned"


def test_what_has_begun_by_then_was_not_called_off() -> None:
    story = knowing(said(10, plan("flying to Oslo", begins=15)), said(20, off("Oslo trip")))
    (trip,) = found(story, "plans", on=30, past=True)
    assert (trip.status, trip.because) == ("past", None)


def test_an_end_after_a_plan_has_begun_does_not_call_it_off() -> None:
    story = knowing(said(10, plan("flying to Oslo")), said(20, off("Oslo trip", polarity="ended", ends=70)))
    assert statuses(story, "plans", on=30)["flying to Oslo"] == "planned"


def test_a_plan_without_a_date_is_called_off_by_its_name() -> None:
    story = knowing(said(10, plan("flying to Oslo", begins=None)), said(20, off("Oslo trip")))
    assert statuses(story, "plans", on=30) == {"flying to Oslo": "past"}


def test_a_name_ends_nothing_that_holds_already() -> None:
    here = claim("likes", "walks in Oslo")
    story = knowing(said(10, here), said(20, claim("likes", "Oslo fjord", polarity="ended")))
    assert values(story, "likes", on=30) == ["walks in Oslo"]
