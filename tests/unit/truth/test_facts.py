"""What becomes of a value: replaced, restated, corrected, ended, planned. One test for each way."""

from dataclasses import replace

import pytest

from satchel.extract.claim import Repair
from satchel.extract.time.interval import Precision
from satchel.model import Source

from .making import bounds, claim, denied, found, knowing, left, lives, messages, named, said, standing, values


def plan(value: str, **rest: object) -> object:
    return claim("plans", value, modality="planned", **rest)  # type: ignore[arg-type]


def test_a_later_contradiction_wins_from_its_beginning_on() -> None:
    knowledge = knowing(said(10, lives("Boston")), said(40, lives("Lisbon", begins=30)))
    assert [values(knowledge, on=on) for on in (9, 10, 29, 30, 99)] == [
        [],
        ["Boston"],
        ["Boston"],
        ["Lisbon"],
        ["Lisbon"],
    ]
    boston, lisbon = found(knowledge, past=True)
    assert (boston.status, bounds(boston), lisbon.status, bounds(lisbon)) == ("past", (None, 30), "current", (30, None))
    assert boston.because == "replaced by 'Lisbon', said on 2025-02-10"


def test_out_of_order_arrival_changes_nothing_but_what_was_known_then() -> None:
    early, late = said(10, lives("Boston"), known=90), said(40, lives("Lisbon"))
    for order in ((early, late), (late, early)):
        assert [values(knowing(*order), on=on) for on in (20, 50)] == [["Boston"], ["Lisbon"]]
    warm = knowing(late).updated({one.message_id: one for one in (late, early)})
    assert found(warm, past=True) == found(knowing(early, late), past=True)


def test_of_two_values_for_the_same_instant_one_wins_and_the_conflict_is_flagged() -> None:
    one, other = said(10, lives("Boston", begins=5)), said(20, lives("Lisbon", begins=5))
    (fact,) = found(knowing(other, one))
    assert (fact.value, fact.conflict, bounds(fact)) == ("Lisbon", True, (5, None))
    together = [said(10, lives("Boston")), said(10, lives("Lisbon"))]
    (first,), (second,) = found(knowing(*together)), found(knowing(*together[::-1]))
    assert first == second
    assert first.conflict


def test_an_undated_contradiction_holds_from_when_it_was_said() -> None:
    knowledge = knowing(said(10, lives("Boston")), said(20, lives("Lisbon")))
    assert [values(knowledge, on=on) for on in (19.99, 20)] == [["Boston"], ["Lisbon"]]
    (lisbon,) = found(knowledge)
    assert (lisbon.conflict, lisbon.valid_from, lisbon.from_precision) == (False, None, "unknown")


def test_additive_facts_stand_side_by_side() -> None:
    knowledge = knowing(said(10, claim("likes", "tea")), said(20, claim("likes", "olives"), claim("likes", "jazz")))
    assert sorted(values(knowledge, "likes")) == ["jazz", "olives", "tea"]
    assert not any(one.conflict for one in found(knowledge, "likes"))


def test_a_dislike_ends_a_like_of_the_same() -> None:
    knowledge = knowing(
        said(10, claim("likes", "olives"), claim("likes", "tea")), said(20, claim("dislikes", "olives"))
    )
    assert sorted(values(knowledge, "likes", on=15)) == ["olives", "tea"]
    assert (values(knowledge, "likes"), values(knowledge, "dislikes")) == (["tea"], ["olives"])


def test_each_qualifier_has_a_slot_of_its_own() -> None:
    green, blue = claim("favorite", "green", qualifier="colour"), claim("favorite", "blue", qualifier="colour")
    knowledge = knowing(said(10, green, claim("favorite", "Queen", qualifier="band")), said(20, blue))
    assert sorted(values(knowledge, "favorite")) == ["Queen", "blue"]


def test_a_restatement_adds_a_source_and_nothing_else() -> None:
    first, again = said(10, lives("Lisbon", begins=5)), said(30, lives("lisbon"))
    (once,), (twice,) = found(knowing(first)), found(knowing(first, again))
    assert messages(twice) == [first.message_id, again.message_id]
    assert (twice.id, twice.value, bounds(twice), twice.said_at) == (once.id, once.value, bounds(once), once.said_at)
    assert twice.confirmed_at > once.confirmed_at


