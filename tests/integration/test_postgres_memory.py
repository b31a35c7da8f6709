"""A memory on PostgreSQL does what one in a directory does: spaces, keys from every place, deletion, repetition."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import satchel
from postgres import database
from satchel import InvalidInput, NotFound, StoreMismatch, WrongKey
from satchel.testing import HashEmbedder, SteppingClock

KEY = b"k" * 32
OTHER = b"o" * 32


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SATCHEL_KEY", raising=False)
    return home


@pytest.fixture
def memory(postgres_url: str) -> Iterator[satchel.Memory]:
    with opened(postgres_url, key=KEY) as memory:
        yield memory


def opened(url: str, **more: object) -> satchel.Memory:
    return satchel.open(url, embedder=HashEmbedder(), clock=SteppingClock(), **more)  # type: ignore[arg-type]


def fill(url: str, **more: object) -> None:
    with opened(url, **more) as memory:
        memory.space("alice").add("olives")
        memory.space("bob", tenant="other").add("grapes")


def assert_opens(url: str, **more: object) -> None:
    with opened(url, **more) as memory:
        assert [one.content for one in memory.space("alice").messages()] == ["olives"]
        assert [hit.text for hit in memory.space("bob", tenant="other").search("grapes")] == ["grapes"]
        assert memory.check().ok


def assert_locked(url: str, **more: object) -> None:
    with pytest.raises(WrongKey):
        opened(url, **more)


def sql(url: str, statement: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement.encode()).fetchall()


def contents(space: satchel.Space) -> list[str]:
    return [one.content for one in space.messages()]


def test_spaces_and_tenants_are_listed_and_apart(memory: satchel.Memory) -> None:
    for name, tenant in (("alice", "default"), ("bob", "default"), ("alice", "other")):
        memory.space(name, tenant=tenant).add(f"I am {name} of {tenant}.")
    found = [(one.name, one.tenant, one.messages) for one in memory.spaces()]
    assert found == [("alice", "default", 1), ("bob", "default", 1), ("alice", "other", 1)]
    assert [one.name for one in memory.spaces("other")] == ["alice"]
    assert memory.spaces("nobody") == ()
    memory.space("alice").erase()
    assert contents(memory.space("alice", tenant="other")) == ["I am alice of other."]
    assert memory.check().ok


def test_two_memories_see_each_others_writes_deletions_and_erasures(postgres_url: str) -> None:
    with opened(postgres_url, key=KEY) as one, opened(postgres_url, key=KEY) as two:
        here, there = one.space("alice"), two.space("alice")
        first = here.add("olives").message_ids[0]
        second = there.add("more olives").message_ids[0]
        assert {hit.id for hit in here.search("olives")} == {first, second}
        there.forget(first)
        assert [hit.id for hit in here.search("olives")] == [second]
        here.erase()
        assert there.messages() == ()
        there.add("new olives")
        assert contents(here) == ["new olives"]


def test_what_is_forgotten_is_undone_and_its_rows_are_gone(memory: satchel.Memory, postgres_url: str) -> None:
    alice = memory.space("alice")
    alice.add("I live in Boston.", at="2025-01-01T00:00:00Z")
    before = alice.facts(as_of="2026-01-01")
    moved = alice.add("I live in Lisbon.", at="2025-06-01T00:00:00Z").message_ids[0]
    assert alice.facts(as_of="2026-01-01") != before
    receipt = alice.forget(moved)
    assert receipt.message_ids == (moved,)
    assert not receipt.complete
    assert any("write-ahead log" in one for one in receipt.remains)
    assert alice.facts(as_of="2026-01-01") == before
    assert sql(postgres_url, "SELECT count(*) FROM satchel.rows WHERE kind = 'message'") == [(1,)]
    with pytest.raises(NotFound):
        alice.forget(moved)


def test_an_erased_space_starts_again_with_another_key(memory: satchel.Memory, postgres_url: str) -> None:
    alice = memory.space("alice")
    alice.add("olives", idempotency_key="k")
    old = sql(postgres_url, "SELECT key_id FROM satchel_keys.keys")
    assert alice.erase().destroyed["data keys"] == 1
    for table in ("satchel.rows", "satchel.marks", "satchel_keys.keys"):
        assert sql(postgres_url, f"SELECT count(*) FROM {table}") == [(0,)]
    assert memory.spaces() == ()
    with pytest.raises(NotFound):
        alice.erase()
    assert alice.add("grapes", idempotency_key="k").duplicates == ()
    assert contents(alice) == ["grapes"]
    assert sql(postgres_url, "SELECT key_id FROM satchel_keys.keys") != old


def test_a_repeated_call_and_a_repeated_message_store_nothing_again(memory: satchel.Memory) -> None:
    alice = memory.space("alice")
    first = alice.add(["olives", "grapes"], idempotency_key="k")
    assert alice.add(["olives", "grapes"], idempotency_key="k").duplicates == first.message_ids
    with pytest.raises(InvalidInput, match="used before"):
        alice.add("plums", idempotency_key="k")
    message = {"role": "user", "content": "figs", "id": "1"}
    assert alice.add([message, message]).message_ids == alice.add(message).message_ids * 2
    assert contents(alice) == ["olives", "grapes", "figs"]


def test_a_key_opens_what_it_made_and_no_other(postgres_url: str, home: Path) -> None:
    fill(postgres_url, key=KEY)
    assert_opens(postgres_url, key=KEY)
    assert_locked(postgres_url, key=OTHER)
    assert_locked(postgres_url, key="a passphrase")
    assert_locked(postgres_url)
    assert not home.exists()


def test_after_a_rotation_only_the_new_key_opens_also_for_who_had_it_open(postgres_url: str) -> None:
    fill(postgres_url, key=KEY)
    with opened(postgres_url, key=KEY) as rotating, opened(postgres_url, key=KEY) as reading:
        reading.space("alice").search("olives")
        rotating.rotate_key(OTHER)
        assert contents(reading.space("alice")) == ["olives"]
        assert contents(rotating.space("bob", tenant="other")) == ["grapes"]
    assert_opens(postgres_url, key=OTHER)
    assert_locked(postgres_url, key=KEY)


def test_without_encryption_it_says_so_and_is_not_opened_with_it(postgres_url: str) -> None:
    fill(postgres_url, encrypt=False)
    assert_opens(postgres_url, encrypt=False)
    with opened(postgres_url, encrypt=False) as memory:
        assert any("off (encrypt=False)" in str(one) for one in memory.check().findings)
    for more in ({}, {"key": KEY}):
        with pytest.raises(StoreMismatch):
            opened(postgres_url, **more)


def test_what_the_server_keeps_is_sealed(memory: satchel.Memory, postgres_url: str) -> None:
    memory.space("alice the first").add("secret olives", metadata={"topic": "private grapes"})
    for table in ("satchel.spaces", "satchel.rows", "satchel.marks", "satchel_keys.keys", "satchel_keys.settings"):
        for (row,) in sql(postgres_url, f"SELECT t::text FROM {table} AS t"):
            for words in ("alice", "olives", "grapes"):
                assert words not in str(row)
                assert words.encode().hex() not in str(row)


def test_the_keys_may_be_in_another_database(postgres_url: str) -> None:
    with database() as other:
        fill(postgres_url, key=KEY, keys=other)
        assert_opens(postgres_url, key=KEY, keys=other)
        assert sql(postgres_url, "SELECT to_regclass('satchel_keys.keys') IS NULL") == [(True,)]
        assert sql(other, "SELECT to_regclass('satchel.rows') IS NULL") == [(True,)]
        with opened(postgres_url, key=KEY, keys=other) as memory:
            memory.space("alice").erase()
        assert sql(other, "SELECT count(*) FROM satchel_keys.keys") == [(1,)]


def test_the_keys_may_be_in_a_directory(postgres_url: str, tmp_path: Path, home: Path) -> None:
    fill(postgres_url, keys=tmp_path / "keys")
    assert {one.name for one in (tmp_path / "keys").iterdir()} >= {"keys.db", "master.key"}
    assert_opens(postgres_url, keys=tmp_path / "keys")
    assert not home.exists()


def test_without_a_key_a_file_is_made_at_home_and_missed_on_another_machine(
    postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(postgres_url)
    (made,) = (home / ".satchel" / "keys").iterdir()
    assert made.suffix == ".key"
    assert made.stat().st_mode & 0o777 == 0o600
    assert_opens(postgres_url)
    with opened(postgres_url) as memory:
        memory.rotate_key()
    assert_opens(postgres_url)
    monkeypatch.setenv("HOME", str(home.parent / "another machine"))
    with pytest.raises(WrongKey, match=rf"{made.name} is missing; put it back"):
        opened(postgres_url)
    assert not (home.parent / "another machine").exists()


def test_two_stores_have_key_files_of_their_own(postgres_url: str, home: Path) -> None:
    with database() as other:
        fill(postgres_url)
        fill(other)
        assert len(list((home / ".satchel" / "keys").iterdir())) == 2
        assert_opens(postgres_url)
        assert_opens(other)


def test_the_environment_gives_the_key(postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATCHEL_KEY", KEY.hex())
    fill(postgres_url)
    assert_opens(postgres_url)
    assert not home.exists()
    monkeypatch.setenv("SATCHEL_KEY", OTHER.hex())
    assert_locked(postgres_url)
    monkeypatch.delenv("SATCHEL_KEY")
    assert_locked(postgres_url)
    assert_opens(postgres_url, key=KEY)


def test_the_location_never_shows_a_password(postgres_url: str) -> None:
    with opened(postgres_url.replace("postgres@", "postgres:secret@", 1), key=KEY) as memory:
        assert memory.location == postgres_url
        assert "secret" not in repr(memory)
