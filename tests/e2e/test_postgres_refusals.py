"""A server that is not there, refuses or holds a space for another: a clear error in time, and nothing changed."""

import os
import time
from collections.abc import Iterator

import pytest
from postgres_server import Server, need_server, own_folder, server
from writers import open_memory

import satchel
from satchel.records import Records
from satchel.store.port import RowKind, View

pytestmark = pytest.mark.xdist_group("postgres refusals")

_PATIENCE_SECONDS = float(os.environ.get("SATCHEL_PATIENCE_SECONDS", "2"))
_SPARE_SECONDS = 6
_RETURN_SECONDS = 5
_SECRET = "s3cret-pass"


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    need_server()
    with server() as one:
        yield one


def test_opening_a_store_on_a_server_that_is_not_there_says_so_at_once(own_server: Server) -> None:
    with own_folder() as nowhere:
        started = time.monotonic()
        with pytest.raises(satchel.StoreUnavailable, match=r"cannot be opened .*check that the server runs"):
            open_memory(f"postgresql://postgres:{_SECRET}@/satchel?host={nowhere}")
        assert time.monotonic() - started < _SPARE_SECONDS


def test_a_server_that_goes_away_is_waited_for_then_named_and_found_again(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("satchel.patience.PATIENCE_SECONDS", _PATIENCE_SECONDS)
    with open_memory(own_server.database()) as memory:
        memory.space("alice").add("The first words.")
        own_server.crash()
        for act in (lambda: memory.space("alice").add("Lost words."), lambda: memory.space("alice").search("words")):
            started = time.monotonic()
            with pytest.raises(satchel.StoreUnavailable, match=r"cannot be reached now .*check that the server runs"):
                act()
            assert _PATIENCE_SECONDS <= time.monotonic() - started < _PATIENCE_SECONDS + _SPARE_SECONDS
        own_server.start()
        started = time.monotonic()
        memory.space("alice").add("The second words.")
        assert time.monotonic() - started < _RETURN_SECONDS
        assert _contents(memory) == ["The first words.", "The second words."]


def test_a_wrong_password_or_database_says_what_to_check_and_shows_no_password(own_server: Server) -> None:
    own_server.execute("CREATE ROLE guarded LOGIN PASSWORD 'another'")
    own_server.demand_password("guarded")
    urls = {
        own_server.url(user="guarded", password=_SECRET): "password authentication failed",
        own_server.url("missing", password=_SECRET): 'database "missing" does not exist',
        own_server.url(user="nobody", password=_SECRET): 'role "nobody" does not exist',
    }
    for url, reason in urls.items():
        with pytest.raises(satchel.StoreUnavailable, match=r"check .*database.*user.*password") as raised:
            open_memory(url)
        assert reason in str(raised.value)
        assert _SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user:{_SECRET} {_SECRET}@host/name",
        f"postgresql://user:{_SECRET}@host/name?nonsense=1",
        f"postgresql://user:{_SECRET}%zz@host/name",
        f"mysql://user:{_SECRET}@host/name",
    ],
)
def test_a_url_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    need_server()
    with pytest.raises(satchel.InvalidInput, match="URL") as raised:
        open_memory(url)
    assert _SECRET not in str(raised.value)


def test_a_role_without_rights_says_so(own_server: Server) -> None:
    own_server.execute("CREATE ROLE powerless LOGIN")
    url = own_server.database().replace("postgres@", "powerless@")
    with pytest.raises(satchel.StoreUnavailable, match=r"permission denied.*check the user.*rights"):
        open_memory(url)


def test_a_closed_memory_says_that_it_is_closed_and_does_not_wait(own_server: Server) -> None:
    memory = open_memory(own_server.database())
    memory.space("alice").add("The first words.")
    memory.close()
    started = time.monotonic()
    with pytest.raises(satchel.StoreUnavailable, match="closed"):
        memory.space("alice").messages()
    assert time.monotonic() - started < 2


def test_a_space_that_another_session_holds_is_given_up_in_time_and_nothing_changed(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr("satchel.postgres._SETTINGS", ("SET lock_timeout = '300ms'",))
    url = own_server.database()
    with open_memory(url) as memory:
        memory.space("alice").add("The first words.")
        with psycopg.connect(url) as idle:
            idle.execute("SELECT * FROM satchel.spaces FOR UPDATE")
            started = time.monotonic()
            with pytest.raises(satchel.StoreUnavailable, match=r"took too long .*nothing was changed"):
                memory.space("alice").add("Lost words.")
            assert 0.3 <= time.monotonic() - started < _SPARE_SECONDS
            assert memory.space("alice").search("words")[0].text == "The first words."
            memory.space("bob").add("Another space is free.")
        memory.space("alice").add("The second words.")
        assert _contents(memory) == ["The first words.", "The second words."]


def test_a_reader_that_the_server_ends_for_being_idle_reads_again(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("satchel.postgres._SETTINGS", ("SET idle_in_transaction_session_timeout = '200ms'",))
    with open_memory(own_server.database()) as memory:
        memory.space("alice").add("The first words.")
        engine = memory._engine
        naps = [0.6, 0.0]

        def slow(view: View, _: Records) -> int:
            view.ids(RowKind.MESSAGE)  # the server counts idle time from a statement that was sent alone
            time.sleep(naps.pop(0))
            return view.count(RowKind.MESSAGE)

        assert engine.read(engine.place("default", "alice").scope, slow) == 1
        assert naps == []


def _contents(memory: satchel.Memory) -> list[str]:
    return [message.content for message in memory.space("alice").messages()]