def test_a_restatement_may_tell_a_more_exact_beginning() -> None:
    vague = said(200, lives("Lisbon", begins=0, precision=Precision.YEAR))
    (fact,) = found(knowing(vague, said(210, lives("Lisbon", begins=90, precision=Precision.MONTH))))
    assert (bounds(fact), fact.from_precision, len(fact.sources)) == ((90, None), "month", 2)


def test_a_restatement_that_tells_an_earlier_beginning_keeps_both_sources() -> None:
    first, again = said(10, lives("Lisbon")), said(30, lives("Lisbon", begins=5))
    (fact,) = found(knowing(first, again), past=True)
    assert bounds(fact) == (5, None)
    assert messages(fact) == [first.message_id, again.message_id]


def test_a_correction_takes_back_all_that_names_the_wrong_value() -> None:
    told = (said(5, lives("Lisbon, Portugal")), said(10, lives("Lisbon")))
    assert len(found(knowing(*told), past=True)) == 1
    assert standing(knowing(*told, said(20, lives("Porto", stance="corrected")))) == {"Porto": "current"}


def test_what_a_correction_says_was_never_true_is_gone_from_the_valid_axis() -> None:
    wrong = said(10, lives("Boston"))
    right = said(30, denied("lives_in", "Boston"), lives("Lisbon", stance="corrected"))
    knowledge = knowing(wrong, right)
    assert standing(knowledge) == {"Lisbon": "current"}
    assert values(knowledge, on=15) == ["Lisbon"]
    assert values(knowledge.known_at(wrong.known_at), on=15) == ["Boston"]


def test_a_correction_without_the_wrong_value_replaces_the_value_said_last() -> None:
    knowledge = knowing(
        said(5, lives("Porto", begins=1)),
        said(10, lives("Boston", begins=8)),
        said(30, lives("Lisbon", stance="corrected")),
    )
    assert [values(knowledge, on=on) for on in (2, 9, 40)] == [["Porto"], ["Lisbon"], ["Lisbon"]]


@pytest.mark.parametrize("right_first", [False, True])
def test_a_correction_may_name_a_part_of_the_wrong_value(*, right_first: bool) -> None:
    pair = [denied("lives_in", "New York"), lives("York", stance="corrected")]
    knowledge = knowing(said(10, lives("New York")), said(30, *(pair[::-1] if right_first else pair)))
    assert standing(knowledge) == {"York": "current"}


def test_a_correction_of_one_of_many_values_leaves_a_value_that_is_a_part_of_it() -> None:
    liked = said(10, claim("likes", "coffee"), claim("likes", "iced coffee"))
    assert values(knowing(liked, said(20, denied("likes", "iced coffee"))), "likes") == ["coffee"]


def test_an_end_without_a_new_value_leaves_nothing() -> None:
    knowledge = knowing(said(10, lives("Lisbon")), said(30, left("Lisbon", ends=25)))
    assert [values(knowledge, on=on) for on in (24, 25, 99)] == [["Lisbon"], [], []]
    (lisbon,) = found(knowledge, past=True)
    assert (lisbon.status, bounds(lisbon), lisbon.because) == ("past", (None, 25), "ended, said on 2025-01-31")


def test_an_end_that_names_no_value_ends_what_holds() -> None:
    knowledge = knowing(said(10, claim("works_at", "Acme")), said(30, claim("works_at", "", polarity="ended")))
    assert standing(knowledge, "works_at") == {"Acme": "past"}


def test_an_end_of_another_value_changes_nothing() -> None:
    knowledge = knowing(said(10, lives("Lisbon")), said(30, left("Boston")))
    assert values(knowledge) == ["Lisbon"]


def test_an_end_in_the_future_holds_until_then() -> None:
    knowledge = knowing(said(10, lives("Lisbon", ends=50)))
    assert [values(knowledge, on=on) for on in (10, 49, 50)] == [["Lisbon"], ["Lisbon"], []]
    told_later = knowing(said(10, lives("Lisbon")), said(20, left("Lisbon", ends=50)))
    assert [values(told_later, on=on) for on in (49, 50)] == [["Lisbon"], []]


def test_a_plan_to_stay_until_a_time_gives_a_current_value_its_end() -> None:
    stay = said(20, lives("Lisbon", modality="planned", ends=50))
    knowledge = knowing(said(10, lives("Lisbon")), stay)
    assert [values(knowledge, on=on) for on in (49, 51)] == [["Lisbon"], []]


