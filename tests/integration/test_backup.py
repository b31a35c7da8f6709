"""Backups, restores and copies: the same memory elsewhere, and what was erased stays unreadable."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import satchel
from satchel.arriving import Arrival
from satchel.errors import InvalidInput, NotFound, StoreDamaged, StoreMismatch, StoreUnavailable, WrongKey
from satchel.store.port import Changes, Phase
from satchel.testing import HashEmbedder

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def opened(location: Path | str, key: bytes = KEY, **more: object) -> satchel.Memory:
    return satchel.open(location, key=key, embedder=HashEmbedder(), **more)  # type: ignore[arg-type]


@pytest.fixture(params=["directory", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """An empty place for another store, of each kind."""
    return tmp_path / "elsewhere" if request.param == "directory" else request.getfixturevalue("postgres_url")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[satchel.Memory]:
    with opened(tmp_path / "store") as memory:
        for name in ("alice", "bob"):
            space = memory.space(name)
            space.define(zone="Europe/Lisbon")
            space.add([f"{name} planted {n} olive trees in week {n}" for n in range(40)], session="s")
            space.add("I moved to Lisbon in May 2024.", at="2025-01-01T00:00Z", idempotency_key="once")
            space.forget(space.messages(limit=3)[0].id)
        memory.space("alice", tenant="acme").add({"role": "user", "content": "Acme buys olives", "id": "m1"})
        yield memory


def answers(memory: satchel.Memory) -> list[object]:
    """What three spaces answer: hits with their scores, facts, messages."""
    found: list[object] = []
    for tenant, name in (("default", "alice"), ("default", "bob"), ("acme", "alice")):
        space = memory.space(name, tenant=tenant)
        hits = space.search("Who planted olive trees in week 7?", limit=20)
        found += [[(hit.id, hit.score, hit.text) for hit in hits], space.facts(), space.messages()]
    return found


def test_a_backup_is_restored_elsewhere_with_the_same_digest(
    filled: satchel.Memory, tmp_path: Path, elsewhere: Path | str
) -> None:
    written = filled.backup(tmp_path / "monday")
    assert (written.spaces, written.messages) == (3, 2 * 40 + 1)
    restored = satchel.restore(tmp_path / "monday", elsewhere, keys_of=tmp_path / "store", key=KEY, new_key=OTHER_KEY)
    assert (restored.digest, restored.spaces, restored.unreadable) == (written.digest, 3, 0)
    with opened(elsewhere, OTHER_KEY) as memory:
        assert answers(memory) == answers(filled)
        assert memory.check().ok
        again = memory.space("alice").add("I moved to Lisbon in May 2024.", at="2025-01-01T00:00Z")
        assert again.duplicates
        assert memory.backup(tmp_path / "tuesday").digest == written.digest


def test_a_space_erased_after_the_backup_stays_unreadable(
    filled: satchel.Memory, tmp_path: Path, elsewhere: Path | str
) -> None:
    filled.backup(tmp_path / "monday")
    filled.space("bob").erase()
    restored = satchel.restore(tmp_path / "monday", elsewhere, keys_of=tmp_path / "store", key=KEY, new_key=OTHER_KEY)
    assert (restored.spaces, restored.unreadable) == (2, 1)
    with opened(elsewhere, OTHER_KEY) as memory:
        assert {one.name for one in memory.spaces()} == {"alice"}
        assert not memory.space("bob").search("olive trees")


def test_a_space_made_anew_after_the_backup_does_not_open_what_it_was(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    filled.space("bob").erase()
    filled.space("bob").add("Bob starts again.")
    restored = satchel.restore(tmp_path / "monday", tmp_path / "new", keys_of=tmp_path / "store", key=KEY)
    assert restored.unreadable == 1


def test_a_backup_holds_no_key_and_no_words(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    content = (tmp_path / "monday").read_bytes()
    assert b"olive" not in content
    assert b"alice" not in content
    with pytest.raises(WrongKey):
        satchel.restore(tmp_path / "monday", tmp_path / "new", keys_of=tmp_path / "nowhere")
    with pytest.raises(WrongKey):
        satchel.restore(tmp_path / "monday", tmp_path / "new", keys_of=tmp_path / "store", key=OTHER_KEY)


def test_backup_while_others_write(filled: satchel.Memory, tmp_path: Path) -> None:
    stop = Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            filled.space("bob").add([f"more {number}", f"and more {number}"])
            number += 1

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            filled.backup(tmp_path / f"backup {number}")
    finally:
        stop.set()
        writer.join()
    satchel.restore(tmp_path / "backup 4", tmp_path / "new", keys_of=tmp_path / "store", key=KEY, new_key=KEY)
    with opened(tmp_path / "new") as memory:
        assert memory.check().ok
        said = [one.content for one in memory.space("bob").messages() if "more" in one.content]
        assert len(said) % 2 == 0
        assert {f"and {one}" for one in said if one.startswith("more")} == {
            one for one in said if one.startswith("and")
        }


def test_a_damaged_backup_is_found_and_restores_nothing_that_is_seen(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    content = bytearray((tmp_path / "monday").read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(StoreDamaged):
        satchel.restore(tmp_path / "bad", tmp_path / "new", keys_of=tmp_path / "store", key=KEY, new_key=KEY)
    with opened(tmp_path / "new") as memory:
        seen = {one.name for one in memory.spaces()}
        for name in seen:
            assert answers_of(memory, name) == answers_of(filled, name)
    for wrong in (b"", b"PK", bytes(content[:1000])):
        (tmp_path / "bad").write_bytes(wrong)
        with pytest.raises(StoreDamaged):
            satchel.restore(tmp_path / "bad", tmp_path / "newer", keys_of=tmp_path / "store", key=KEY, new_key=KEY)


def answers_of(memory: satchel.Memory, name: str) -> object:
    return memory.space(name).messages()


def test_a_restore_goes_on_where_it_was_interrupted(
    filled: satchel.Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = filled.backup(tmp_path / "monday")

    def restore() -> satchel.Archive:
        return satchel.restore(tmp_path / "monday", tmp_path / "new", keys_of=tmp_path / "store", key=KEY, new_key=KEY)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("satchel.arriving.Arrival.mark", interrupt)
        with pytest.raises(KeyboardInterrupt):
            restore()
    with opened(tmp_path / "new") as memory:
        assert not memory.spaces()
        assert not memory.space("alice").search("olive trees")
        with pytest.raises(StoreUnavailable, match="copied or restored"):
            memory.space("alice").add("too early")
    assert restore().digest == written.digest
    with opened(tmp_path / "new") as memory:
        assert answers(memory) == answers(filled)


def test_backups_and_restores_never_overwrite(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    with pytest.raises(InvalidInput, match="exists already"):
        filled.backup(tmp_path / "monday")
    with opened(tmp_path / "other") as memory:
        memory.space("alice").add("another alice")
    with pytest.raises((StoreMismatch, WrongKey), match=r"another store|was made with"):
        satchel.restore(tmp_path / "monday", tmp_path / "other", keys_of=tmp_path / "store", key=KEY, new_key=KEY)


def test_a_store_is_copied_there_and_back_and_answers_the_same(
    filled: satchel.Memory, tmp_path: Path, elsewhere: Path | str
) -> None:
    with opened(elsewhere, OTHER_KEY) as there, opened(tmp_path / "back") as back:
        out = {one.digest for one in filled.copy_to(there)}
        assert len(out) == 3
        assert answers(there) == answers(filled)
        assert {one.digest for one in there.copy_to(back)} == out
        assert answers(back) == answers(filled)
        assert all(memory.check().ok for memory in (there, back))
        assert [one.written for one in filled.copy_to(there)] == [0, 0, 0]
        there.space("alice").forget(session="s")
        assert not there.space("alice").search("week 7")
        assert filled.space("alice").search("week 7")


def test_an_interrupted_copy_is_not_seen_and_goes_on(
    filled: satchel.Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "there") as there:
        with monkeypatch.context() as patched:
            patched.setattr("satchel.arriving.Arrival.finish", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                filled.copy_to(there, space="alice")
        assert not there.spaces()
        (copied,) = filled.copy_to(there, space="alice")
        assert copied.written == 0
        assert there.space("alice").messages() == filled.space("alice").messages()


def test_a_space_that_is_there_is_not_overwritten(filled: satchel.Memory, tmp_path: Path) -> None:
    with opened(tmp_path / "there") as there:
        there.space("alice").add("someone else")
        with pytest.raises(StoreMismatch, match="in use here"):
            filled.copy_to(there, space="alice")
        assert len(there.space("alice").messages()) == 1
        there.space("alice").erase()
        filled.copy_to(there, space="alice")
        assert there.space("alice").messages() == filled.space("alice").messages()
        with pytest.raises(NotFound):
            filled.copy_to(there, space="nobody")


def test_a_half_copied_space_can_be_erased(filled: satchel.Memory, tmp_path: Path) -> None:
    engine = filled._engine
    scope = engine.place("default", "alice").scope
    engine.store.update(scope, lambda _: Changes(phase=Phase.ARRIVING))
    assert filled.space("alice").erase().destroyed["data keys"] == 1
    filled.space("alice").add("again")
    assert len(filled.space("alice").messages()) == 1


def test_stats_say_what_is_there(filled: satchel.Memory) -> None:
    filled.space("bob").erase()
    found = filled.stats()
    assert (found.spaces, found.erased, found.keys) == (2, 1, 2)
    assert found.rows["message"] == 40 + 1
    assert found.disk_bytes > sum(found.content_bytes.values()) > 0
    filled.compact()
    assert filled.stats().disk_bytes <= found.disk_bytes


def test_check_tells_keys_without_a_space_and_spaces_without_a_key(filled: satchel.Memory) -> None:
    engine = filled._engine
    spare = engine.vault.create("0" * 32, "1" * 32)
    assert [one.status for one in filled.check().findings if one.subject == "keys"] == ["warning"]
    engine.vault.destroy("0" * 32, "1" * 32, spare.key_id)
    scope = engine.place("default", "alice").scope
    engine.vault.destroy(scope.tenant, scope.space, engine.vault.key(scope.tenant, scope.space).key_id)  # type: ignore[union-attr]
    assert [one.status for one in filled.check().findings if one.subject == "keys"] == ["error"]


def test_a_restore_never_rolls_a_store_back(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    filled.space("bob").forget(filled.space("bob").messages(limit=1)[0].id)
    filled.space("bob").add("Said after the backup.")
    before = filled.space("bob").messages()
    with pytest.raises(StoreMismatch, match="in use here"):
        satchel.restore(tmp_path / "monday", tmp_path / "store", keys_of=tmp_path / "store", key=KEY, new_key=KEY)
    assert filled.space("bob").messages() == before


def test_a_copy_that_was_written_to_is_left_alone(filled: satchel.Memory, tmp_path: Path) -> None:
    with opened(tmp_path / "there") as there:
        filled.copy_to(there, space="bob")
        there.space("bob").add("only there")
        there.space("bob").forget(there.space("bob").messages()[0].id)
        before = there.space("bob").messages()
        with pytest.raises(StoreMismatch, match="in use here"):
            filled.copy_to(there, space="bob")
        assert there.space("bob").messages() == before


@pytest.mark.parametrize("step", ["bring", "mark", "finish"])
def test_a_space_that_is_erased_while_it_comes_stays_erased(
    filled: satchel.Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with opened(tmp_path / "there") as there, opened(tmp_path / "there") as other:
        doing = getattr(Arrival, step)

        def erased_before(self: Arrival, *given: object) -> object:
            if there.spaces() == () and other._engine.state(self.scope).phase is Phase.ARRIVING:  # type: ignore[union-attr]
                other.space("alice").erase()
            return doing(self, *given)

        with monkeypatch.context() as patched:
            patched.setattr(Arrival, step, erased_before)
            with pytest.raises(StoreMismatch, match="erased here"):
                filled.copy_to(there, space="alice")
        assert there.stats().keys == 0
        assert not there.stats().rows
        there.space("alice").add("a new beginning")
        assert [one.content for one in there.space("alice").messages()] == ["a new beginning"]
        assert there.check().ok


def test_what_is_erased_at_the_source_while_it_is_copied_does_not_come(
    filled: satchel.Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "there") as there, opened(tmp_path / "store") as other:

        def erased_before(self: Arrival, *given: Any) -> None:
            other.space("alice").erase()
            other.space("alice").add("new life")
            marking(self, *given)

        marking = Arrival.mark
        with monkeypatch.context() as patched:
            patched.setattr(Arrival, "mark", erased_before)
            with pytest.raises(StoreMismatch, match="erased while it was copied"):
                filled.copy_to(there, space="alice")
        assert there.stats().keys == 0
        assert not there.stats().rows


def test_a_copy_is_sealed_with_its_own_key_also_where_another_was_held(filled: satchel.Memory, tmp_path: Path) -> None:
    with opened(tmp_path / "there") as there, opened(tmp_path / "there") as other:
        there.space("alice").add("an earlier alice")
        other.space("alice").erase()
        filled.copy_to(there, space="alice")
        assert there.space("alice").messages() == filled.space("alice").messages()


def test_keys_do_not_leave_for_a_store_in_clear(filled: satchel.Memory, tmp_path: Path) -> None:
    with satchel.open(tmp_path / "clear", encrypt=False, embedder=HashEmbedder()) as clear:
        for source, target in ((filled, clear), (clear, filled)):
            source.space("carol").add("olives")
            with pytest.raises(StoreMismatch, match="encrypted"):
                source.copy_to(target, space="carol")
        assert clear.stats().keys == 1


def test_copies_of_one_tenant_leave_the_others(filled: satchel.Memory, tmp_path: Path) -> None:
    with opened(tmp_path / "there") as there:
        assert [one.tenant for one in filled.copy_to(there, tenant="acme")] == ["acme"]
        assert [one.created_at.year > 2000 for one in there.spaces()] == [True]


def test_a_restore_with_the_wrong_keys_or_file_makes_nothing(filled: satchel.Memory, tmp_path: Path) -> None:
    filled.backup(tmp_path / "monday")
    with opened(tmp_path / "other") as memory:
        memory.space("alice").add("another alice")
    wrong: list[tuple[Path, Path, type[Exception]]] = [
        (tmp_path / "monday", tmp_path / "other", WrongKey),
        (tmp_path / "nowhere", tmp_path / "store", InvalidInput),
        (tmp_path / "store", tmp_path / "store", InvalidInput),
    ]
    for file, keys_of, error in wrong:
        with pytest.raises(error):
            satchel.restore(file, tmp_path / "new", keys_of=keys_of, key=KEY, new_key=KEY)
        assert not (tmp_path / "new").exists()
    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0


def test_rows_are_not_opened_with_keys_that_are_made_now(filled: satchel.Memory, tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="was made with"):
        opened(tmp_path / "store", keys=tmp_path / "new keys")
    with opened(tmp_path / "apart", keys=tmp_path / "keys apart") as memory:
        memory.space("alice").add("olives")
    with pytest.raises(WrongKey):
        opened(tmp_path / "apart")
    with opened(tmp_path / "apart", keys=tmp_path / "keys apart") as memory:
        assert len(memory.space("alice").messages()) == 1
