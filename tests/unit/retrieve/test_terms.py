"""Words, stems and stop words."""

import pytest

from satchel.retrieve.terms import message_terms, query_terms, words


def test_inflected_forms_share_a_term() -> None:
    assert message_terms("moving", "en") == message_terms("moved", "en")
    assert message_terms("Wohnungen", "de") == message_terms("Wohnung", "de")


def test_question_words_are_no_terms() -> None:
    assert not message_terms("What is it that you would have?", "en")
    assert query_terms("Where does she live?", ["en"]) == query_terms("live", ["en"])


def test_case_width_and_genitive_do_not_matter() -> None:
    assert list(words("ANNA’s Straße ﬁne")) == ["anna", "strasse", "fine"]


def test_a_query_word_has_a_term_for_each_language_where_stems_differ() -> None:
    (terms,) = query_terms("familias", ["en", "es"])
    assert len(terms) == 2
    assert set(message_terms("familias", "es")) < set(terms)


def test_a_language_without_a_stemmer_keeps_words_as_they_are() -> None:
    assert len(message_terms("domy domu", "pl")) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我住在柏林", ["我住", "住在", "在柏", "柏林"]),
        ("新しいiPhone15買った", ["新し", "しい", "iphone15", "買っ", "った"]),
        ("爱", ["爱"]),
        ("서울에 살아요", ["서울에", "살아요"]),
    ],
)
def test_what_is_written_without_spaces_is_taken_in_pairs(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


@pytest.mark.parametrize(
    ("language", "question", "left"),
    [
        ("de", "Wo wohnt meine Schwester?", "wohnt Schwester"),
        ("es", "¿Dónde vive mi hermana?", "vive hermana"),
        ("fr", "Où habite ma sœur ?", "habite sœur"),
        ("it", "Dove abita mia sorella?", "abita sorella"),
        ("pt", "Onde mora a minha irmã?", "mora irmã"),
        ("nl", "Waar woont mijn zus?", "woont zus"),
    ],
)
def test_question_words_of_other_languages_are_no_terms_either(language: str, question: str, left: str) -> None:
    assert query_terms(question, [language], spoken=[language]) == query_terms(left, [language])


def test_stop_words_of_a_language_that_few_messages_are_in_are_words() -> None:
    assert query_terms("war", ["en", "de"], spoken=["en"])
    assert not query_terms("war", ["en", "de"], spoken=["en", "de"])
