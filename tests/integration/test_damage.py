"""Files that are not what was written are named as such; nothing is read wrong or started anew in silence."""

import shutil
import sqlite3
from pathlib import Path

import pytest

import satchel
from satchel.testing import HashEmbedder


def _filled(directory: Path, *, encrypt: bool = True) -> None:
    with satchel.open(directory, encrypt=encrypt, embedder=HashEmbedder()) as memory:
        memory.space("alice").add(["the first words", "the second words"])


def _by_hand(directory: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(directory / "satchel.db")
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()


@pytest.mark.parametrize("encrypt", [True, False], ids=["encrypted", "in clear"])
@pytest.mark.parametrize("body", [b"", b"\x93\xff", b"\xc1", b"\x00" * 40, b"\x91\x01"])
@pytest.mark.parametrize("kind", ["message", "features", "space"])
def test_a_row_of_other_bytes_is_damage_and_the_check_says_so(
    directory: Path, kind: str, body: bytes, *, encrypt: bool
) -> None:
    _filled(directory, encrypt=encrypt)
    _by_hand(directory, "UPDATE rows SET body = ? WHERE kind = ?", body, kind)
    with satchel.open(directory, encrypt=encrypt, embedder=HashEmbedder()) as memory:
        read = {
            "message": lambda: memory.space("alice").messages(),
            "features": lambda: memory.space("alice").search("words"),
            "space": memory.spaces,
        }[kind]
        with pytest.raises(satchel.StoreDamaged):
            read()
        check = memory.check()
        assert kind == "space" or not check.ok


def test_a_store_whose_keys_folder_is_gone_is_refused_and_not_started_anew(directory: Path) -> None:
    _filled(directory)
    shutil.move(directory / "keys", directory.parent / "elsewhere")
    with pytest.raises(satchel.WrongKey, match="keys"):
        satchel.open(directory, embedder=HashEmbedder())
    shutil.rmtree(directory / "keys", ignore_errors=True)
    shutil.move(directory.parent / "elsewhere", directory / "keys")
    with satchel.open(directory, embedder=HashEmbedder()) as memory:
        assert len(memory.space("alice").messages()) == 2


def test_a_key_store_that_is_no_database_is_named(directory: Path) -> None:
    _filled(directory)
    (directory / "keys" / "keys.db").write_bytes(b"not a database, though long enough to look like one" * 100)
    with pytest.raises((satchel.StoreDamaged, satchel.StoreUnavailable), match=r"keys\.db"):
        satchel.open(directory, embedder=HashEmbedder())


def test_after_another_process_locked_the_store_with_words_the_old_key_is_wrong_every_time(directory: Path) -> None:
    _filled(directory)
    with (
        satchel.open(directory, embedder=HashEmbedder()) as behind,
        satchel.open(directory, embedder=HashEmbedder()) as ahead,
    ):
        ahead.rotate_key("a passphrase of words")
        for _ in range(3):
            with pytest.raises(satchel.WrongKey, match="does not open this store"):
                behind.space("alice").messages()
        assert len(ahead.space("alice").messages()) == 2
