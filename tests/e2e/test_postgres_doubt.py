"""A commit of which nothing was heard is done once, whether the server got it or not."""

from collections.abc import Iterator

import pytest
from lossy_proxy import LossyProxy, lossy_proxy
from postgres_server import Server, need_server, own_folder, server
from writers import open_memory

import satchel

pytestmark = [
    pytest.mark.xdist_group("postgres doubt"),
    pytest.mark.parametrize("reaches_server", [True, False], ids=["answer lost", "commit lost"]),
]

_ROWS = b"INSERT INTO satchel.rows"
_REMOVED = b"DELETE FROM satchel.rows"
_ERASING = b"UPDATE satchel.spaces"
_KEYS = b"INSERT INTO satchel_keys.keys"


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    need_server()
    with server() as one:
        yield one


@pytest.fixture
def direct(own_server: Server) -> Iterator[satchel.Memory]:
    """Another process's memory, which is not cut off."""
    with open_memory(own_server.database()) as memory:
        yield memory


@pytest.fixture
def proxy(own_server: Server) -> Iterator[LossyProxy]:
    with own_folder() as folder, lossy_proxy(folder, own_server.folder) as one:
        yield one


@pytest.fixture
def memory(own_server: Server, direct: satchel.Memory, proxy: LossyProxy) -> Iterator[satchel.Memory]:
    """A memory behind the proxy."""
    url = direct.location.replace(str(own_server.folder), str(proxy.folder))
    with open_memory(url) as one:
        yield one


def _contents(memory: satchel.Memory) -> list[str]:
    return sorted(message.content for message in memory.space("alice").messages())


def test_a_message_without_an_id_is_stored_once(
    memory: satchel.Memory, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    memory.space("alice").add("The first words.")
    proxy.lose(_ROWS, reaches_server=reaches_server)
    added = memory.space("alice").add("The second words.")
    assert proxy.has_lost
    assert memory.space("alice").get(added.message_ids[0]).content == "The second words."
    assert _contents(memory) == ["The first words.", "The second words."]


def test_two_that_begin_a_space_at_once_both_find_their_words_in_it(
    memory: satchel.Memory, direct: satchel.Memory, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    proxy.lose(
        _ROWS, reaches_server=reaches_server, meanwhile=lambda: direct.space("alice").add("The words of another.")
    )
    added = memory.space("alice").add("The words of one.")
    assert proxy.has_lost
    assert memory.space("alice").get(added.message_ids[0]).content == "The words of one."
    assert _contents(memory) == _contents(direct) == ["The words of another.", "The words of one."]
    assert memory.check().ok


def test_a_key_that_was_made_once_is_the_one_in_use(
    memory: satchel.Memory, direct: satchel.Memory, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    proxy.lose(_KEYS, reaches_server=reaches_server)
    memory.space("alice").add("The first words.")
    assert proxy.has_lost
    assert _contents(direct) == ["The first words."]


def test_a_key_that_could_not_be_made_is_not_used(
    memory: satchel.Memory,
    direct: satchel.Memory,
    proxy: LossyProxy,
    monkeypatch: pytest.MonkeyPatch,
    *,
    reaches_server: bool,
) -> None:
    monkeypatch.setattr("satchel.patience.PATIENCE_SECONDS", 0)
    proxy.lose(_KEYS, reaches_server=reaches_server)
    proxy.away = True
    with pytest.raises(satchel.StoreUnavailable, match="try again"):
        memory.space("alice").add("The first words.")
    assert proxy.has_lost
    proxy.away = False
    monkeypatch.undo()
    memory.space("alice").add("The second words.")
    assert _contents(direct) == ["The second words."]


def test_a_receipt_names_what_was_forgotten(
    memory: satchel.Memory, direct: satchel.Memory, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    added = memory.space("alice").add(["The first words.", "The second words."])
    proxy.lose(_REMOVED, reaches_server=reaches_server)
    receipt = memory.space("alice").forget(added.message_ids[0])
    assert proxy.has_lost
    assert receipt.message_ids == added.message_ids[:1]
    assert _contents(memory) == _contents(direct) == ["The second words."]


def test_an_erased_space_is_gone_and_its_receipt_says_what_it_held(
    memory: satchel.Memory, direct: satchel.Memory, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    added = memory.space("alice").add("The first words.")
    proxy.lose(_ERASING, reaches_server=reaches_server)
    receipt = memory.space("alice").erase()
    assert proxy.has_lost
    assert receipt.message_ids == added.message_ids
    assert memory.spaces() == direct.spaces() == ()


def test_a_rotated_key_opens_the_store(
    memory: satchel.Memory, own_server: Server, proxy: LossyProxy, *, reaches_server: bool
) -> None:
    memory.space("alice").add("The first words.")
    proxy.lose(b"satchel_keys.settings VALUES", reaches_server=reaches_server)
    memory.rotate_key("another passphrase")
    assert proxy.has_lost
    url = memory.location.replace(str(proxy.folder), str(own_server.folder))
    with satchel.open(url, key="another passphrase") as again:
        assert [message.content for message in again.space("alice").messages()] == ["The first words."]
