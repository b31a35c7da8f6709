"""Backups: a ZIP file with the sealed rows of every space and no key.

What is sealed can only be read with the keys of the store that it was made from, as they are now: a space that was
erased since has none, so it stays unreadable. Of a store that is not encrypted the file holds the words. Each space is
written from one snapshot of it; writing goes on meanwhile. An entry of the archive is a sequence of MessagePack values,
each with its length before it: rows in their order, then marks.
"""

import hashlib
import json
import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from satchel.arriving import Arrival
from satchel.engine import Engine
from satchel.errors import InvalidInput, StoreDamaged, StoreMismatch, StoreUnavailable, WrongKey
from satchel.model import Archive
from satchel.serial import pack, unpack
from satchel.store.port import Phase, Row, RowKind, Scope, View
from satchel.vault.vault import Vault

_FORMAT = 1
_MANIFEST = "manifest.json"
_LENGTH_BYTES = 4
_Entry = Mapping[str, Any]


def write_archive(engine: Engine, path: Path) -> Archive:
    """Write every space that holds something into a new file; the file is there when it is whole.

    Raises:
        InvalidInput: the file exists already.
        StoreUnavailable: it cannot be written.
    """
    if path.exists():
        raise InvalidInput(f"{path} exists already; name a new file")
    staged = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _private(staged) as file, ZipFile(file, "w", ZIP_STORED) as archive:
            entries = [
                entry
                for scope, state in engine.store.scopes()
                if state.phase is Phase.ACTIVE and (entry := _write_space(engine, archive, scope)) is not None
            ]
            archive.writestr(
                _MANIFEST, json.dumps({"format": _FORMAT, "keys": engine.vault.fingerprint, "spaces": entries})
            )
        _sync(staged)
        staged.replace(path)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error}); choose another place, or make room") from error
    finally:
        staged.unlink(missing_ok=True)
    return _summary(path, entries)


def check_archive(path: Path, keys: Vault) -> None:
    """Check a file from end to end.

    Raises:
        InvalidInput: there is no such file.
        StoreDamaged: it is no backup, or not what was written.
        WrongKey: it is of another store than the keys are.
    """
    with _opened(path) as (archive, manifest):
        if manifest["keys"] != keys.fingerprint:
            raise WrongKey(f"{path} is of another store than these keys; name the store that it was made from")
        for entry in manifest["spaces"]:
            for _ in _values(archive, entry):
                pass


def restore_archive(path: Path, target: Engine, keys: Vault) -> Archive:
    """Bring the spaces of a file that was checked into a store that has the same pseudonyms.

    Args:
        path: the backup.
        target: the store; a space that is there already and the same is left as it is.
        keys: the keys of the store that the backup was made from, as they are now.

    Raises:
        StoreMismatch: a space is in use there, and is not what is in the file.
    """
    restored: list[_Entry] = []
    with _opened(path) as (archive, manifest):
        for entry in manifest["spaces"]:
            found = keys.data_key(entry["tenant"], entry["space"])
            if found is not None and found[0] == entry["key_id"]:
                _restore_space(archive, entry, Arrival(target, Scope(entry["tenant"], entry["space"]), *found))
                restored.append(entry)
        return _summary(path, restored, unreadable=len(manifest["spaces"]) - len(restored))


def _restore_space(archive: ZipFile, entry: _Entry, arrival: Arrival) -> None:
    with arrival.engine.store.view(arrival.scope) as view:
        seen = view.state is not None and view.state.phase is Phase.ACTIVE
        if seen and _sealed_digest(view) == entry["sha256"]:
            return
    rows: dict[RowKind, list[Row]] = {}
    marks: dict[bytes, str] = {}
    for value in _values(archive, entry):
        if len(value) == 2:  # noqa: PLR2004  (a mark and the id of its row)
            marks[value[0]] = value[1]
        else:
            kind, row_id, at, body = value
            rows.setdefault(RowKind(kind), []).append(Row(RowKind(kind), row_id, at, body))
    arrival.begin(rows[RowKind.SPACE][0])
    for kind, found in rows.items():
        arrival.bring(kind, found, [row.id for row in found])
    arrival.mark(marks)
    arrival.finish()


def _sealed_digest(view: View) -> str:
    digest = hashlib.sha256()
    for value in _content(view):
        digest.update(_framed(value))
    return digest.hexdigest()


def _framed(value: tuple[object, ...]) -> bytes:
    packed = pack(*value)
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed


def _write_space(engine: Engine, archive: ZipFile, scope: Scope) -> _Entry | None:
    """Write one space as one snapshot of it has it; None when it was erased meanwhile."""
    with engine.store.view(scope) as view:
        if view.state is None or view.state.phase is not Phase.ACTIVE:
            return None
        digest, name = hashlib.sha256(), f"spaces/{scope.space}"
        with archive.open(name, "w", force_zip64=True) as file:
            for value in _content(view):
                framed = _framed(value)
                digest.update(framed)
                file.write(framed)
        return {
            "tenant": scope.tenant,
            "space": scope.space,
            "key_id": view.state.key_id,
            "messages": view.count(RowKind.MESSAGE),
            "entry": name,
            "sha256": digest.hexdigest(),
        }


def _content(view: View) -> Iterator[tuple[object, ...]]:
    for kind in RowKind:
        for row in view.rows(kind):
            yield row.kind.value, row.id, row.at, row.body
    yield from sorted(view.marks().items())


def _values(archive: ZipFile, entry: _Entry) -> Iterator[list[Any]]:
    """Yield what an entry holds, and see at the end that it is what was written."""
    digest = hashlib.sha256()
    try:
        with archive.open(entry["entry"]) as file:
            while header := file.read(_LENGTH_BYTES):
                packed = file.read(int.from_bytes(header, "big"))
                digest.update(header + packed)
                yield unpack(packed)
    except (BadZipFile, KeyError, ValueError, EOFError) as error:
        raise StoreDamaged(f"the backup's entry {entry['entry']} cannot be read ({error}); use another") from error
    if digest.hexdigest() != entry["sha256"]:
        raise StoreDamaged(f"the backup's entry {entry['entry']} is not what was written; use another backup")


@contextmanager
def _opened(path: Path) -> Generator[tuple[ZipFile, _Entry]]:
    """Open a backup and read what its manifest says."""
    try:
        archive = ZipFile(path)
        manifest = json.loads(archive.read(_MANIFEST))
    except FileNotFoundError:
        raise InvalidInput(f"there is no file {path}; give the path of a backup") from None
    except IsADirectoryError:
        raise InvalidInput(f"{path} is a folder; give the path of a backup") from None
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise StoreDamaged(f"{path} is no whole backup ({error}); use another") from error
    with archive:
        if not isinstance(manifest, dict) or cast(_Entry, manifest).get("format") != _FORMAT:
            raise StoreMismatch(f"{path} is of another format; upgrade satchel")
        yield archive, cast(_Entry, manifest)


@contextmanager
def _private(path: Path) -> Generator[BinaryIO]:
    """Make a file that only its owner may read, for this process alone."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        yield file


def _summary(path: Path, entries: list[_Entry], *, unreadable: int = 0) -> Archive:
    total = hashlib.sha256()
    for entry in sorted(entries, key=lambda one: one["space"]):
        total.update(entry["sha256"].encode())
    return Archive(
        spaces=len(entries),
        messages=sum(entry["messages"] for entry in entries),
        bytes=path.stat().st_size,
        digest=total.hexdigest(),
        unreadable=unreadable,
    )


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
