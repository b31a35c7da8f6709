"""Values are one thing in other words only where nothing tells them apart."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satchel.truth.sameness import initials_of, same_forms
from satchel.truth.values import clusters, key_of, related

from .making import claim, found, knowing, lives, said, values

WORDS = ("dance", "dancing", "hop", "hope", "hoping", "trip", "to", "japan", "two", "2", "three", "cats", "not", "my")
texts = st.lists(st.sampled_from(WORDS), min_size=0, max_size=4).map(" ".join)


def one(*given: str) -> bool:
    return len(set(clusters(map(key_of, given), parts=False).values())) == 1


@pytest.mark.parametrize(
    "pair",
    [
        ("dance", "Dancing"),
        ("run", "running"),
        ("studying", "study"),
        ("two cats", "2 cats"),
        ("trip to Japan", "Japan trip"),
        ("a team trip", "take a team trip"),
        ("going to the gym", "the gym"),
        ("favourite films", "favorite movies"),
        ("movie reccomendations", "movie recommendations"),
        ("biz plan", "business plans"),
        ("puppies", "a puppy"),
        ("collection of books", "book collection"),
    ],
)
def test_the_same_thing_in_other_words_is_one_value(pair: tuple[str, str]) -> None:
    assert one(*pair)
    assert related(*map(key_of, pair))


@pytest.mark.parametrize(
    "pair",
    [
        ("tea", "not tea"),
        ("two cats", "three cats"),
        ("cats", "two cats"),
        ("dairy", "dairy-free"),
        ("milk with sugar", "milk without sugar"),
        ("flight to Berlin", "flight from Berlin"),
        ("dinner before work", "dinner after work"),
        ("work to live", "live to work"),
        ("letter to Anna", "letter about Anna"),
        ("hop", "hope"),
        ("plan", "plane"),
        ("even", "evening"),
        ("desert", "dessert"),
        ("trail", "trial"),
        ("dance", "contemporary dance"),
        ("C", "C++"),
    ],
)
def test_what_differs_in_what_it_says_stays_apart(pair: tuple[str, str]) -> None:
    assert not one(*pair)


@pytest.mark.parametrize("pair", [("Anna", "Hanna"), ("Marc Smith", "Mark Smith"), ("Ed", "Emma Davis")])
def test_names_are_never_joined_by_how_they_sound(pair: tuple[str, str]) -> None:
    assert len(set(clusters(map(key_of, pair), parts=True).values())) == 2
    friends = knowing(said(1, claim("friend", pair[0])), said(2, claim("friend", pair[1])))
    assert len(values(friends, "friend")) == 2


def test_a_form_that_two_verbs_may_have_is_neither_where_both_are_said() -> None:
    assert one("hope", "hoping")
    assert len(set(clusters(["hop", "hope", "hoping"], parts=False).values())) == 3


def test_a_place_may_be_given_by_its_initials() -> None:
    assert initials_of("city of new york") == "cny"
    assert initials_of("boston") == ""
    home = knowing(said(1, lives("New York City")), said(30, lives("NYC")))
    (fact,) = found(home, past=True)
    assert (fact.value, fact.status, fact.mentions) == ("New York City", "current", 2)


def test_initials_that_two_names_have_stand_for_neither() -> None:
    known = clusters(["ba", "buenos aires", "bad aussee"], parts=True, initials=True)
    assert known["ba"] == "ba"


def test_a_joined_fact_keeps_every_source_and_ends_as_one() -> None:
    three = [said(1, claim("hobby", "dance")), said(2, claim("hobby", "Dancing")), said(9, claim("hobby", "dancing"))]
    (fact,) = found(knowing(*three), "hobby")
    assert (fact.value, fact.mentions, len(fact.sources)) == ("Dancing", 3, 3)
    stopped = said(20, claim("hobby", "dance", polarity="ended"))
    assert values(knowing(*three, stopped), "hobby") == []


def test_forgetting_what_joined_two_facts_leaves_what_each_was() -> None:
    told = [said(1, claim("hobby", "hope")), said(2, claim("hobby", "hoping")), said(3, claim("hobby", "hop"))]
    assert len(values(knowing(*told), "hobby")) == 3
    assert values(knowing(*told[:2]), "hobby") == ["hoping"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(keys=st.lists(texts, min_size=1, max_size=5))
def test_forms_do_not_depend_on_the_order_of_what_was_said(keys: list[str]) -> None:
    forms = same_forms(keys)
    assert all(same_forms(order) == forms for order in permutations(keys))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(keys=st.lists(texts, min_size=2, max_size=6, unique=True))
def test_numbers_and_negations_are_in_the_form_of_every_value(keys: list[str]) -> None:
    for key, form in same_forms(keys).items():
        words = form.split()
        assert ("not" in key.split()) == ("not" in words)
        assert ("three" in key.split()) == ("3" in words)
