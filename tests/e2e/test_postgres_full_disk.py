"""A server whose disk is full refuses what it cannot keep, keeps the rest, and goes on when there is room."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from postgres_server import Server, need_server, own_folder
from writers import open_memory

import satchel

pytestmark = pytest.mark.xdist_group("postgres full disk")

_SIZE_MB = 96
_LATER_MB = 256
_LEFT_MB = 2
_MESSAGES = 20
_BYTES = 10_000


@contextmanager
def _small_disk() -> Iterator[Path]:
    with own_folder() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_MB}m,mode=755", "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("a full disk is not tested: this user may not mount one")
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def _server_on(disk: Path) -> Iterator[Server]:
    with own_folder() as logs:
        server = Server(disk, logs)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def test_adds_to_a_full_disk_fail_clearly_and_go_on_when_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    need_server()
    monkeypatch.setattr("satchel.patience.PATIENCE_SECONDS", 3)
    with _small_disk() as disk, _server_on(disk) as server, open_memory(server.database()) as memory:
        space = memory.space("alice")
        acknowledged = set(space.add(_messages("before")).message_ids)
        _fill(disk)
        error: satchel.StoreUnavailable | None = None
        for round_ in range(500):
            try:
                acknowledged |= set(space.add(_messages(f"round {round_}")).message_ids)
            except satchel.StoreUnavailable as raised:
                error = raised
                break
        assert error is not None
        assert "has no room left" in str(error) or "cannot be reached" in str(error)
        in_doubt = "It is not known whether" in str(error)
        subprocess.run(["mount", "-o", f"remount,size={_LATER_MB}m", str(disk)], check=True)
        server.keep_running()
        monkeypatch.undo()
        acknowledged |= set(space.add(_messages("after")).message_ids)
        found = {message.id for message in space.messages()}
        assert acknowledged <= found
        assert len(found - acknowledged) in ((0, _MESSAGES) if in_doubt else (0,))
        check = memory.check()
        assert check.ok, check


def _messages(name: str) -> list[dict[str, object]]:
    return [
        {"role": "user", "content": f"{name} {number}", "metadata": {"what takes room": "x" * _BYTES}}
        for number in range(_MESSAGES)
    ]


def _fill(disk: Path) -> None:
    """Leave a few megabytes of the disk."""
    found = os.statvfs(disk)
    room = found.f_bavail * found.f_frsize - (_LEFT_MB << 20)
    assert room > 0
    with (disk / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, room)
