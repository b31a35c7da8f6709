"""Words, stems and stop words."""

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
