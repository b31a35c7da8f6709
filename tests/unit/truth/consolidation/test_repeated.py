"""A conversation that was kept twice is one happening; the same words on another day are another."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

import satchel
from satchel.findings import Repeated
from satchel.testing import HashEmbedder

TALK = ("The harbour froze over.", "Priya sold her telescope.", "We adopted a beagle.", "Rain all day.", "Good night.")
START = datetime(2026, 1, 5, 18, tzinfo=UTC)


def found(*sessions: tuple[str, Sequence[str], float]) -> tuple[Repeated, ...]:
    """Return what repeats among sessions, each of texts that begin some hours after the start."""
    with satchel.open(":memory:", embedder=HashEmbedder()) as memory:
        space = memory.space("alice")
        for name, texts, hours in sessions:
            at = START + timedelta(hours=hours)
            space.add(
                [{"role": "user", "content": one, "at": at + timedelta(minutes=n)} for n, one in enumerate(texts)],
                session=name,
            )
        return space.consolidate(dry_run=True).repeated


def test_one_conversation_from_two_applications_is_one_with_the_messages_of_both() -> None:
    (one,) = found(("chat", TALK, 0), ("import", TALK[:4], 9), ("other", ("Olives.", "Bread.", "Wine."), 1))
    assert one.sessions == ("chat", "import")
    assert len(one.message_ids) == 9
    assert one.began_at == START


@pytest.mark.parametrize(
    "other",
    [
        ("another day", TALK, 48),
        ("half of it", TALK[:2], 1),
        ("other words", ("The harbour thawed.", "Priya sold her car.", *TALK[2:]), 1),
    ],
)
def test_another_day_a_part_or_other_words_are_another_happening(other: tuple[str, Sequence[str], float]) -> None:
    assert found(("chat", TALK, 0), other) == ()


def test_greetings_are_no_conversation() -> None:
    assert found(("chat", ("Hi!", "Bye!"), 0), ("other", ("Hi!", "Bye!"), 1)) == ()
