"""The last verdict on a message counts, as it was known at a time."""

from satchel.uses import MOST_EVENTS, Use, renewals


def test_only_a_useful_verdict_renews_and_a_later_one_takes_it_back() -> None:
    use = Use("m").after(10, useful=True)
    assert (use.renewed_at(None), use.renewed_at(9), use.renewed_at(10)) == (10, None, 10)
    assert use.after(20, useful=False).renewed_at(None) is None
    assert use.after(20, useful=False).renewed_at(15) == 10
    assert Use("m").renewed_at(None) is None


def test_verdicts_are_kept_in_the_order_of_their_times_and_not_without_end() -> None:
    use = Use("m").after(20, useful=False).after(10, useful=True)
    assert use.renewed_at(None) is None
    for at in range(100):
        use = use.after(at, useful=True)
    assert len(use.verdicts) == MOST_EVENTS
    assert use.renewed_at(None) == 99


def test_messages_that_were_not_found_useful_are_left_out() -> None:
    uses = {"one": Use("one").after(5, useful=True), "two": Use("two").after(5, useful=False)}
    assert renewals(uses, None) == {"one": 5}
    assert renewals(uses, 4) == {}
