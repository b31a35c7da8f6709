"""Backups: a ZIP file with the sealed rows of every space and no key.

What is in it can only be read with the keys of the store that it was made from, where they are now: a space that was
erased since has none, so it stays unreadable. Each space is written from one snapshot of it; writing goes on meanwhile.
An entry of the archive is a sequence of MessagePack values: the state, then rows in their order, then marks.
"""

import hashlib
import json
import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from satchel.arriving import Arrival
from satchel.engine import Engine
from satchel.errors import InvalidInput, StoreDamaged, StoreMismatch, StoreUnavailable
from satchel.model import Archive
from satchel.records import Records
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
        with ZipFile(staged, "w", ZIP_STORED) as archive:
            entries = [
                entry
                for scope, state in engine.store.scopes()
                if state.phase is Phase.ACTIVE and (entry := _write_space(engine, archive, scope)) is not None
            ]
            archive.writestr(_MANIFEST, json.dumps({"format": _FORMAT, "store": engine.vault.id, "spaces": entries}))
        _sync(staged)
        staged.replace(path)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error}); choose another place, or make room") from error
    finally:
        staged.unlink(missing_ok=True)
    return _summary(path, entries)


def read_manifest(path: Path) -> Archive:
    """Check a file from end to end and return what is in it.

    Raises:
        StoreDamaged: it is no backup, or not what was written.
    """
    with _opened(path) as (archive, entries):
        for entry in entries:
            for _ in _values(archive, entry):
                pass
    return _summary(path, entries)


def restore_archive(path: Path, target: Engine, keys: Vault) -> Archive:
    """Bring the spaces of a file into a store that has the same pseudonyms and holds nothing else.

    Args:
        path: the backup.
        target: the store; what an interrupted attempt brought is taken up.
        keys: the keys of the store that the backup was made from, as they are now.
    """
    unreadable = 0
    with _opened(path) as (archive, entries):
        for entry in entries:
            scope = Scope(entry["tenant"], entry["space"])
            found = keys.data_key(scope.tenant, scope.space)
            if found is None or found[0] != entry["key_id"]:
                unreadable += 1
                continue
            target.vault.adopt(scope.tenant, scope.space, *found)
            _restore_space(archive, entry, Arrival(target, scope, entry["key_id"]))
    return _summary(path, entries, unreadable=unreadable)


def _restore_space(archive: ZipFile, entry: _Entry, arrival: Arrival) -> None:
    arrival.begin()
    rows: dict[RowKind, list[Row]] = {}
    marks: dict[bytes, str] = {}
    for value in _values(archive, entry):
        if len(value) == 2:  # noqa: PLR2004  (a mark and the id of its row)
            marks[value[0]] = value[1]
        else:
            kind, row_id, at, body = value
            rows.setdefault(RowKind(kind), []).append(Row(RowKind(kind), row_id, at, body))
    for kind, found in rows.items():
        arrival.bring(kind, found, [row.id for row in found])
    arrival.mark(marks)
    arrival.finish()


def _write_space(engine: Engine, archive: ZipFile, scope: Scope) -> _Entry | None:
    def write(view: View, records: Records) -> _Entry:
        state = view.state
        assert state is not None  # noqa: S101  (a space that can be read has one)
        digest, messages = hashlib.sha256(), view.count(RowKind.MESSAGE)
        name = f"spaces/{scope.space}"
        with archive.open(name, "w", force_zip64=True) as file:
            for value in _content(view):
                packed = pack(*value)
                framed = len(packed).to_bytes(_LENGTH_BYTES, "big") + packed
                digest.update(framed)
                file.write(framed)
        return {
            "tenant": records.scope.tenant,
            "space": records.scope.space,
            "key_id": state.key_id,
            "messages": messages,
            "entry": name,
            "sha256": digest.hexdigest(),
        }

    return engine.read(scope, write)


def _content(view: View) -> Iterator[tuple[object, ...]]:
    for kind in RowKind:
        for row in view.rows(kind):
            yield row.kind.value, row.id, row.at, row.body
    yield from sorted(view.marks().items())


def _values(archive: ZipFile, entry: _Entry) -> Iterator[list[Any]]:
    """Yield what an entry holds, and see at the end that it is what was written."""
    digest = hashlib.sha256()
    with archive.open(entry["entry"]) as file:
        while header := file.read(_LENGTH_BYTES):
            packed = file.read(int.from_bytes(header, "big"))
            digest.update(header + packed)
            yield unpack(packed)
    if digest.hexdigest() != entry["sha256"]:
        raise StoreDamaged(f"the backup's entry {entry['entry']} is not what was written; use another backup")


@contextmanager
def _opened(path: Path) -> Generator[tuple[ZipFile, list[_Entry]]]:
    try:
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if manifest["format"] != _FORMAT:
                raise StoreMismatch(f"{path} has format {manifest['format']}; upgrade satchel")
            yield archive, manifest["spaces"]
    except FileNotFoundError:
        raise InvalidInput(f"there is no file {path}; give the path of a backup") from None
    except (BadZipFile, KeyError, ValueError, EOFError) as error:
        raise StoreDamaged(f"{path} is no whole backup ({error}); use another") from error


def _summary(path: Path, entries: list[_Entry], *, unreadable: int = 0) -> Archive:
    total = hashlib.sha256()
    for entry in sorted(entries, key=lambda one: one["space"]):
        total.update(entry["sha256"].encode())
    return Archive(
        spaces=len(entries) - unreadable,
        messages=sum(entry["messages"] for entry in entries),
        bytes=path.stat().st_size,
        digest=total.hexdigest(),
        unreadable=unreadable,
    )


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
