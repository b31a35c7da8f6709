"""Law 4: what was forgotten or erased is in no byte of any file of the store, open or closed, sealed or in clear."""

import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from canaries import Traces, canary, filler, read_bytes, traces

import satchel
from satchel.testing import HashEmbedder

pytestmark = pytest.mark.xdist_group("erasure")

_START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Life:
    """A store that random things happen to, and what it should and should not hold."""

    directory: Path
    rng: random.Random
    encrypt: bool
    live: dict[str, dict[str, Traces]] = field(default_factory=dict)
    gone: list[Traces] = field(default_factory=list)
    said: int = 0

    def __post_init__(self) -> None:
        self.memory = self._open()

    def _open(self) -> satchel.Memory:
        return satchel.open(self.directory, encrypt=self.encrypt, embedder=HashEmbedder())

    def reopen(self) -> None:
        self.memory.close()
        self.memory = self._open()

    def space(self) -> str:
        """Return the name of a space that holds something, or of a new one."""
        if not self.live or (len(self.live) < 6 and self.rng.random() < 0.1):
            name = canary(self.rng)
            self.live[name] = {}
            self.gone = [one for one in self.gone if name not in one.words]
        return self.rng.choice(sorted(self.live))

    def add(self, count: int, longest: int) -> None:
        name = self.space()
        drafts = [self._draft(longest) for _ in range(count)]
        space = self.memory.space(name)
        added = space.add([draft for draft, _ in drafts])
        assert not added.duplicates
        for message_id, (_, words) in zip(added.message_ids, drafts, strict=True):
            self.live[name][message_id] = traces(space.get(message_id), words)

    def _draft(self, longest: int) -> tuple[dict[str, object], frozenset[str]]:
        size = int(10 * (longest / 10) ** self.rng.random())
        words = [canary(self.rng) for _ in range(6)]
        content = f"{words[0].title()} {filler(self.rng, size)} {words[1].upper()}" if size > 40 else words[0]
        self.said += 1
        draft: dict[str, object] = {"role": "user", "content": content, "at": _START + timedelta(minutes=self.said)}
        used = {words[0], *(words[1:2] if size > 40 else ())}
        extras = {"name": words[2], "session": words[3], "agent": words[4], "metadata": {words[5]: words[5]}}
        for key, word in zip(extras, words[2:], strict=True):
            if self.rng.random() < 0.5:
                draft[key] = extras[key]
                used.add(word)
        return draft, frozenset(used)

    def judge(self) -> None:
        name = self.space()
        for one in self.rng.sample(sorted(self.live[name]), min(len(self.live[name]), 5)):
            self.memory.space(name).feedback(one, self.rng.random() < 0.7)

    def forget(self) -> None:
        name = self.space()
        ids = sorted(self.live[name])
        if not ids:
            return
        way = self.rng.random()
        if way < 0.6:
            chosen = self.rng.sample(ids, min(len(ids), self.rng.choice([1, 2, 10, 200])))
            receipt = self.memory.space(name).forget(chosen)
            assert set(receipt.message_ids) == set(chosen)
        elif way < 0.8:
            receipt = self._forget_session(name)
        else:
            middle = self.memory.space(name).get(self.rng.choice(ids)).said_at
            receipt = self.memory.space(name).forget(before=middle)
        assert receipt.complete
        self.gone += [self.live[name].pop(one) for one in receipt.message_ids]

    def _forget_session(self, name: str) -> satchel.Receipt:
        sessions = sorted({message.session for message in self.memory.space(name).messages() if message.session})
        return self.memory.space(name).forget(session=self.rng.choice([*sessions, "nowhere"]))

    def erase(self) -> None:
        name = self.space()
        if not self.live[name]:
            return
        receipt = self.memory.space(name).erase()
        assert receipt.complete
        assert set(receipt.message_ids) == set(self.live[name])
        self.gone += [*self.live.pop(name).values(), Traces(frozenset({name}), frozenset(), frozenset())]

    def rebuild(self) -> None:
        name = self.space()
        assert self.memory.space(name).rebuild() == len(self.live[name])

    def look(self) -> None:
        """Look into every byte of every file."""
        found = read_bytes(self.directory)
        gone_words = {word for one in self.gone for word in one.words}
        gone_pieces = frozenset(piece for one in self.gone for piece in one.pieces)
        assert not found.words & gone_words
        live = [one for messages in self.live.values() for one in messages.values()]
        live_pieces = frozenset(piece for one in live for piece in one.pieces)
        assert not found.pieces(gone_pieces - live_pieces)
        live_words = {word for one in live for word in one.words}
        if self.encrypt:
            assert not found.words
            assert not found.pieces(live_pieces)
        else:
            assert len(live_words & found.words) >= 0.97 * len(live_words)
            plain = frozenset(piece for one in live for piece in one.plain)
            assert len(found.pieces(plain)) >= 0.97 * len(plain)


