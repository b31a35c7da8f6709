"""The vault hands out one key for each space."""

from pathlib import Path

from satchel.vault.keystore import FileKeyStore
from satchel.vault.vault import Vault

RAW = bytes(range(32))


def in_memory() -> Vault:
    return Vault(FileKeyStore(None), key_file=lambda _: None, key=RAW)


def in_file(directory: Path, key: bytes = RAW) -> Vault:
    return Vault(FileKeyStore(directory / "keys.db"), key_file=lambda _: directory / "master.key", key=key)


def test_pseudonyms_tell_nothing_and_differ_by_store_tenant_and_space() -> None:
    one, two = in_memory(), in_memory()
    names = {one.pseudonym("t", "s"), one.pseudonym("t", "u"), one.pseudonym("u", "s"), two.pseudonym("t", "s")}
    assert len(names) == 4
    assert one.pseudonym("t", "s")[0] == one.pseudonym("t", "u")[0]
    for vault in (one, two):
        vault.close()


def test_a_key_is_made_once_and_destroyed_for_good(tmp_path: Path) -> None:
    vault = in_file(tmp_path)
    assert vault.key("t", "s") is None
    made = vault.create("t", "s")
    assert vault.create("t", "s").key_id == made.key_id
    assert not vault.destroy("t", "s", "another id")
    assert vault.destroy("t", "s", made.key_id)
    assert vault.key("t", "s") is None
    assert vault.create("t", "s").key_id != made.key_id
    vault.close()


def test_a_key_survives_a_rotation(tmp_path: Path) -> None:
    vault = in_file(tmp_path)
    made = vault.create("t", "s")
    mark = made.cipher.mark(b"m")
    vault.rotate(bytes(32))
    vault.close()
    again = in_file(tmp_path, bytes(32))
    found = again.key("t", "s")
    assert found is not None
    assert (found.key_id, found.cipher.mark(b"m")) == (made.key_id, mark)
    assert again.source == "raw"
    again.close()


def test_no_file_holds_a_wrapped_key_after_it_was_destroyed(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path / "keys.db")
    store.put("t", "s", "id", b"canary-wrapped-key")
    assert store.destroy("t", "s", "id")
    assert not any(b"canary" in path.read_bytes() for path in tmp_path.iterdir())
    store.close()
