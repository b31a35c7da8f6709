"""Law 3, to the last digit: what was asked `known_at` a time gives what the same question gave at that time."""

import random

import satchel
from satchel.testing import HashEmbedder, SteppingClock

_WORDS = ["olive", "garden", "river", "train", "coffee", "letter", "music", "window", "mountain", "friend"]
_QUESTIONS = ("olive garden", "the river train", "music of a friend", "letter")


def _answers(space: satchel.Space, **filters: object) -> list[list[tuple[str, float]]]:
    return [[(hit.id, hit.score) for hit in space.search(one, **filters)] for one in _QUESTIONS]  # type: ignore[arg-type]


def test_what_was_learned_later_changes_no_answer_and_no_score_of_before() -> None:
    rng = random.Random(3)
    clock = SteppingClock()
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=clock) as memory:
        alice = memory.space("alice")
        asked = []
        for batch in range(5):
            times = [f"2025-0{batch % 2 + 1}-{day:02}T0{batch}:00:00Z" for day in rng.sample(range(1, 29), 8)]
            texts = [" ".join(rng.choices(_WORDS, k=6)) for _ in times]
            alice.add(
                [{"role": "user", "content": text, "at": at} for text, at in zip(texts, times, strict=True)],
                session="s",
            )
            asked.append((clock.now, _answers(alice)))
        for then, before in asked:
            assert _answers(alice, known_at=then) == before


def test_what_was_said_later_changes_no_answer_and_no_score_of_before() -> None:
    rng = random.Random(4)
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=SteppingClock()) as memory:
        alice = memory.space("alice")
        asked = []
        for day in range(1, 25):
            at = f"2025-01-{day:02}T00:00:00Z"
            alice.add({"role": "user", "content": " ".join(rng.choices(_WORDS, k=6)), "at": at}, session="s")
            asked.append((at, _answers(alice)))
        for at, before in asked:
            assert _answers(alice, as_of=at) == before
