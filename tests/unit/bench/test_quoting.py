"""When a message's words count as being in a context."""

from datetime import UTC, datetime

from satchel.bench.quoting import cited, quoted
from satchel.model import Context, Hit, Kind, Source, Trust

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def hit(*sources: Source, kind: Kind = "message") -> Hit:
    return Hit("h", kind, "", 1.0, NOW, Trust.PERSON, sources)


def context(text: str, *hits: Hit) -> Context:
    return Context(text, 1, "", hits, supported=True)


def test_a_message_counts_when_it_is_cited_and_its_words_are_there() -> None:
    contents = {"m": "I moved to Lisbon.", "n": "Me too."}
    found = quoted(context("Ada: I moved to Lisbon.\nBen: Me too.", hit(Source("m", 0, 18))), contents)
    assert found.messages == {"m"}
    assert not found.in_part


def test_a_citation_without_the_words_counts_for_nothing() -> None:
    assert not quoted(context("Ada: I moved.", hit(Source("m", 0, 18))), {"m": "I moved to Lisbon."}).messages


def test_indentation_and_hidden_characters_make_no_difference() -> None:
    found = quoted(context("Ada: one\n  two three", hit(Source("m", 0, 3))), {"m": "one\ntwo\x00  three"})
    assert found.messages == {"m"}


def test_an_excerpt_counts_when_all_of_it_is_there_and_is_told_apart() -> None:
    contents = {"m": "before. the middle part. after."}
    assert quoted(context("…the middle part.…", hit(Source("m", 8, 24))), contents).in_part == {"m"}
    assert not quoted(context("…the middle…", hit(Source("m", 8, 24))), contents).messages
    assert not quoted(context("anything", hit(Source("m", 31, 31))), contents).messages


def test_a_derived_record_counts_only_with_all_of_the_words() -> None:
    contents = {"m": "I moved to Lisbon."}
    fact = hit(Source("m", 11, 17), kind="fact")
    assert not quoted(context("Ada lives in Lisbon", fact), contents).messages
    assert quoted(context("Ada: I moved to Lisbon.", fact), contents).messages == {"m"}


def test_a_record_that_cites_more_than_three_messages_counts_for_nothing() -> None:
    many = hit(*(Source(one, 0, 1) for one in "abcd"), kind="episode")
    assert not cited(many)
    assert not quoted(context("a b c d", many), {one: one for one in "abcd"}).messages
    assert cited(hit(*(Source(one, 0, 1) for one in "abcab"))) == set("abc")
