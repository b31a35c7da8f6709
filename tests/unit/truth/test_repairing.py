"""Which claim a correction means that names only values."""

from dataclasses import replace

import pytest

from satchel.extract.claim import Claim, Reading, Repair
from satchel.model import Source
from satchel.truth.repairing import repaired

from .making import claim, knowing, lives, named, said, values

HERE = Source("repair", 3, 8)


def repairing(wrong: str, right: str, *claims: Claim, on: float = 20, speaker: str | None = None) -> Reading:
    """Return the reading of a message that corrects a value."""
    return replace(said(on, *claims, speaker=speaker), repairs=(Repair(wrong, right, HERE),))


def result(repair: Reading, *before: Reading) -> list[tuple[str, str, str]]:
    return [(one.attribute, one.value, one.polarity) for one in repaired(repair, before)]


def test_the_last_claim_with_the_wrong_value_is_taken_back_and_put_right() -> None:
    story = [said(10, claim("pet", "Ilse")), said(12, claim("child", "Ilse")), said(14, lives("Oslo"))]
    told = result(repairing("Ilse", "Elise"), *story)
    assert told == [("child", "Ilse", "never"), ("child", "Elise", "holds")]


def test_a_repair_says_nothing_of_times_but_of_whom_and_how() -> None:
    before = said(10, claim("phone", "555", of=named("Anna"), qualifier="work", begins=1, ends=90))
    wrong, right = repaired(repairing("555", "777"), [before])
    for one in (wrong, right):
        assert (one.subject, one.qualifier, one.stance) == (named("Anna"), "work", "corrected")
        assert (one.begins, one.ends, one.sources) == (None, None, (HERE,))


def test_what_is_put_right_has_no_normal_form_of_the_wrong_value() -> None:
    before = said(10, replace(claim("age", "41"), normal="41"))
    _, right = repaired(repairing("41", "42"), [before])
    assert (right.value, right.normal) == ("42", None)


@pytest.mark.parametrize(
    ("value", "wrong", "meant"),
    [
        ("Ilse Smith", "ilse", True),
        ("my cat Ilse", "the Ilse", True),
        ("Ilsebill", "Ilse", False),
        ("Ilse", "Ilse Smith", False),
    ],
)
def test_the_wrong_value_is_whole_words_of_what_was_said(value: str, wrong: str, *, meant: bool) -> None:
    assert bool(result(repairing(wrong, "Elise"), said(10, claim("pet", value)))) is meant


@pytest.mark.parametrize(
    ("value", "right", "meant"),
    [
        ("555-1234", "555-1243", True),
        ("555-1234", "42", False),
        ("Mila", "Mina", True),
        ("Mila", "Mila", False),
        ("Mila", "Bartholomew", False),
        ("41 years", "42", False),
    ],
)
def test_a_right_value_alone_means_one_of_its_form_or_spelling(value: str, right: str, *, meant: bool) -> None:
    assert bool(result(repairing("", right), said(10, claim("pet", value)))) is meant


@pytest.mark.parametrize(
    "other",
    [
        said(10, claim("pet", "Ilse"), speaker="Ben"),
        replace(said(10, claim("pet", "Ilse")), role="assistant"),
        said(10, claim("pet", "Ilse", polarity="ended")),
        said(10, claim("pet", "Ilse", modality="wished")),
    ],
)
def test_what_another_said_or_what_was_not_told_as_so_is_not_meant(other: Reading) -> None:
    assert result(repairing("Ilse", "Elise"), other) == []


def test_a_plan_may_be_put_right() -> None:
    plan = said(10, claim("plans", "trip to Oslo", modality="planned"))
    assert result(repairing("Oslo", "Rome"), plan)[0] == ("plans", "trip to Oslo", "never")


def test_a_message_that_states_the_right_value_itself_repairs_nothing_else() -> None:
    before = said(10, claim("pet", "Ilse"))
    assert result(repairing("Ilse", "Elise", claim("pet", "Elise")), before) == []
    assert result(repairing("Ilse", "Elise", claim("pet", "Elise", polarity="ended")), before) != []


def test_what_was_said_long_ago_is_not_looked_for() -> None:
    long_ago = said(1, claim("pet", "Ilse"))
    chatter = [said(number, claim("likes", f"topic {number}")) for number in range(2, 42)]
    assert result(repairing("Ilse", "Elise", on=99), long_ago, *chatter) == []
    assert result(repairing("Ilse", "Elise", on=99), long_ago, *chatter[1:]) != []


def test_a_repair_that_was_said_before_its_value_finds_nothing() -> None:
    early, late = repairing("Ilse", "Elise", on=5), said(10, claim("pet", "Ilse"))
    assert values(knowing(late, early), "pet") == ["Ilse"]


def test_a_repair_arriving_before_what_it_repairs_counts_by_when_it_was_said() -> None:
    wrong, repair = said(10, claim("pet", "Ilse"), known=30), repairing("Ilse", "Elise")
    for order in ((wrong, repair), (repair, wrong)):
        assert values(knowing(*order), "pet") == ["Elise"]
