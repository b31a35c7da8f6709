"""Every sentence of a summary is that of a fact or of a message, and has its source."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from satchel.extract.instants import from_micros, to_micros
from satchel.model import Message
from satchel.truth.consolidation.summaries import MOST_SENTENCES, entity_summary, week_of, week_summary

from ..making import LONG_AFTER, claim, day, knowing, lives, named, said

ANNA = named("Anna")


def message(text: str, at: datetime = datetime(2025, 1, 2, tzinfo=UTC)) -> Message:
    return Message(f"{text} {at}", "user", text, at, at, speaker="Ana")


def alike(terms: Iterable[int]) -> dict[int, float]:
    return dict.fromkeys(terms, 1.0)


def test_values_of_one_attribute_share_a_sentence_and_keep_their_sources() -> None:
    knowledge = knowing(
        said(1, claim("likes", "tea", of=ANNA)),
        said(2, claim("likes", "jazz", of=ANNA), lives("Oslo", of=ANNA)),
        said(3, claim("likes", "tea", of=ANNA)),
    )
    summary = entity_summary(knowledge, "anna", "Anna", (), as_of=day(LONG_AFTER))
    assert summary is not None
    assert summary.text == "Anna lives in Oslo. Anna likes tea and jazz."
    assert [len({source.message_id for source in one.sources}) for one in summary.sentences] == [1, 3]
    assert (summary.since, summary.until) == (from_micros(day(1)), from_micros(day(3)))


def test_what_is_over_is_not_told_and_what_ties_others_to_it_is() -> None:
    knowledge = knowing(
        said(1, lives("Oslo", of=ANNA), claim("sibling", "Anna", qualifier="sister")),
        said(9, lives("Bergen", of=ANNA)),
    )
    summary = entity_summary(knowledge, "anna", "Anna", (), as_of=day(LONG_AFTER))
    assert summary is not None
    assert "Oslo" not in summary.text
    assert "user's sibling (sister) is Anna." in summary.text


def test_of_whom_no_fact_is_known_the_latest_words_are_quoted() -> None:
    words = [message(f"Met Rui at place {n}. Good talk.", datetime(2025, 1, n + 1, tzinfo=UTC)) for n in range(5)]
    summary = entity_summary(knowing(), "rui", "Rui", words, as_of=day(LONG_AFTER))
    assert summary is not None
    assert summary.sentences[0].text == "Ana on 2025-01-05: “Met Rui at place 4.”"
    assert len(summary.sentences) == 3
    assert entity_summary(knowing(), "rui", "Rui", (), as_of=day(LONG_AFTER)) is None


def test_a_summary_is_short_however_much_is_known() -> None:
    names = ("likes", "dislikes", "hobby", "sport", "owns", "uses", "reading", "watching", "goal", "habit", "visited")
    knowledge = knowing(said(1, *(claim(one, f"{one} {n}", of=ANNA) for one in names for n in range(9))))
    summary = entity_summary(knowledge, "anna", "Anna", (), as_of=day(LONG_AFTER))
    assert summary is not None
    assert len(summary.sentences) == MOST_SENTENCES
    assert all(one.text.count(",") <= 4 for one in summary.sentences)


def test_a_week_tells_what_was_learned_in_it_and_the_sentences_that_say_most() -> None:
    knowledge = knowing(said(1, lives("Oslo", of=ANNA)), said(3, claim("likes", "jazz", of=ANNA)))
    words = [message("The ferry to Bergen was late and the harbour froze."), message("Ok."), message("Was it cold?")]
    summary = week_summary(knowledge, words, (day(2), day(9)), alike, title="2025-W01", as_of=day(LONG_AFTER))
    assert summary is not None
    assert [one.text for one in summary.sentences] == [
        "Anna likes jazz.",
        "Ana on 2025-01-02: “The ferry to Bergen was late and the harbour froze.”",
    ]


def test_sentences_that_say_the_same_are_quoted_once_before_others() -> None:
    first, again = "The harbour froze over in Bergen.", "In Bergen the harbour froze over again."
    words = [
        message(first),
        message(again),
        message("Priya sold her telescope yesterday."),
        message("We adopted a beagle named Toast."),
    ]
    summary = week_summary(knowing(), words, (day(0), day(9)), alike, title="w", as_of=day(LONG_AFTER))
    assert summary is not None
    assert sum("harbour" in one.text for one in summary.sentences) == 1


@pytest.mark.parametrize(
    ("at", "zone", "name", "first"),
    [
        (datetime(2026, 3, 18, 12, tzinfo=UTC), "UTC", "2026-W12", datetime(2026, 3, 16, tzinfo=UTC)),
        (datetime(2026, 3, 15, 23, tzinfo=UTC), "Asia/Tokyo", "2026-W12", datetime(2026, 3, 15, 15, tzinfo=UTC)),
        (datetime(2027, 1, 2, tzinfo=UTC), "UTC", "2026-W53", datetime(2026, 12, 28, tzinfo=UTC)),
    ],
)
def test_a_week_is_that_of_the_calendar_in_the_zone(at: datetime, zone: str, name: str, first: datetime) -> None:
    begins, ends, title = week_of(at, ZoneInfo(zone))
    assert (begins, title) == (to_micros(first), name)
    assert ends - begins == timedelta(days=7) // timedelta(microseconds=1)
