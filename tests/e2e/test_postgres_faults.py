"""Servers and clients of a store on PostgreSQL are killed and cut off under load, and nothing acknowledged is lost.

SATCHEL_CRASHES sets how often the server is killed.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import Server, need_server, server
from writers import Account, open_memory, wait_until_all_go_on, writing

pytestmark = pytest.mark.xdist_group("postgres faults")

_CRASHES = int(os.environ.get("SATCHEL_CRASHES", "3"))
_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    need_server()
    with server() as one:
        yield one


def test_a_server_that_is_killed_under_load_loses_nothing_acknowledged_and_its_clients_go_on(
    own_server: Server, tmp_path: Path
) -> None:
    url = own_server.database()
    with writing(url, tmp_path) as writers:
        for _ in range(_CRASHES):
            time.sleep(random.uniform(0.3, 1.2))
            own_server.crash()
            own_server.start()
            wait_until_all_go_on(writers, tmp_path)
        assert all(writer.poll() is None for writer in writers)
    account = _settled(url, tmp_path)
    assert all("try again" in failure for failure in account.failures), account.failures


def test_connections_that_are_cut_again_and_again_are_never_noticed(own_server: Server, tmp_path: Path) -> None:
    url = own_server.database()
    cut = 0
    with writing(url, tmp_path):
        end = time.monotonic() + 3
        while time.monotonic() < end:
            time.sleep(0.15)
            cut += int(str(own_server.execute(_CUT)[0][0]))
    account = _settled(url, tmp_path)
    assert cut > 10
    assert account.failures == []
    assert account.added.keys() == account.tried.keys()


def test_clients_that_are_killed_leave_nothing_half_written_and_hold_no_one_up(
    own_server: Server, tmp_path: Path
) -> None:
    url = own_server.database()
    with open_memory(url) as memory:
        for round_ in range(3):
            folder = tmp_path / str(round_)
            folder.mkdir()
            with writing(url, folder, names=[f"killed{round_}"]) as writers:
                wait_until_all_go_on(writers, folder)
                time.sleep(random.uniform(0, 0.3))
                writers[0].kill()
                started = time.monotonic()
                added = memory.space("shared").add("Another goes on at once.")
                assert time.monotonic() - started < 5
            memory.space("shared").forget(added.message_ids[0])
            _settled(url, tmp_path)


def _settled(url: str, folder: Path) -> Account:
    """Compare what is stored with what the writers were told, and return their account."""
    account = Account.of(sorted(folder.glob("**/*.log")))
    with open_memory(url) as memory:
        unanswered = account.settle(memory)
        check = memory.check()
        assert check.ok, check
    print(f"{len(account.added)} batches, {len(account.failures)} failures, {unanswered} stored without an answer")
    return account
