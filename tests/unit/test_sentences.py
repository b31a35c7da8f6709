"""Sentences, and which of them is quoted."""

import pytest

from satchel.retrieve.briefs import best_sentence
from satchel.retrieve.terms import message_terms
from satchel.sentences import around, last_question, sentences

TEXT = "Hey Ana! I finally planted the olive tree. It is small... Isn't it odd?\nWell, bye"


def words(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_sentences_end_at_their_marks_and_at_lines() -> None:
    assert words(TEXT, sentences(TEXT)) == [
        "Hey Ana!",
        "I finally planted the olive tree.",
        "It is small...",
        "Isn't it odd?",
        "Well, bye",
    ]
    assert words("你好。我搬家了！", sentences("你好。我搬家了！")) == ["你好。", "我搬家了！"]


@pytest.mark.parametrize("text", ["", " ", "...", "\n\n"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert sentences(text) == []
    assert last_question(text) == best_sentence(text, {}, "en") == (0, len(text))


@pytest.mark.parametrize(
    "question", ["Did you see Dr. Smith?", "Did you pay $3.50?", "Is it on www.example.com?", "Was it J. Cash?", "هل؟"]
)
def test_a_dot_inside_a_sentence_does_not_end_it(question: str) -> None:
    assert words(f"Well. {question}", [last_question(f"Well. {question}")]) == [question]


def test_a_long_text_of_blanks_takes_no_time() -> None:
    assert len(sentences("olives." + " " * 200_000 + ".grapes")) == 2


def test_the_last_question_is_found_or_the_last_sentence() -> None:
    assert words(TEXT, [last_question(TEXT)]) == ["Isn't it odd?"]
    assert words("One. Two.", [last_question("One. Two.")]) == ["Two."]


def test_the_sentence_around_some_characters_is_whole() -> None:
    at = TEXT.index("olive")
    assert words(TEXT, [around(TEXT, at, at + 5)]) == ["I finally planted the olive tree."]
    assert words(TEXT, [around(TEXT, at, TEXT.index("small"))]) == [
        "I finally planted the olive tree. It is"[:33] + " It is small..."
    ]


def test_the_best_sentence_has_the_most_of_the_questions_information() -> None:
    worth = dict.fromkeys(message_terms("olive trees", "en"), 2.0)
    assert words(TEXT, [best_sentence(TEXT, worth, "en")]) == ["I finally planted the olive tree."]
    assert words("Hey! A much longer one.", [best_sentence("Hey! A much longer one.", {}, "en")]) == [
        "A much longer one."
    ]