@pytest.mark.parametrize("encrypt", [False, True], ids=["in clear", "encrypted"])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_words_that_were_forgotten_are_in_no_file(
    tmp_path: Path, seed: int, *, encrypt: bool
) -> None:
    rng = random.Random(seed)
    life = Life(tmp_path / "store", rng, encrypt)
    acts = {
        "add": lambda: life.add(rng.randint(1, 12), 3_000),
        "add large": lambda: life.add(3, 200_000),
        "add many": lambda: life.add(300, 60),
        "forget": life.forget,
        "erase": life.erase,
        "judge": life.judge,
        "rebuild": life.rebuild,
        "reopen": life.reopen,
    }
    for step in range(60):
        name = rng.choices(
            ["add", "forget", "erase", "rebuild", "reopen", "add large", "add many", "judge"],
            weights=[32, 35, 4, 6, 6, 8, 9, 9],
        )[0]
        acts[name]()
        if name in ("forget", "erase") or step % 10 == 9:
            life.look()
    life.memory.close()
    life.look()


@pytest.mark.parametrize("encrypt", [False, True], ids=["in clear", "encrypted"])
def test_thousands_of_small_rows_in_many_spaces_leave_no_copies_when_some_are_forgotten(
    tmp_path: Path, *, encrypt: bool
) -> None:
    life = Life(tmp_path / "store", random.Random(7), encrypt)
    for _ in range(40):
        life.add(125, 60)
    life.look()
    for name, messages in list(life.live.items()):
        chosen = sorted(messages)[::3]
        if not chosen:
            continue
        life.memory.space(name).forget(chosen)
        life.gone += [messages.pop(one) for one in chosen]
        life.look()
    life.memory.close()
    life.look()


