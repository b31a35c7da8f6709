"""What is listed for review is what had to be decided without being told; a change that was told is none."""

from satchel.findings import Contradiction
from satchel.truth.consolidation.contradictions import contradictions

from ..making import LONG_AFTER, claim, day, denied, knowing, lives, named, said


def listed(*readings: object, on: float = LONG_AFTER) -> list[Contradiction]:
    return list(contradictions(knowing(*readings), as_of=day(on)))  # type: ignore[arg-type]


def kinds(*readings: object, on: float = LONG_AFTER) -> list[str]:
    return [one.kind for one in listed(*readings, on=on)]


def test_two_values_for_one_time_are_a_contradiction_with_both_sides() -> None:
    (found,) = listed(said(5, lives("Boston", begins=1)), said(9, lives("Lisbon", begins=1)))
    assert found.kind == "same time"
    assert [one.value for one in found.sides] == ["Boston", "Lisbon"]
    assert all(one.sources for one in found.sides)
    assert "lives in Boston / user lives in Lisbon" in found.text


def test_a_move_and_the_same_thing_in_other_words_are_none() -> None:
    assert kinds(said(1, lives("Boston")), said(9, lives("Lisbon"))) == []
    assert kinds(said(1, lives("Boston")), said(9, lives("Lisbon", begins=8))) == []
    assert kinds(said(5, lives("NYC", begins=1)), said(9, lives("New York City", begins=1))) == []
    assert kinds(said(5, lives("Lisbon", begins=1)), said(9, lives("Lisbon, Portugal", begins=1))) == []


def test_another_persons_word_against_the_first_is_one_unless_it_says_that_it_changed() -> None:
    anna = named("Anna")
    first = said(1, lives("Oslo", of=anna), speaker="Ana")
    assert kinds(first, said(9, lives("Bergen", of=anna), speaker="Bo")) == ["different people"]
    assert kinds(first, said(9, lives("Bergen", of=anna), speaker="Ana")) == []
    assert kinds(first, said(9, lives("Bergen", of=anna, begins=8), speaker="Bo")) == []


def test_a_later_word_of_the_one_it_is_about_settles_it() -> None:
    anna = named("Anna")
    two = [said(1, lives("Oslo", of=anna), speaker="Ana"), said(9, lives("Bergen", of=anna), speaker="Bo")]
    assert kinds(*two, said(20, lives("Bergen", of=anna), speaker="Ana")) == ["different people"]
    assert kinds(*two, said(20, lives("Bergen", of=anna, begins=3), speaker="Ana")) == []


def test_what_never_changes_cannot_have_two_values_until_one_is_corrected() -> None:
    born = [said(1, claim("born_in", "Faro")), said(50, claim("born_in", "Braga"))]
    assert kinds(*born) == ["never changes"]
    assert kinds(*born, said(60, denied("born_in", "Braga"))) == []


def test_numbers_that_differ_are_listed_and_not_joined() -> None:
    cats = [said(1, claim("pet", "two cats")), said(9, claim("pet", "three cats"))]
    assert kinds(*cats) == ["numbers"]
    assert kinds(cats[0], said(9, claim("pet", "3 dogs"))) == []
    assert kinds(cats[0], said(9, claim("pet", "2 cats"))) == []
    assert kinds(*cats, said(20, claim("pet", "two cats", polarity="ended"))) == []


def test_what_goes_back_and_forth_is_listed_once() -> None:
    swings = [said(10 * n, claim("diet", ("vegan", "omnivore")[n % 2])) for n in range(5)]
    assert kinds(*swings) == ["back and forth"]
    assert kinds(*swings[:3]) == []
    assert kinds(*swings, said(99, claim("diet", "vegan", begins=90))) == []


def test_liking_and_not_liking_is_a_change_of_mind_and_different_likes_are_none() -> None:
    assert kinds(said(1, claim("likes", "tea")), said(9, claim("dislikes", "tea"))) == []
    assert kinds(said(1, claim("likes", "tea")), said(9, claim("likes", "coffee"))) == []


def test_what_was_said_later_is_not_known_before() -> None:
    both = [said(1, claim("born_in", "Faro")), said(50, claim("born_in", "Braga"))]
    assert kinds(*both, on=40) == []


def test_forgetting_one_side_leaves_nothing_to_review() -> None:
    both = [said(1, claim("born_in", "Faro")), said(50, claim("born_in", "Braga"))]
    assert kinds(both[0]) == kinds(both[1]) == []
