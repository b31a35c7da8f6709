"""A master key from a key management service."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import satchel
from satchel.errors import InvalidInput, StoreUnavailable, WrongKey
from satchel.testing import HashEmbedder
from satchel.vault.kms import KmsKey, LocalKms


def opened(tmp_path: Path, key: KmsKey | None) -> satchel.Memory:
    return satchel.open(tmp_path / "store", key=key, embedder=HashEmbedder())


@pytest.fixture
def kms(tmp_path: Path) -> LocalKms:
    service = LocalKms(tmp_path / "kms")
    service.create_key("first")
    service.create_key("second")
    return service


def test_a_store_opens_with_the_key_of_the_service_and_no_other(tmp_path: Path, kms: LocalKms) -> None:
    with opened(tmp_path, satchel.KmsKey(kms, "first")) as memory:
        memory.space("alice").add("olives")
        assert "kms" in next(one.detail for one in memory.check().findings if one.subject == "encryption")
    with opened(tmp_path, KmsKey(kms, "first")) as memory:
        assert len(memory.space("alice").messages()) == 1
    for wrong in (KmsKey(kms, "second"), None):
        with pytest.raises(WrongKey):
            opened(tmp_path, wrong)
    assert not (tmp_path / "store" / "keys" / "master.key").exists()


def test_the_key_can_be_changed(tmp_path: Path, kms: LocalKms) -> None:
    with opened(tmp_path, KmsKey(kms, "first")) as memory:
        memory.space("alice").add("olives")
        memory.rotate_key(KmsKey(kms, "second"))
        memory.space("bob").add("grapes")
    with opened(tmp_path, KmsKey(kms, "second")) as memory:
        assert len(memory.spaces()) == 2
    with pytest.raises(WrongKey):
        opened(tmp_path, KmsKey(kms, "first"))


def test_a_key_that_is_not_there_is_named(tmp_path: Path, kms: LocalKms) -> None:
    with pytest.raises(WrongKey, match="nowhere"):
        opened(tmp_path, KmsKey(kms, "nowhere"))
    for wrong in ("", "../first"):
        with pytest.raises(InvalidInput):
            opened(tmp_path, KmsKey(kms, wrong))
    with pytest.raises(FileExistsError):
        kms.create_key("first")
    assert (tmp_path / "kms" / "first.hmac").stat().st_mode & 0o077 == 0


class _Refusing:
    def generate_mac(self, **_: Any) -> Mapping[str, Any]:
        raise ConnectionError("AccessDenied")


class _Short:
    def generate_mac(self, **_: Any) -> Mapping[str, Any]:
        return {"Mac": b"short"}


def test_a_service_that_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"AccessDenied.*GenerateMac"):
        opened(tmp_path, KmsKey(_Refusing(), "first"))
    with pytest.raises(InvalidInput, match="HMAC_256"):
        opened(tmp_path, KmsKey(_Short(), "first"))