def test_giving_room_back_to_the_disk_leaves_no_copies(tmp_path: Path) -> None:
    life = Life(tmp_path / "store", random.Random(8), encrypt=False)
    for _ in range(12):
        life.add(20, 200_000)
        life.add(200, 100)
    life.reopen()  # so that what is in the write-ahead log is in the file
    file = tmp_path / "store" / "satchel.db"
    before = life.memory.check().ok and file.stat().st_size
    for name, messages in list(life.live.items()):
        chosen = sorted(messages)[: len(messages) * 4 // 5 + 1]
        if not messages:
            continue
        life.memory.space(name).forget(chosen)
        life.gone += [messages.pop(one) for one in chosen]
    life.look()
    while file.stat().st_size > before / 2:
        life.add(5, 200_000)
        life.forget()
        life.look()
    assert life.memory.check().ok


def test_a_forgotten_words_old_pages_are_named_while_a_reader_holds_them_and_gone_with_the_next_deletion(
    tmp_path: Path,
) -> None:
    life = Life(tmp_path / "store", random.Random(9), encrypt=False)
    life.add(50, 3_000)
    name, messages = next(iter(life.live.items()))
    _impatient(life.memory)
    first, second = sorted(messages)[10], sorted(messages)[20]
    with satchel.open(life.directory, encrypt=False, embedder=HashEmbedder()) as reader:
        engine = reader._engine
        with engine.store.view(engine.place("default", name).scope) as view:
            assert view.state is not None
            receipt = life.memory.space(name).forget(first)
            assert not receipt.complete
            assert any("write-ahead log" in line for line in receipt.remains)
        assert messages[first].words & read_bytes(life.directory).words
        assert life.memory.space(name).forget(second).complete
    life.gone += [messages.pop(first), messages.pop(second)]
    life.look()


_FORGET_BESIDE_A_READER_AND_DIE = """
import os, sys
import satchel
from satchel.testing import HashEmbedder

directory, name, message_id = sys.argv[1:]
reader = satchel.open(directory, encrypt=False, embedder=HashEmbedder())
view = reader._engine.store.view(reader._engine.place("default", name).scope)
view.__enter__()
memory = satchel.open(directory, encrypt=False, embedder=HashEmbedder())
memory._engine.store._connections._writer.execute("PRAGMA busy_timeout = 200")
assert not memory.space(name).forget(message_id).complete
os.kill(os.getpid(), 9)
"""


def test_opening_the_store_finishes_a_deletion_that_a_reader_and_a_crash_left_incomplete(tmp_path: Path) -> None:
    life = Life(tmp_path / "store", random.Random(10), encrypt=False)
    life.add(50, 3_000)
    life.memory.close()
    name, messages = next(iter(life.live.items()))
    chosen = sorted(messages)[25]
    command = [sys.executable, "-c", _FORGET_BESIDE_A_READER_AND_DIE, str(life.directory), name, chosen]
    assert subprocess.run(command, check=False).returncode == -9
    assert messages[chosen].words & read_bytes(life.directory).words
    life.memory = life._open()
    life.gone.append(messages.pop(chosen))
    life.look()
    life.memory.close()


def test_what_still_names_a_forgotten_message_is_said_in_the_receipt(tmp_path: Path) -> None:
    life = Life(tmp_path / "store", random.Random(11), encrypt=True)
    life.add(50, 3_000)
    name, messages = next(iter(life.live.items()))
    receipt = life.memory.space(name).forget(sorted(messages)[25])
    still_there = [
        path for path in life.directory.glob("satchel.db*") if receipt.message_ids[0].encode() in path.read_bytes()
    ]
    assert not still_there or any("row id" in line for line in receipt.remains)
    life.memory.close()


@pytest.mark.parametrize("anew", [False, True], ids=["erased", "erased and started anew"])
def test_a_copy_of_the_data_that_was_made_before_an_erasure_cannot_be_read_with_the_remaining_keys(
    tmp_path: Path, *, anew: bool
) -> None:
    life = Life(tmp_path / "store", random.Random(12), encrypt=True)
    life.add(50, 3_000)
    name, messages = next(iter(life.live.items()))
    life.memory.space("bystander").add("the bystander stays")
    copy = tmp_path / "copy"
    copy.mkdir(mode=0o700)
    for path in life.directory.glob("satchel.db*"):
        shutil.copy(path, copy)
    life.memory.space(name).erase()
    if anew:
        life.memory.space(name).add("a new beginning")
    life.memory.close()
    shutil.copytree(life.directory / "keys", copy / "keys")
    with satchel.open(copy, embedder=HashEmbedder()) as memory:
        assert [message.content for message in memory.space("bystander").messages()] == ["the bystander stays"]
        for ask in (memory.space(name).messages, lambda: memory.space(name).search("the river")):
            with pytest.raises(satchel.WrongKey, match="missing from the key store"):
                ask()
        with pytest.raises(satchel.WrongKey):
            memory.space(name).get(sorted(messages)[0])
        assert not memory.check().ok
        memory.space(name).erase()
        assert memory.check().ok


def _impatient(memory: satchel.Memory) -> None:
    """Wait for readers as long as a test may take, not as long as a user would."""
    memory._engine.store._connections._writer.execute("PRAGMA busy_timeout = 200")
