"""Spaces are walls; a memory lists, checks, closes and shares them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import satchel
from satchel import ModelUnavailable, NotFound, StoreUnavailable
from satchel.models.embedding import Vectors
from satchel.testing import HashEmbedder, SteppingClock


def quick(location: str | Path, **more: object) -> satchel.Memory:
    return satchel.open(location, embedder=HashEmbedder(), clock=SteppingClock(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "tenant"), [("bob", "default"), ("alice", "other"), ("default", "alice")])
def test_another_space_sees_and_takes_nothing(memory: satchel.Memory, name: str, tenant: str) -> None:
    added = memory.space("alice").add({"role": "user", "content": "olives", "id": "1"}, session="s")
    other = memory.space(name, tenant=tenant)
    other.add("grapes")
    assert [hit.text for hit in other.search("olives")] == [hit.text for hit in other.search("grapes")] == ["grapes"]
    assert "olives" not in other.context("olives").text
    with pytest.raises(NotFound):
        other.get(added.message_ids[0])
    assert other.forget(session="s").message_ids == ()
    assert other.add({"role": "user", "content": "olives", "id": "1"}).duplicates == ()
    other.erase()
    assert [one.content for one in memory.space("alice").messages()] == ["olives"]


def test_names_that_could_be_joined_alike_stay_apart(memory: satchel.Memory) -> None:
    memory.space("b", tenant="a").add("olives")
    for name, tenant in (("ab", "default"), ("a", "b"), ("b ", "a"), ("B", "a")):
        assert memory.space(name, tenant=tenant).messages() == ()


def test_spaces_lists_names_counts_and_tenants(memory: satchel.Memory) -> None:
    memory.space("alice").add(["a", "b"])
    memory.space("bob", tenant="t").add("c")
    memory.space("nobody").search("x")
    assert [(one.name, one.tenant, one.messages) for one in memory.spaces()] == [
        ("alice", "default", 2),
        ("bob", "t", 1),
    ]
    assert [one.name for one in memory.spaces("t")] == ["bob"]
    assert memory.spaces("nobody") == ()
    assert memory.check().ok


def test_a_closed_memory_says_so(directory: Path) -> None:
    memory = quick(directory)
    alice = memory.space("alice")
    alice.add("olives")
    memory.close()
    memory.close()
    for use in (lambda: alice.search("x"), lambda: alice.add("x"), alice.messages, alice.erase, memory.spaces):
        with pytest.raises(StoreUnavailable, match=r"closed; open it again"):
            use()


def test_a_memory_in_memory_is_gone_when_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with quick(":memory:") as memory:
        memory.space("alice").add("olives")
        assert memory.location == ":memory:"
    with quick(":memory:") as memory:
        assert memory.spaces() == ()
    assert list(tmp_path.iterdir()) == []


def test_two_memories_on_one_directory_see_each_others_writes_and_erasures(directory: Path) -> None:
    with quick(directory) as one, quick(directory) as two:
        here, there = one.space("alice"), two.space("alice")
        first = here.add("olives").message_ids[0]
        assert there.search("olives")[0].id == first
        second = there.add("more olives").message_ids[0]
        assert {hit.id for hit in here.search("olives")} == {first, second}
        there.forget(first)
        assert [hit.id for hit in here.search("olives")] == [second]
        here.erase()
        assert there.messages() == ()
        third = there.add("new olives").message_ids[0]
        assert [hit.id for hit in here.search("olives")] == [third]
        here.add("last olives")
        assert len(there.search("olives")) == 2


def test_settings_that_another_memory_changed_are_seen_by_the_next_search(directory: Path) -> None:
    with (
        satchel.open(directory, embedder=HashEmbedder()) as one,
        satchel.open(directory, embedder=HashEmbedder()) as two,
    ):
        space = one.space("alice")
        space.add("I like olives.")
        assert space.search("olives")
        two.space("alice").define(zone="Asia/Tokyo")
        assert space.search("olives")
        seen = space._engine.minds.last_settings(space._place.scope)
        assert seen is not None
        assert seen.zone == "Asia/Tokyo"


@pytest.mark.parametrize("in_memory", [True, False])
def test_threads_write_and_read_at_once(directory: Path, *, in_memory: bool) -> None:
    with quick(":memory:" if in_memory else directory) as memory, ThreadPoolExecutor(8) as pool:

        def work(number: int) -> int:
            space = memory.space(f"space {number % 3}")
            added = space.add([f"olives {number} {i}" for i in range(3)], session=str(number))
            assert space.search(f"olives {number}")
            if number % 4 == 0:
                space.forget(added.message_ids[0])
            return len(space.messages(session=str(number)))

        assert list(pool.map(work, range(24))) == [2 if number % 4 == 0 else 3 for number in range(24)]
        assert sum(one.messages for one in memory.spaces()) == 24 * 3 - 6
        assert memory.check().ok


def test_threads_with_one_id_store_it_once(directory: Path) -> None:
    with quick(directory) as memory, ThreadPoolExecutor(8) as pool:
        space = memory.space("alice")
        added = list(pool.map(lambda _: space.add({"role": "user", "content": "olives", "id": "1"}), range(16)))
        assert len({one.message_ids for one in added}) == 1
        assert sum(not one.duplicates for one in added) == 1
        assert len(space.messages()) == 1


def test_the_asynchronous_face_has_the_same_verbs(directory: Path) -> None:
    import satchel.aio

    async def use() -> None:
        async with satchel.aio.open(directory, embedder=HashEmbedder(), clock=SteppingClock()) as memory:
            alice = memory.space("alice", tenant="t")
            assert (alice.name, alice.tenant) == ("alice", "t")
            added = await alice.add(["olives", "grapes"], session="s")
            assert (await alice.search("olives"))[0].text == "olives"
            assert "olives" in (await alice.context("olives", budget=200)).text
            assert (await alice.get(added.message_ids[1])).content == "grapes"
            assert (await alice.forget(added.message_ids[0])).message_ids == added.message_ids[:1]
            assert [one.content for one in await alice.messages()] == ["grapes"]
            assert await alice.rebuild() == 1
            assert [one.name for one in await memory.spaces()] == ["alice"]
            assert (await memory.check()).ok
            await memory.rotate_key()
            with pytest.raises(satchel.InvalidInput):
                await alice.add([])
            await asyncio.gather(*(alice.add(f"message {i}") for i in range(5)))
            assert len(await alice.messages()) == 6
            await alice.erase()
        opened = await satchel.aio.open(directory, embedder=HashEmbedder())
        async with opened:
            assert await opened.spaces() == ()
        with pytest.raises(StoreUnavailable):
            await opened.spaces()

    asyncio.run(use())


class MissingModel(HashEmbedder):
    """A model whose weights are not there."""

    def embed(self, texts: object) -> Vectors:
        raise ModelUnavailable("the weights are missing; pip install them")


def test_without_a_model_messages_are_kept_and_searched_by_words(directory: Path) -> None:
    with satchel.open(directory, embedder=MissingModel()) as memory:
        alice = memory.space("alice")
        added = alice.add(["I like olives.", "The train is late."])
        assert any("pip install them" in note for note in added.degraded)
        hits = alice.search("olive", kinds=["message"])
        assert [hit.text for hit in hits] == ["I like olives."]
        assert any("words alone" in note for note in hits.degraded)
        context = alice.context("olive")
        assert any("words alone" in note for note in context.degraded)
        assert "I like olives." in context.text
        with pytest.raises(ModelUnavailable):
            alice.rebuild()
        assert len(alice.search("olive", kinds=["message"])) == 1
        assert not memory.check().ok
    with quick(directory) as memory:
        alice = memory.space("alice")
        assert any("rebuild()" in note for note in alice.search("olive").degraded)
        assert alice.rebuild() == 2
        hits = alice.search("olives", explain=True)
        assert hits.degraded == ()
        assert hits[0].signals["cosine"] > 0


def test_another_embedder_is_named_until_the_space_is_rebuilt(directory: Path) -> None:
    class Other(HashEmbedder):
        name = "another/1"
        dimensions = 32

    with quick(directory) as memory:
        memory.space("alice").add("I like olives.")
    with satchel.open(directory, embedder=Other()) as memory:
        alice = memory.space("alice")
        alice.add("I like grapes.")
        assert any("1 messages have no vectors of another/1" in note for note in alice.search("olives").degraded)
        assert len(alice.search("like", kinds=["message"])) == 2
        assert alice.rebuild() == 2
        assert alice.search("olives").degraded == ()


def test_rebuilding_nothing_is_harmless(memory: satchel.Memory) -> None:
    assert memory.space("nobody").rebuild() == 0
    assert memory.spaces() == ()


def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(satchel.InvalidInput, match="is a file"):
        quick(tmp_path / "file")
    with pytest.raises(StoreUnavailable, match="choose a directory"):
        quick(tmp_path / "file" / "below")
