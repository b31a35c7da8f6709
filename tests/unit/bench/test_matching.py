"""When wordings count as the same, and who speaks in a line."""

import pytest

from satchel.bench.matching import plain, plain_subject, says
from satchel.bench.spoken import Spoken, spoken


def test_case_articles_and_punctuation_make_no_difference():
    assert plain("The  Blue-Cup, a GIFT!") == plain("blue cup gift")
    assert plain("Anna") != plain("Ana")


def test_a_value_is_said_by_whole_words_only():
    assert says("Lisbon", "the city of Lisbon.")
    assert not says("rip", "ripgrep")
    assert not says("city of Lisbon", "Lisbon")


@pytest.mark.parametrize(("one", "other"), [("my sister", "Sister"), ("Anna's", "anna"), ("the boss’ ", "boss")])
def test_possessives_of_a_subject_make_no_difference(one: str, other: str):
    assert plain_subject(one) == plain_subject(other)


def test_a_line_tells_who_speaks():
    assert spoken("Anna: I moved.", otherwise="assistant") == Spoken("user", "Anna", "I moved.")
    assert spoken("user: I moved.", otherwise="assistant") == Spoken("user", None, "I moved.")
    assert spoken("assistant: Noted.", otherwise="user") == Spoken("assistant", None, "Noted.")
    assert spoken("Noted: it is late", otherwise="assistant") == Spoken("user", "Noted", "it is late")
    assert spoken("so it is: late", otherwise="assistant") == Spoken("assistant", None, "so it is: late")


def test_a_message_has_a_name_only_where_there_is_one():
    assert spoken("Anna: hello", otherwise="user").message == {"role": "user", "content": "hello", "name": "Anna"}
    assert "name" not in spoken("hello", otherwise="user").message
