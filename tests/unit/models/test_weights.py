"""Weight files are pinned by their digest."""

import hashlib
from pathlib import Path

import pytest

from satchel.errors import ModelUnavailable
from satchel.models.weights import verified


def test_the_pinned_file_is_taken_and_any_other_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    assert verified(path, sha256=digest) == path
    path.write_bytes(b"other")
    with pytest.raises(ModelUnavailable, match="reinstall"):
        verified(path, sha256=digest)
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        verified(tmp_path / "missing", sha256=digest)
