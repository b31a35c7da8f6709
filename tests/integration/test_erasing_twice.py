"""Two erasures of one space that overlap, and a new beginning between them, leave the space usable."""

from pathlib import Path

import satchel
from satchel.store.port import Changes, Phase
from satchel.testing import HashEmbedder


def _state(memory: satchel.Memory, name: str) -> tuple[Phase, str]:
    with memory._engine.store.view(memory._engine.place("default", name).scope) as view:
        assert view.state is not None
        return view.state.phase, view.state.key_id


def _begin_to_erase(memory: satchel.Memory, name: str) -> str:
    """Do what an erasure does before it destroys the key; return the key's id."""
    engine = memory._engine
    engine.store.update(engine.place("default", name).scope, lambda _: Changes(phase=Phase.ERASING))
    return _state(memory, name)[1]


def test_a_late_end_of_an_erasure_does_not_end_the_next_one_whose_key_is_still_there(directory: Path) -> None:
    with satchel.open(directory, embedder=HashEmbedder()) as memory:
        scope = memory._engine.place("default", "alice").scope
        memory.space("alice").add("the first life")
        first = _begin_to_erase(memory, "alice")
        memory._engine.finish_erasing(scope, first)
        memory.space("alice").add("the second life")
        second = _begin_to_erase(memory, "alice")
        memory._engine.finish_erasing(scope, first)
        assert _state(memory, "alice") == (Phase.ERASING, second)
    with satchel.open(directory, embedder=HashEmbedder()) as memory:
        assert memory.space("alice").messages() == ()
        memory.space("alice").add("the third life")
        assert [message.content for message in memory.space("alice").messages()] == ["the third life"]


def test_a_write_finishes_an_erasure_that_was_interrupted_and_starts_anew(directory: Path) -> None:
    with satchel.open(directory, embedder=HashEmbedder()) as memory:
        alice = memory.space("alice")
        added = alice.add(["the first life", "all of it"], idempotency_key="once")
        _begin_to_erase(memory, "alice")
        assert alice.messages() == ()
        again = alice.add(["the first life", "all of it"], idempotency_key="once")
        assert not set(again.message_ids) & set(added.message_ids)
        assert not again.duplicates
        assert [message.id for message in alice.messages()] == list(again.message_ids)
        assert memory.check().ok


def test_a_rebuild_of_a_space_whose_erasure_was_interrupted_finishes_the_erasure(directory: Path) -> None:
    with satchel.open(directory, embedder=HashEmbedder()) as memory:
        memory.space("alice").add("the first life")
        _begin_to_erase(memory, "alice")
        assert memory.space("alice").rebuild() == 0
        assert memory.space("alice").messages() == ()
        assert memory.check().ok
