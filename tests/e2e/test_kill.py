"""A process that is killed while it writes loses nothing that was acknowledged and leaves nothing half done."""

import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

import pytest

import satchel
from satchel.testing import HashEmbedder

pytestmark = pytest.mark.xdist_group("kill")

_WRITER = Path(__file__).with_name("kill_writer.py")
_BATCH = re.compile(r"batch (\S+) message \d+ of (\d+):")
_ROUNDS = 25
Content = dict[str, str]


@contextmanager
def _killed(command: list[str], *, after_line: str, delay: float) -> Iterator[list[list[object]]]:
    """Run a command, kill it `delay` seconds after it printed a line, and give what it said."""
    said: list[list[object]] = []
    with subprocess.Popen([sys.executable, "-W", "error", *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert after_line in process.stdout.readline()
        timer = Timer(delay, process.kill)
        timer.start()
        said += [json.loads(line) for line in process.stdout if line.endswith("]\n")]
        timer.join()
    assert process.returncode == -9
    yield said


@dataclass
class Ledger:
    """What the killed writers acknowledged, and what the last of them was about to do."""

    spaces: dict[str, Content] = field(default_factory=lambda: {"alice": {}, "bob": {}, "doomed": {}})
    forgotten: set[str] = field(default_factory=set)
    short: Counter[str] = field(default_factory=Counter)
    batches: set[str] = field(default_factory=set)
    limbo: tuple[str, str, list[str]] | None = None

    def hear(self, said: list[list[object]]) -> None:
        self.limbo = None
        for verb, name, detail in said:
            self.limbo = (verb, name, detail) if verb in ("adding", "forgetting", "erasing") else None
            if verb == "added":
                self.spaces[name] |= dict(detail)
                self.batches |= {_batch(text)[0] for _, text in detail}
            elif verb == "forgot":
                self._forget(name, detail)
            elif verb == "erased":
                self.spaces[name].clear()

    def settle(self, name: str, found: Content) -> None:
        """Compare a space with what it must hold, and learn which way the interrupted act went."""
        verb, where, detail = self.limbo or ("nothing", "", [])
        if where == name and verb == "erasing" and not found:
            self.spaces[name].clear()
        elif where == name and verb == "forgetting" and detail[0] not in found:
            self._forget(name, detail)
        elif where == name and verb == "adding":
            late = {one: text for one, text in found.items() if one not in self.spaces[name]}
            assert len(late) in (0, detail[1])
            self.spaces[name] |= late
        assert found == self.spaces[name]
        counts = Counter(_batch(text) for text in found.values())
        assert all(count + self.short[batch] == size for (batch, size), count in counts.items())

    def _forget(self, name: str, ids: list[str]) -> None:
        for one in ids:
            self.short[_batch(self.spaces[name].pop(one))[0]] += 1
        self.forgotten |= set(ids)


def test_whenever_a_writer_is_killed_all_that_it_acknowledged_is_there_and_nothing_is_half_done(tmp_path: Path) -> None:
    rng = random.Random(20260320)
    ledger = Ledger()
    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        texts = [f"batch first message {number} of 1023: one short of a segment" for number in range(1_023)]
        ledger.spaces["alice"] |= dict(zip(memory.space("alice").add(texts).message_ids, texts, strict=True))
    interrupted: Counter[str] = Counter()
    for round_ in range(_ROUNDS):
        delay = rng.uniform(0.010, 0.400)
        with _killed([str(_WRITER), str(tmp_path / "store"), str(round_)], after_line="ready", delay=delay) as said:
            ledger.hear(said)
        interrupted[ledger.limbo[0] if ledger.limbo else "between"] += 1
        started = time.monotonic()
        with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
            assert time.monotonic() - started < 2
            check = memory.check()
            assert check.ok, check
            for name in ledger.spaces:
                space = memory.space(name)
                found = {message.id: message.content for message in space.messages()}
                ledger.settle(name, found)
                assert not ledger.forgotten & set(found)
                if found:
                    some = rng.choice(sorted(found))
                    assert some in {hit.id for hit in space.search(found[some], limit=20)}
    assert interrupted["adding"] > 3
    with satchel.open(tmp_path / "store", embedder=HashEmbedder()) as memory:
        memory.space("alice").add("What waits is packed after all, however often that was interrupted.")
        assert _segments(memory) > 0


_OPEN_ANEW = """
import sys
import satchel
from satchel.testing import HashEmbedder
print("imported", flush=True)
satchel.open(sys.argv[1], embedder=HashEmbedder()).space("alice").add("the first words")
while True:
    pass
"""

_ERASE = """
import sys
import time
import satchel
from satchel.testing import HashEmbedder
memory = satchel.open(sys.argv[1], embedder=HashEmbedder())
print("ready", flush=True)
time.sleep(0.010)
memory.space("doomed").erase()
print('["erased"]', flush=True)
while True:
    pass
"""

_ROTATE = """
import sys
import satchel
from satchel.testing import HashEmbedder
memory = satchel.open(sys.argv[1], embedder=HashEmbedder())
print("ready", flush=True)
while True:
    memory.rotate_key()
"""


def test_a_store_whose_making_was_killed_opens_the_next_time(tmp_path: Path) -> None:
    rng = random.Random(3)
    for round_ in range(10):
        directory = tmp_path / str(round_)
        with _killed(["-c", _OPEN_ANEW, str(directory)], after_line="imported", delay=rng.uniform(0, 0.04)):
            pass
        with satchel.open(directory, embedder=HashEmbedder()) as memory:
            found = [message.content for message in memory.space("alice").messages()]
            assert found in ([], ["the first words"])
            memory.space("alice").add("the second words")
            assert memory.check().ok


def test_a_space_whose_erasure_was_killed_is_whole_or_gone(tmp_path: Path) -> None:
    rng = random.Random(5)
    outcomes: Counter[str] = Counter()
    for round_ in range(12):
        texts = {f"round {round_}, message {number}: {'words ' * 100}" for number in range(400)}
        with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
            if not memory.space("doomed").messages(limit=1):
                memory.space("doomed").add(sorted(texts))
                expected = texts
            memory.space("neighbour").add(f"round {round_}")
        with _killed(["-c", _ERASE, str(tmp_path)], after_line="ready", delay=rng.uniform(0, 0.04)) as said:
            pass
        with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
            check = memory.check()
            assert check.ok, check
            found = {message.content for message in memory.space("doomed").messages()}
            assert found == (set() if said or not found else expected)
            assert len(memory.space("neighbour").messages()) == round_ + 1
            assert ("doomed" in {info.name for info in memory.spaces()}) == bool(found)
        outcomes["acknowledged" if said else "whole" if found else "gone"] += 1
    assert outcomes["whole"] > 0
    assert outcomes["gone"] > 0


def test_a_rotation_of_the_key_that_was_killed_leaves_a_key_that_opens_the_store(tmp_path: Path) -> None:
    rng = random.Random(4)
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        for name in ("alice", "bob", "carol"):
            memory.space(name).add(f"the words of {name}")
    for _ in range(8):
        with _killed(["-c", _ROTATE, str(tmp_path)], after_line="ready", delay=rng.uniform(0.005, 0.1)):
            pass
        with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
            for name in ("alice", "bob", "carol"):
                assert [message.content for message in memory.space(name).messages()] == [f"the words of {name}"]


def _batch(text: str) -> tuple[str, int]:
    found = _BATCH.match(text)
    assert found is not None
    return found[1], int(found[2])


def _segments(memory: satchel.Memory) -> int:
    from satchel.store.port import RowKind

    store = memory._engine.store
    total = 0
    for scope, _ in store.scopes():
        with store.view(scope) as view:
            total += view.count(RowKind.SEGMENT)
    return total
