"""The messages that speed is measured with: many, real, and no two the same."""

from pathlib import Path

import satchel
from satchel.bench.embedders import Remembering
from satchel.bench.workload import embedded_text, message, workload
from satchel.testing import HashEmbedder

from .examples import locomo_sample, write


def test_rounds_repeat_what_was_said_with_other_names_and_times(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=25, questions=2)
    assert len(work.turns) == 25
    assert len(work.questions) == 2
    first, again = work.turns[8], work.turns[18]
    assert first.text == "Yes, for three weeks. Quill imitates their squeak."
    assert first.at < again.at
    assert first.speaker == "Ada"
    assert again.speaker not in (None, "Ada")
    assert first.session != again.session


def test_none_of_them_is_a_duplicate(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=100, questions=2)
    with satchel.open(":memory:", embedder=HashEmbedder()) as memory:
        assert not memory.space("s").add([message(turn) for turn in work.turns]).duplicates


def test_without_data_the_demo_is_talked_about() -> None:
    work = workload(None, messages=300, questions=5)
    assert len(work.turns) == 300
    assert len(work.questions) == 5
    assert len({(turn.session, turn.text, turn.at) for turn in work.turns}) == 300
    assert {turn.speaker for turn in work.turns if turn.role == "assistant"} == {None}


class CountingEmbedder(HashEmbedder):
    """Counts the texts that it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts):
        self.asked += texts
        return super().embed(texts)


def test_remembered_texts_are_those_that_the_engine_embeds(tmp_path: Path) -> None:
    work = workload(write(tmp_path / "l.json", [locomo_sample()]), messages=10, questions=1)
    model = CountingEmbedder()
    remembering = Remembering(model)
    remembering.remember([embedded_text(turn) for turn in work.turns])
    remembering.remember(work.questions)
    asked = len(model.asked)
    with satchel.open(":memory:", embedder=remembering) as memory:
        memory.space("s").add([message(turn) for turn in work.turns])
        memory.space("s").search(work.questions[0])
    assert len(model.asked) == asked
    remembering.clear()
    assert (remembering.embed(["one", "two"]) == model.embed(["one", "two"])).all()


def test_remembered_and_new_texts_can_be_mixed() -> None:
    model = HashEmbedder()
    remembering = Remembering(model)
    remembering.remember(["one"])
    assert (remembering.embed(["two", "one", "three"]) == model.embed(["two", "one", "three"])).all()