def test_an_interval_wholly_in_the_past_changes_the_past_alone() -> None:
    knowledge = knowing(said(10, lives("Lisbon")), said(20, lives("Boston", begins=-300, ends=-100)))
    assert [values(knowledge, on=on) for on in (-301, -200, -100, 9, 10, 99)] == [
        [],
        ["Boston"],
        [],
        [],
        ["Lisbon"],
        ["Lisbon"],
    ]
    inside = knowing(said(-400, lives("Lisbon")), said(20, lives("Boston", begins=-300, ends=-100)))
    assert [values(inside, on=on) for on in (-350, -200, -50)] == [["Lisbon"], ["Boston"], ["Lisbon"]]


def test_of_a_past_value_only_the_end_may_be_known() -> None:
    knowledge = knowing(said(10, left("Boston", ends=-100)))
    assert [values(knowledge, on=on) for on in (-200, -100)] == [["Boston"], []]
    assert bounds(found(knowledge, past=True)[0]) == (None, -100)


def test_a_value_that_is_said_again_after_its_end_holds_again() -> None:
    knowledge = knowing(said(10, lives("Lisbon")), said(20, left("Lisbon")), said(30, lives("Lisbon")))
    assert [values(knowledge, on=on) for on in (15, 25, 35)] == [["Lisbon"], [], ["Lisbon"]]
    before, again = found(knowledge, past=True)
    assert (before.status, again.status) == ("past", "current")
    assert before.id != again.id


def test_two_readings_of_another_person_do_not_touch_ones_own() -> None:
    knowledge = knowing(said(10, lives("Lisbon")), said(20, lives("Oslo", of=named("Anna"))))
    assert {one.subject: one.value for one in found(knowledge)} == {"user": "Lisbon", "Anna": "Oslo"}


@pytest.mark.parametrize("modality", ["wished", "hypothetical", "asked", "quoted"])
def test_what_is_not_asserted_is_no_fact(modality: str) -> None:
    assert standing(knowing(said(10, lives("Mars", modality=modality)))) == {}


def test_an_ending_told_later_ends_what_was_said_to_hold_after_it() -> None:
    story = knowing(
        said(32, claim("works_at", "Shell")), said(150, claim("works_at", "Shell", polarity="ended", ends=10))
    )
    assert values(story, "works_at", on=40) == []
    (shell,) = found(story, "works_at", past=True)
    assert (shell.status, bounds(shell)) == ("past", (None, 10))


def test_an_ending_within_the_year_it_names_ends_what_held_in_that_year() -> None:
    left = claim("works_at", "Shell", polarity="ended", ends=0, precision=Precision.YEAR)
    story = knowing(said(32, claim("works_at", "Shell")), said(330, left))
    assert values(story, "works_at", on=100) == ["Shell"]
    assert values(story, "works_at", on=331) == []


def test_a_value_of_which_only_a_future_end_is_known_holds_up_to_it() -> None:
    story = knowing(said(10, claim("works_at", "Zalando", polarity="ended", modality="planned", ends=50)))
    assert (values(story, "works_at", on=20), values(story, "works_at", on=60)) == (["Zalando"], [])


def test_a_cancellation_is_of_the_plan_that_shares_its_name() -> None:
    plan = claim("plans", "flying to Oslo", begins=60, modality="planned")
    off = claim("plans", "Oslo trip", polarity="never")
    assert [one.status for one in found(knowing(said(10, plan), said(20, off)), "plans", on=30, past=True)] == ["past"]


def test_what_replaces_a_value_takes_over_its_qualifier() -> None:
    old = claim("uses", "Pixel 7", qualifier="phone")
    switch = (claim("uses", "Pixel 7", polarity="ended"), claim("uses", "Fairphone 5"))
    (now,) = found(knowing(said(10, old), said(20, *switch)), "uses")
    assert (now.value, now.qualifier) == ("Fairphone 5", "phone")


def test_a_misspelt_name_is_repaired_by_one_that_is_spelt_alike() -> None:
    wrong = said(10, claim("pet", "Mila", qualifier="cat"))
    story = knowing(wrong, replace(said(11), repairs=(Repair("", "Mina", Source("x", 0, 4)),)))
    assert values(story, "pet") == ["Mina"]


def test_what_was_replaced_holds_on_when_its_successor_turns_out_to_begin_later() -> None:
    moved = lives("Lisbon", begins=30)
    story = knowing(said(10, lives("Boston")), said(25, lives("Lisbon", begins=20)), said(40, moved))
    assert [values(story, on=on) for on in (15, 25, 29, 30)] == [["Boston"], ["Boston"], ["Boston"], ["Lisbon"]]
