"""Keys from every source, rotation, crashes in it, and stores that were tampered with."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import satchel
from satchel import (
    EnvironmentKey,
    Keychain,
    KeyFile,
    Passphrase,
    RawKey,
    StoreDamaged,
    StoreMismatch,
    WrongKey,
)
from satchel.testing import HashEmbedder

RAW = bytes(range(32))
OTHER = bytes(32)
WORDS = "correct horse battery"


def opened(directory: Path, **more: object) -> satchel.Memory:
    return satchel.open(directory, embedder=HashEmbedder(), **more)  # type: ignore[arg-type]


def fill(directory: Path, **more: object) -> None:
    with opened(directory, **more) as memory:
        memory.space("alice").add("olives")
        memory.space("bob").add("grapes")


def assert_opens(directory: Path, **more: object) -> None:
    with opened(directory, **more) as memory:
        assert [one.content for one in memory.space("alice").messages()] == ["olives"]
        assert [hit.text for hit in memory.space("bob").search("grapes")] == ["grapes"]
        assert memory.check().ok


def assert_locked(directory: Path, **more: object) -> None:
    with pytest.raises(WrongKey):
        opened(directory, **more)


def sql(directory: Path, statement: str, *values: object, file: str = "satchel.db") -> list[tuple[object, ...]]:
    connection = sqlite3.connect(directory / file)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    held: dict[tuple[str, str], str] = {}

    class InMemory(KeyringBackend):
        priority = 1  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return held.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            held[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if held.pop((service, username), None) is None:
                raise PasswordDeleteError

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    monkeypatch.setattr("keyring.core._keyring_backend", keyring.get_keyring())
    yield held
    keyring.set_keyring(before)


def test_without_a_key_a_private_key_file_is_made(directory: Path) -> None:
    fill(directory)
    key = directory / "keys" / "master.key"
    assert len(key.read_text().strip()) == 64
    for path in [directory, *directory.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert_opens(directory)


def test_files_written_while_open_are_private_too(directory: Path) -> None:
    previous = os.umask(0)
    try:
        with opened(directory) as memory:
            memory.space("alice").add("olives")
            for path in [directory, *directory.rglob("*")]:
                assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    finally:
        os.umask(previous)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [(WORDS, "another passphrase"), (RAW, OTHER), (Passphrase(WORDS), OTHER), (RawKey(RAW), WORDS)],
    ids=["words", "bytes", "passphrase", "raw key"],
)
def test_a_key_of_the_caller_opens_and_no_other(directory: Path, key: object, wrong: object) -> None:
    fill(directory, key=key)
    assert not (directory / "keys" / "master.key").exists()
    assert_opens(directory, key=key)
    assert_locked(directory, key=wrong)
    assert_locked(directory)


def test_the_environment_gives_the_key_in_hexadecimal_or_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (right, wrong) in enumerate([(RAW.hex(), OTHER.hex()), (WORDS, "another passphrase")]):
        directory = tmp_path / str(number)
        monkeypatch.setenv("SATCHEL_KEY", right)
        fill(directory)
        assert_opens(directory)
        monkeypatch.setenv("SATCHEL_KEY", wrong)
        assert_locked(directory)
        monkeypatch.delenv("SATCHEL_KEY")
        assert_locked(directory)
    assert_opens(tmp_path / "0", key=RAW)


def test_the_environment_does_not_take_a_store_from_its_key_file(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(directory)
    monkeypatch.setenv("SATCHEL_KEY", RAW.hex())
    assert_opens(directory)


def test_a_key_file_elsewhere(directory: Path, tmp_path: Path) -> None:
    source = KeyFile(tmp_path / "away" / "my.key")
    fill(directory, key=source)
    assert_opens(directory, key=source)
    assert_locked(directory)


def test_the_keychain_keeps_the_key(directory: Path, keychain: dict[tuple[str, str], str]) -> None:
    fill(directory, key=Keychain())
    assert list(keychain) == [("satchel", "master")]
    assert_opens(directory, key=Keychain())
    with opened(directory, key=Keychain()) as memory:
        memory.rotate_key()
    assert list(keychain) == [("satchel", "master")]
    assert_opens(directory, key=Keychain())
    keychain.clear()
    assert_locked(directory, key=Keychain())


def test_a_missing_key_file_is_named(directory: Path) -> None:
    fill(directory)
    (directory / "keys" / "master.key").unlink()
    with pytest.raises(WrongKey, match=r"master\.key is missing; put it back"):
        opened(directory)


def test_a_key_file_that_others_may_read_is_refused(directory: Path) -> None:
    fill(directory)
    (directory / "keys" / "master.key").chmod(0o644)
    with pytest.raises(WrongKey, match="chmod 600"):
        opened(directory)


def test_a_key_file_of_something_else_is_refused(directory: Path) -> None:
    fill(directory)
    path = directory / "keys" / "master.key"
    path.write_text("hello")
    with pytest.raises(WrongKey, match="64 hexadecimal digits"):
        opened(directory)
    path.write_text(OTHER.hex())
    assert_locked(directory)


Rotation = tuple[Callable[[Path], object], Callable[[Path], dict[str, object]]]
ROTATIONS: dict[str, Rotation] = {
    "key file": (lambda _: None, lambda _: {}),
    "passphrase": (lambda _: WORDS, lambda _: {"key": WORDS}),
    "raw": (lambda _: RAW, lambda _: {"key": RAW}),
    "environment": (lambda _: EnvironmentKey("MY_KEY"), lambda _: {"key": EnvironmentKey("MY_KEY")}),
    "keychain": (lambda _: Keychain(), lambda _: {"key": Keychain()}),
    "another file": (lambda tmp: KeyFile(tmp / "my.key"), lambda tmp: {"key": KeyFile(tmp / "my.key")}),
}


@pytest.mark.parametrize("kind", ROTATIONS)
@pytest.mark.usefixtures("keychain")
def test_rotation_to_each_kind_of_key(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("MY_KEY", OTHER.hex())
    target, options = ROTATIONS[kind]
    fill(directory)
    old = bytes.fromhex((directory / "keys" / "master.key").read_text())
    with opened(directory) as memory:
        memory.rotate_key(target(tmp_path))  # type: ignore[arg-type]
        memory.space("alice").add("more")
        memory.space("carol").add("made after the rotation")
        memory.space("alice").forget(memory.space("alice").messages()[-1].id)
    assert_opens(directory, **options(tmp_path))
    assert_locked(directory, key=old)
    with opened(directory, **options(tmp_path)) as memory:
        memory.rotate_key(None if kind in ("key file", "keychain", "another file") else KeyFile(tmp_path / "last.key"))
    if kind in ("key file", "keychain", "another file"):
        assert_opens(directory, **options(tmp_path))
    else:
        assert_locked(directory, **options(tmp_path))
        assert_opens(directory, key=KeyFile(tmp_path / "last.key"))


def test_a_crash_before_rewrapping_leaves_the_old_key_in_force(directory: Path) -> None:
    fill(directory)
    KeyFile(directory / "keys" / "master.key").next(b"")
    assert (directory / "keys" / "master.key.next").exists()
    assert_opens(directory)
    with opened(directory) as memory:
        memory.rotate_key()
    assert_opens(directory)
    assert not (directory / "keys" / "master.key.next").exists()


def test_a_crash_after_rewrapping_leaves_the_new_key_in_force(directory: Path) -> None:
    fill(directory)
    path = directory / "keys" / "master.key"
    old = path.read_text()
    with opened(directory) as memory:
        memory.rotate_key()
    path.rename(path.with_name("master.key.next"))
    path.write_text(old)
    path.chmod(0o600)
    assert_opens(directory)
    assert not path.with_name("master.key.next").exists()
    assert path.read_text() != old


def test_a_crash_while_the_next_key_is_written_does_not_lock_the_store(directory: Path) -> None:
    fill(directory)
    staged = directory / "keys" / "master.key.next"
    staged.touch(mode=0o600)
    assert_opens(directory)


def test_another_open_memory_follows_a_rotation(directory: Path) -> None:
    with opened(directory) as one, opened(directory) as two:
        one.space("alice").add("olives")
        two.rotate_key()
        one.space("bob").add("grapes")
        assert len(two.space("bob").messages()) == 1
    assert_opens(directory)


def test_a_store_keeps_its_setting_of_encryption(tmp_path: Path) -> None:
    fill(tmp_path / "sealed")
    with pytest.raises(StoreMismatch, match="without encrypt=False"):
        opened(tmp_path / "sealed", encrypt=False)
    fill(tmp_path / "clear", encrypt=False)
    with pytest.raises(StoreMismatch, match="open it with encrypt=False"):
        opened(tmp_path / "clear")
    assert_opens(tmp_path / "clear", encrypt=False)
    with opened(tmp_path / "clear", encrypt=False) as memory:
        with pytest.raises(StoreMismatch, match="no key to rotate"):
            memory.rotate_key(RAW)
        assert any(one.status == "warning" and one.subject == "encryption" for one in memory.check().findings)


def test_content_is_sealed_unless_it_was_asked_not_to_be(tmp_path: Path) -> None:
    for number, encrypt in enumerate((True, False)):
        fill(tmp_path / str(number), encrypt=encrypt)
        data = (tmp_path / str(number) / "satchel.db").read_bytes()
        assert (b"olives" in data) is not encrypt
        assert (b"alice" in data) is not encrypt


SWAP = """UPDATE rows SET body = (SELECT other.body FROM rows AS other WHERE other.number = ?) WHERE number = ?"""


@pytest.mark.parametrize("kind", ["message", "features"])
@pytest.mark.parametrize("across", ["ids", "spaces"])
def test_a_sealed_row_moved_elsewhere_is_damage(directory: Path, kind: str, across: str) -> None:
    fill(directory)
    with opened(directory) as memory:
        memory.space("alice").add("more olives")
    numbers = sql(directory, "SELECT number, space FROM rows WHERE kind = ? ORDER BY number", kind)
    (first, here), (bob, _), (second, there) = numbers
    assert here == there
    sql(directory, SWAP, second if across == "ids" else bob, first)
    with opened(directory) as memory:
        alice = memory.space("alice")
        with pytest.raises(StoreDamaged, match="restore"):
            alice.search("olives")
        assert not memory.check().ok
        assert [hit.text for hit in memory.space("bob").search("grapes")] == ["grapes"]


def test_a_row_given_to_another_space_is_damage(directory: Path) -> None:
    fill(directory)
    (alice, bob) = sql(directory, "SELECT space FROM rows WHERE kind = 'message' ORDER BY number")
    sql(directory, "UPDATE rows SET space = ? WHERE space = ? AND kind IN ('message', 'features')", *alice, *bob)
    with opened(directory) as memory, pytest.raises(StoreDamaged):
        memory.space("alice").search("grapes")


def test_a_file_that_is_no_database_is_damage(directory: Path) -> None:
    fill(directory)
    (directory / "satchel.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreDamaged, match="restore it from a backup"):
        opened(directory)


def test_a_store_of_a_newer_version_is_refused(directory: Path) -> None:
    fill(directory)
    sql(directory, "PRAGMA user_version = 99")
    with pytest.raises(StoreMismatch, match="upgrade satchel"):
        opened(directory)


def test_a_space_whose_key_is_lost_says_so_and_can_still_be_erased(directory: Path) -> None:
    fill(directory)
    with opened(directory) as memory:
        lost = memory.space("alice")
        sql(directory, "DELETE FROM keys WHERE space = ?", lost._place.scope.space, file="keys/keys.db")
    with opened(directory) as memory:
        lost = memory.space("alice")
        for use in (lambda: lost.search("olives"), lambda: lost.add("x"), lost.messages, lost.rebuild):
            with pytest.raises(WrongKey, match="Restore the store's keys folder"):
                use()
        assert not memory.check().ok
        assert len(memory.space("bob").messages()) == 1
        lost.erase()
        lost.add("anew")
        assert [one.content for one in lost.messages()] == ["anew"]
        assert memory.check().ok
