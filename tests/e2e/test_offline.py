"""Everything works with no network at all: the kernel offers none, or any attempt to use one raises."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("offline")

_USE = """
import sys

import satchel
from satchel.models.encoder import SearchEncoder

directory = sys.argv[1]
with satchel.open(directory) as memory:
    assert isinstance(memory._engine.embedder, SearchEncoder)
    alice = memory.space("alice")
    moved, cat = alice.add(["I moved from Boston to Lisbon last month.", "My cat is called Pixel."]).message_ids
    german = alice.add("Ich habe gestern ein neues Fahrrad gekauft und bin sehr froh.")
    assert german.degraded == ("no claims were looked for in what is not English (de)",), german
    hits = alice.search("Where does she live now?", explain=True)
    assert hits[0].id == moved and not hits.degraded, hits
    assert hits[0].signals["cosine"] > 0.2, hits[0].signals
    assert "Lisbon" in alice.context("Where does she live now?").text
    assert alice.rebuild() == 3
    assert alice.forget(moved).complete
    assert "Lisbon" not in alice.context("Where does she live now?").text
    check = memory.check()
    assert check.ok, check
    assert alice.erase().complete
print("done")
"""

_NETWORK_IS_GONE = """
import socket
try:
    with socket.socket() as one:
        one.settimeout(2)
        one.connect(("192.0.2.1", 80))
except OSError as error:
    print(type(error).__name__, error)
else:
    raise SystemExit("there is a network")
"""

_GUARD = """
import socket

attempts = []

def refuse(*given, **named):
    attempts.append(given)
    raise AssertionError(f"the network was asked for: {given}")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse)
"""


def _python(code: str, *args: str, alone: bool) -> str:
    prefix = ["unshare", "-rn"] if alone else []
    command = [*prefix, sys.executable, "-W", "error", "-c", code, *args]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _can_unshare() -> bool:
    try:
        return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not _can_unshare(), reason="unshare -rn is not permitted here; the socket guard test stands in")
def test_a_memory_works_in_a_kernel_namespace_without_a_network(tmp_path: Path) -> None:
    assert "Error" in _python(_NETWORK_IS_GONE, alone=True)
    assert _python(_USE, str(tmp_path / "store"), alone=True) == "done\n"


def test_a_memory_never_asks_for_a_socket_or_a_name(tmp_path: Path) -> None:
    code = f"{_GUARD}\n{_USE}\nassert attempts == [], attempts"
    assert _python(code, str(tmp_path / "store"), alone=False) == "done\n"


def test_the_socket_guard_notices_a_connection() -> None:
    code = f"{_GUARD}\ntry:\n    socket.socket().connect(('192.0.2.1', 80))\nexcept AssertionError:\n    print('seen')"
    assert _python(code, alone=False) == "seen\n"


def test_importing_satchel_asks_for_no_network_and_loads_nothing_heavy() -> None:
    code = f"{_GUARD}\nimport sys\nimport satchel\nassert attempts == []\nprint('numpy' in sys.modules)"
    assert _python(code, alone=False) == "False\n"
