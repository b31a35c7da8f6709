"""Weight files pinned by SHA-256: a file that is not the one that was measured is not loaded."""

import hashlib
from pathlib import Path

from satchel.errors import ModelUnavailable


def verified(path: Path, *, sha256: str) -> Path:
    """Return `path` when the file's digest is the pinned one.

    Raises:
        ModelUnavailable: the file is missing or is another one.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"{path}: cannot be read ({error.strerror}); reinstall satchel") from error
    if found != sha256:
        raise ModelUnavailable(f"{path}: SHA-256 is {found}, expected {sha256}; reinstall the package it is from")
    return path
