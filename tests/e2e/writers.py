"""Writers in other processes, and the account of what they were told is stored."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from postgres_writer import KEY

import satchel
from satchel.testing import HashEmbedder

_WRITER = Path(__file__).with_name("postgres_writer.py")
_GOING_ON_SECONDS = 60
Batch = tuple[str, ...]


@dataclass
class Account:
    """What writers tried, were told is stored, and met as errors, from their logs."""

    tried: dict[Batch, str] = field(default_factory=dict)
    """The batch of texts → the space it goes to."""
    added: dict[Batch, list[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, logs: list[Path]) -> "Account":
        account = cls()
        for log in logs:
            lines = log.read_text().splitlines(keepends=True)
            for verb, space, texts, detail in (json.loads(line) for line in lines if line.endswith("\n")):
                if verb == "adding":
                    account.tried[tuple(texts)] = space
                elif verb == "added":
                    account.added[tuple(texts)] = detail
                else:
                    account.failures.append(detail)
        return account

    def settle(self, memory: satchel.Memory) -> int:
        """Compare a memory with the account: all that was acknowledged, each batch whole, nothing twice.

        Returns how many batches are there that were not acknowledged.
        """
        found: dict[str, Counter[str]] = {}
        ids: dict[str, str] = {}
        for info in memory.spaces():
            messages = memory.space(info.name).messages()
            found[info.name] = Counter(message.content for message in messages)
            ids |= {message.content: message.id for message in messages}
        unanswered = 0
        for batch, space in self.tried.items():
            counts = {found.get(space, Counter[str]()).pop(text, 0) for text in batch}
            assert counts in ({1}, {0}), (space, batch, counts)
            assert counts == {1} or batch not in self.added, (space, batch)
            assert [ids[text] for text in batch] == self.added[batch] if batch in self.added else True
            unanswered += counts == {1} and batch not in self.added
        assert not any(found.values()), found
        return unanswered


@contextmanager
def writing(
    url: str, folder: Path, names: Sequence[str] = ("writer0", "writer1", "writer2")
) -> Iterator[list[subprocess.Popen[str]]]:
    """Run writers on a database until the block ends, each with a log in the folder."""
    processes = [_start(url, name, folder / f"{name}.log") for name in names]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", _errors(process)
        yield processes
        for process in processes:
            out, err = process.communicate(timeout=120)
            assert (out, process.returncode) in (("done\n", 0), ("", -9)), err
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def wait_until_all_go_on(writers: Sequence[subprocess.Popen[str]], folder: Path) -> None:
    """Wait until each writer has had one more batch acknowledged than now."""
    before = _answers(folder)
    end = time.monotonic() + _GOING_ON_SECONDS
    while any(count <= before[name] for name, count in _answers(folder).items()):
        time.sleep(0.05)
        late = time.monotonic() > end
        stuck = [writer for writer in writers if late or writer.poll() is not None]
        assert not stuck, "\n".join(_errors(writer) for writer in stuck)


def open_memory(url: str) -> satchel.Memory:
    """Open the memory that the writers write to."""
    return satchel.open(url, key=KEY, embedder=HashEmbedder())


def _start(url: str, name: str, log: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(_WRITER), url, name, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _answers(folder: Path) -> dict[str, int]:
    """Return how many batches were acknowledged to each writer so far."""
    return {log.name: log.read_text().count('["added"') for log in folder.glob("*.log")}


def _errors(process: subprocess.Popen[str]) -> str:
    """End a process and return what it says about it: an error, or where it hangs."""
    process.send_signal(signal.SIGABRT)
    return process.communicate()[1]
