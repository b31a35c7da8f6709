"""Several processes write, read and erase in one store at the same time, and none of them notices the others.

SATCHEL_SOAK_SECONDS sets how long they do it.
"""

import os
from pathlib import Path

import pytest
from workers import run_workers

import satchel
from satchel.store.port import Changes, Phase
from satchel.testing import HashEmbedder

pytestmark = pytest.mark.xdist_group("processes")

_SECONDS = float(os.environ.get("SATCHEL_SOAK_SECONDS", "30"))


def test_what_four_writers_add_is_there_once_while_four_readers_read(tmp_path: Path) -> None:
    writers = [f"writer{number}" for number in range(4)]
    workers = dict.fromkeys(writers, "write") | {f"reader{number}": "read" for number in range(4)}
    results = run_workers(tmp_path, workers, _SECONDS)
    slots: dict[str, list[str]] = {}
    for name in writers:
        for slot, message_id in results[name]["same"].items():
            slots.setdefault(slot, []).append(message_id)
    assert all(len(set(ids)) == 1 for ids in slots.values())
    assert sum(len(ids) > 1 for ids in slots.values()) > 2
    expected = {f"what all say in slot {slot}": 1 for slot in slots}
    expected |= {text: 1 for name in writers for text in results[name]["acknowledged"]["shared"].values()}
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        contents = [message.content for message in memory.space("shared").messages()]
        assert sorted(contents) == sorted(expected)
        for name in writers:
            own = {message.id: message.content for message in memory.space(name).messages()}
            assert own == results[name]["acknowledged"][name]
        check = memory.check()
        assert check.ok, check


def test_a_space_that_is_erased_while_others_write_to_it_starts_anew_and_is_never_damaged(tmp_path: Path) -> None:
    writers = [f"writer{number}" for number in range(3)]
    workers = dict.fromkeys(writers, "write contested") | {"eraser0": "erase contested", "eraser1": "erase contested"}
    results = run_workers(tmp_path, workers, _SECONDS / 2)
    erasures = [*results["eraser0"], *results["eraser1"]]
    assert len(erasures) > 10
    last_end = max(end for _, end in erasures)
    said = {one: text for name in writers for _, _, one, text in results[name]}
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        found = {message.id: message.content for message in memory.space("contested").messages()}
        check = memory.check()
        assert check.ok, check
        memory.space("contested").add("and it goes on")
        assert memory.space("contested").search("and it goes on")[0].text == "and it goes on"
    assert found.items() <= said.items()
    for name in writers:
        for began, ended, one, _ in results[name]:
            if began > last_end:
                assert one in found
            if any(ended < start for start, _ in erasures):
                assert one not in found


def test_a_process_that_finishes_an_old_erasure_late_does_not_end_a_newer_one_whose_key_still_exists(
    tmp_path: Path,
) -> None:
    with satchel.open(tmp_path, embedder=HashEmbedder()) as early, satchel.open(tmp_path) as late:
        space = early.space("contested")
        scope = early._engine.place("default", "contested").scope
        space.add("the first life")
        first = early._engine.vault.key(scope.tenant, scope.space)
        assert first is not None
        space.erase()
        space.add("the second life")
        early._engine.store.update(scope, lambda _: Changes(phase=Phase.ERASING))
        late._engine.finish_erasing(scope, first.key_id)
        with early._engine.store.view(scope) as view:
            assert view.state is not None
            assert view.state.phase is Phase.ERASING
        space.add("the third life")
        assert [message.content for message in space.messages()] == ["the third life"]


def test_two_processes_that_rotate_the_key_at_once_leave_a_store_that_opens(tmp_path: Path) -> None:
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        memory.space("alice").add("what must stay readable")
    run_workers(tmp_path, {f"rotator{number}": "rotate" for number in range(3)}, 1.5)
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        assert [message.content for message in memory.space("alice").messages()] == ["what must stay readable"]
