"""Plans: true when their time comes, and not once they are cancelled."""

from satchel.extract.claim import Claim

from .making import bounds, claim, found, knowing, lives, messages, said, standing, values


def trip(value: str = "trip to Japan", **rest: object) -> Claim:
    return claim("plans", value, modality="planned", **rest)  # type: ignore[arg-type]


CANCELLED = claim("plans", "Japan", polarity="ended")


def moving(begins: float | None = None) -> Claim:
    return lives("Madrid", modality="planned", begins=begins)


def test_a_plan_is_not_true_before_its_time() -> None:
    knowledge = knowing(said(5, lives("Lisbon")), said(10, moving(50)))
    assert values(knowledge, on=20) == ["Lisbon"]
    assert standing(knowledge, on=20) == {"Lisbon": "current", "Madrid": "planned"}
    assert standing(knowledge, on=9) == {"Lisbon": "current"}


def test_a_plan_fulfilled_is_a_fact_from_then_on_with_both_sources() -> None:
    planned, done = said(10, moving(50)), said(60, lives("Madrid"))
    knowledge = knowing(said(5, lives("Lisbon")), planned, done)
    assert values(knowledge, on=61) == ["Madrid"]
    (fact,) = found(knowledge, on=61)
    assert (messages(fact), bounds(fact)) == ([planned.message_id, done.message_id], (50, None))


def test_a_plan_fulfilled_early_is_one_stretch_without_an_end() -> None:
    knowledge = knowing(said(10, moving(50)), said(40, lives("Madrid")))
    (fact,) = found(knowledge, on=45)
    assert (fact.status, fact.valid_to) == ("current", None)


def test_a_plan_without_a_date_is_fulfilled_when_its_value_holds() -> None:
    knowledge = knowing(said(10, moving()), said(60, lives("Madrid")))
    assert [one.status for one in found(knowledge, on=30, past=True)] == ["planned"]
    assert [one.status for one in found(knowledge, on=61, past=True)] == ["current"]


def test_a_plan_to_go_back_is_a_plan_and_no_source_of_the_past() -> None:
    once, back = said(5, lives("Madrid", begins=-300, ends=-100)), said(10, moving())
    told = {one.status: messages(one) for one in found(knowing(once, back), on=20, past=True)}
    assert told == {"past": [once.message_id], "planned": [back.message_id]}


def test_a_plan_cancelled_is_over_and_never_comes_true() -> None:
    knowledge = knowing(said(10, trip(begins=50, ends=60)), said(30, CANCELLED))
    for on, status in ((20, "planned"), (30, "past"), (55, "past"), (99, "past")):
        assert standing(knowledge, "plans", on=on)["trip to Japan"] == status
    told = {one.value: one.because for one in found(knowledge, "plans", past=True)}
    assert told["trip to Japan"] == "cancelled, said on 2025-01-31"


def test_what_a_cancelled_plan_would_have_replaced_holds_on() -> None:
    knowledge = knowing(said(5, lives("Lisbon")), said(10, moving(50)), said(30, lives("Madrid", polarity="ended")))
    assert [values(knowledge, on=on) for on in (20, 55)] == [["Lisbon"], ["Lisbon"]]


def test_a_plan_that_is_put_off_begins_at_its_new_time() -> None:
    knowledge = knowing(said(5, lives("Lisbon")), said(10, moving(50)), said(30, moving(80)))
    assert [values(knowledge, on=on) for on in (55, 85)] == [["Lisbon"], ["Madrid"]]


def test_a_plan_cancelled_was_never_true() -> None:
    knowledge = knowing(said(10, moving(50)), said(30, lives("Madrid", polarity="ended")))
    assert [values(knowledge, on=on) for on in (5, 20, 55)] == [[], [], []]


def test_a_plan_that_is_cancelled_in_other_words_is_the_only_one() -> None:
    knowledge = knowing(said(10, trip(begins=50, ends=60)), said(30, CANCELLED))
    assert standing(knowledge, "plans") == {"trip to Japan": "past"}


def test_a_plan_that_was_cancelled_later_was_no_plan_before_it_was_made() -> None:
    knowledge = knowing(said(10, trip(begins=50)), said(30, CANCELLED))
    assert standing(knowledge, "plans", on=5) == {}


def test_a_plan_without_a_date_stays_planned_until_it_is_cancelled() -> None:
    made = said(10, trip())
    assert standing(knowing(made), "plans") == {"trip to Japan": "planned"}
    assert standing(knowing(made, said(30, CANCELLED)), "plans")["trip to Japan"] == "past"


def test_a_plan_overdue_is_past_and_a_planned_state_is_taken_for_true() -> None:
    knowledge = knowing(said(10, trip(begins=50, ends=60), trip("dinner", begins=20)))
    assert standing(knowledge, "plans", on=19) == {"trip to Japan": "planned", "dinner": "planned"}
    assert standing(knowledge, "plans", on=21) == {"trip to Japan": "planned", "dinner": "past"}
    assert standing(knowledge, "plans", on=61) == {"trip to Japan": "past", "dinner": "past"}
    moved = knowing(said(5, lives("Lisbon")), said(10, moving(50)))
    assert standing(moved, on=51) == {"Lisbon": "past", "Madrid": "current"}


def test_a_dated_plan_stays_in_the_future_when_the_present_is_stated_again() -> None:
    knowledge = knowing(said(5, lives("Lisbon")), said(10, moving(50)), said(30, lives("Lisbon")))
    assert [values(knowledge, on=on) for on in (31, 51)] == [["Lisbon"], ["Madrid"]]
