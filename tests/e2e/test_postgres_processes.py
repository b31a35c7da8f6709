"""Ten processes use one PostgreSQL server at the same time, and none of them notices the others.

SATCHEL_SOAK_SECONDS sets how long they do it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import Server, need_server, server
from workers import run_workers

import satchel
from satchel.testing import HashEmbedder

pytestmark = pytest.mark.xdist_group("postgres processes")

_SECONDS = float(os.environ.get("SATCHEL_SOAK_SECONDS", "5"))
_KEY = "ten processes, one passphrase"
_WRITERS = [f"writer{number}" for number in range(6)]
_READERS = [f"reader{number}" for number in range(4)]


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    need_server()
    with server() as one:
        yield one


def test_what_six_processes_add_is_there_once_and_seen_at_once_while_four_search(own_server: Server) -> None:
    url = own_server.database()
    workers = dict.fromkeys(_WRITERS, "write") | dict.fromkeys(_READERS, "read")
    results = run_workers(url, workers, _SECONDS, environment={"SATCHEL_KEY": _KEY})
    same = {(slot, one) for name in _WRITERS for slot, one in results[name]["same"].items()}
    assert len({slot for slot, _ in same}) == len(same) > 2
    with satchel.open(url, key=_KEY, embedder=HashEmbedder()) as memory:
        found = {message.id: message.content for message in memory.space("shared").messages()}
        expected = {one: f"what all say in slot {slot}" for slot, one in same}
        for name in _WRITERS:
            expected |= results[name]["acknowledged"]["shared"]
        assert found == expected
        assert len(set(found.values())) == len(found)
        for name in _WRITERS:
            own = {message.id: message.content for message in memory.space(name).messages()}
            assert own == results[name]["acknowledged"][name]
        check = memory.check()
        assert check.ok, check


def test_ten_processes_that_open_an_empty_database_at_once_see_the_same_space(
    own_server: Server, tmp_path: Path
) -> None:
    url = own_server.database()
    names = [f"process{number}" for number in range(10)]
    results = run_workers(url, dict.fromkeys(names, "open"), 0, environment={"HOME": str(tmp_path)})
    assert all(text in seen for seen, text in results.values())
    key = satchel.KeyFile(next((tmp_path / ".satchel" / "keys").iterdir()))
    with satchel.open(url, key=key, embedder=HashEmbedder()) as memory:
        found = [message.content for message in memory.space("shared").messages()]
    assert sorted(found) == sorted(text for _, text in results.values())
