"""A store whose keys were put apart does not start anew over its data."""

import shutil
from pathlib import Path

import pytest

import satchel
from satchel.testing import HashEmbedder


def test_data_without_its_keys_folder_is_refused_until_it_is_put_back(tmp_path: Path) -> None:
    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        memory.space("alice").add("olives")
    shutil.move(tmp_path / "store" / "keys", tmp_path / "apart")
    with pytest.raises(satchel.WrongKey, match="keys"):
        satchel.open(tmp_path / "store", embedder=HashEmbedder())
    shutil.move(tmp_path / "apart", tmp_path / "store" / "keys")
    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        assert memory.space("alice").messages()[0].content == "olives"
