"""JSON lines into a space, in batches, so that an interrupted import can be run again and goes on where it was."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel import Added, Space

BATCH = 64
_PLACE = re.compile(r"^message (\d+)\b")
_ID_DIGITS = 32
_MOST_REASONS = 20


@dataclass(slots=True)
class Summary:
    """What an import did so far."""

    added: int = 0
    duplicates: int = 0
    skipped: int = 0
    seconds: float = 0.0
    degraded: list[str] = field(default_factory=list[str])
    bad: list[str] = field(default_factory=list[str])
    """What is wrong with the first skipped lines."""

    @property
    def messages_per_second(self) -> float:
        """How many messages were taken in a second, those that were there before too."""
        return (self.added + self.duplicates) / self.seconds if self.seconds else 0.0

    def numbers(self) -> dict[str, float]:
        """Return the counts and times by name."""
        return {
            "added": self.added,
            "duplicates": self.duplicates,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 3),
            "messages_per_second": round(self.messages_per_second, 1),
        }

    def count(self, added: "Added", batch: Sequence["Line"]) -> None:
        """Count one batch."""
        self.duplicates += len(added.duplicates)
        self.added += len(added.message_ids) - len(added.duplicates)
        self.degraded.extend(located(note, batch) for note in added.degraded)

    def skip(self, reason: str) -> None:
        """Count a line that was left out."""
        self.skipped += 1
        if len(self.bad) < _MOST_REASONS:
            self.bad.append(reason)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number from 1, and the message in it."""

    number: int
    message: dict[str, object]


@dataclass(slots=True)
class Import:
    """One run over a file of JSON lines.

    A bad line stops it with an error that names the line, and nothing of its batch is stored; with `skip_bad` the line
    is counted and left out.
    """

    space: "Space"
    skip_bad: bool = False
    advance: Callable[[int], object] = lambda _: None
    summary: Summary = field(default_factory=Summary)
    waiting: list[Line] = field(default_factory=list[Line])
    unreported: int = 0
    """Bytes read since `advance` was last called: it is told of a batch when the batch is stored."""

    def run(self, file: BinaryIO) -> Summary:
        """Add every line of the file.

        Raises:
            InvalidInput: a line cannot be taken.
        """
        start = time.perf_counter()
        for number, raw in enumerate(file, start=1):
            self.unreported += len(raw)
            self._take(number, raw)
        self._flush()
        self.summary.seconds = time.perf_counter() - start
        return self.summary

    def _take(self, number: int, raw: bytes) -> None:
        try:
            self.waiting.extend(read_line(number, raw))
        except InvalidInput as error:
            self._reject(str(error))
        if len(self.waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        batch, self.waiting = self.waiting, []
        if batch:
            self._store(batch)
        self.advance(self.unreported)
        self.unreported = 0

    def _store(self, batch: list[Line]) -> None:
        try:
            added = self.space.add([one.message for one in batch])
        except InvalidInput as error:
            if not self.skip_bad:
                self._reject(located(str(error), batch))
            self._add_singly(batch)
        else:
            self.summary.count(added, batch)

    def _add_singly(self, batch: list[Line]) -> None:
        for one in batch:
            try:
                added = self.space.add(one.message)
            except InvalidInput as error:
                self._reject(located(str(error), [one]))
            else:
                self.summary.count(added, [one])

    def _reject(self, reason: str) -> None:
        if not self.skip_bad:
            raise InvalidInput(f"{reason}; correct it and run the import again, or use --skip-bad")
        self.summary.skip(reason)


def located(words: str, batch: Sequence[Line]) -> str:
    """Name the line of the file where the engine's words name a message of the batch."""
    found = _PLACE.match(words)
    if found is None or int(found[1]) >= len(batch):
        return f"lines {batch[0].number} to {batch[-1].number}: {words}"
    return f"line {batch[int(found[1])].number}{words[found.end() :]}"


def read_line(number: int, raw: bytes) -> Iterator[Line]:
    """Read one line: nothing of a blank one, else its message, with an id that a second run gives again.

    Raises:
        InvalidInput: it is not a JSON object.
    """
    content = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
    if not content.strip():
        return
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of more digits than Python reads
        raise InvalidInput(f"line {number}: not JSON in UTF-8 ({error})") from None
    if not isinstance(value, dict):
        raise InvalidInput(f"line {number}: expected an object with role and content")
    message = cast(dict[str, object], value)
    yield Line(number, {**message, "id": _id(number, content)} if _is_anonymous(message) else message)


def _is_anonymous(message: dict[str, object]) -> bool:
    return all(message.get(key) is None for key in ("id", "at", "timestamp"))


def _id(number: int, content: bytes) -> str:
    return hashlib.sha256(str(number).encode() + content.rstrip(b"\r\n")).hexdigest()[:_ID_DIGITS]
