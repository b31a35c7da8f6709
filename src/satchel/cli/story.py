"""The demonstration as measured steps: store, retrieve, inject, forget, erase.

Each step does the thing with the public API and returns what it measured; nothing about a result is written here.
"""

import json
import math
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, cast

from satchel.errors import NotFound

if TYPE_CHECKING:
    from satchel import Hit, Memory, Message, Receipt, Space

NAME = "maya"
QUESTIONS = (
    "What is Biscuit afraid of?",
    "Which day does the new job at Maré Labs begin?",
)
UNKNOWN = "What is her blood type?"
PROCEDURE = "How do we deploy the pipeline?"
BUDGET = 150
SECRET_QUESTION = "What is the landlord's phone number?"  # noqa: S105  (a question)
SECRET_WORD = "Quintanilha"  # noqa: S105  (a surname)
_EXCERPT = 120
_SHORT_EXCERPT = 66
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Stored:
    """Step 1: the conversation in the store."""

    messages: int
    sessions: int
    ready_seconds: float
    seconds: float
    bytes_on_disk: int
    encryption: str
    degraded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Step 2: the best evidence for one question."""

    question: str
    supported: bool
    words: str
    who: str
    """The speaker, or `fact` for what follows from words."""
    said_at: datetime | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Injected:
    """Step 3: the block for a prompt, beside what the whole conversation would cost."""

    question: str
    block: str
    budget: int
    tokens: int
    history_tokens: int
    saved_percent: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Scan:
    """How many files of a store, and of which size together, were read for a word, and how many hold it."""

    files: int
    bytes: int
    files_with_word: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Step 4: one message, before and after it was forgotten."""

    question: str
    word: str
    words_before: str
    found_before: bool
    found_after: bool
    seconds: float
    receipt: "Receipt"
    encrypted_after: Scan
    clear_before: Scan
    clear_after: Scan

    @property
    def is_gone(self) -> bool:
        """Whether neither search nor any file has the word, and the scan was seen to find it before."""
        left = self.encrypted_after.files_with_word + self.clear_after.files_with_word
        return self.clear_before.files_with_word > 0 and not left and not self.found_after


@dataclass(frozen=True, slots=True)
class Erased:
    """The end: the space is destroyed."""

    receipt: "Receipt"
    seconds: float
    spaces_left: int


def conversation() -> list[dict[str, object]]:
    """Read the sample conversation."""
    text = (files("satchel.cli") / "demo_conversation.jsonl").read_text(encoding="utf-8")
    return [cast(dict[str, object], json.loads(line)) for line in text.splitlines()]


def store(memory: "Memory", directory: Path, messages: list[dict[str, object]]) -> Stored:
    """Add the conversation; the models are loaded before, and timed apart."""
    start = time.perf_counter()
    findings = memory.check().findings
    ready = time.perf_counter() - start
    start = time.perf_counter()
    added = memory.space(NAME).add(messages)
    return Stored(
        messages=len(added.message_ids),
        sessions=len({message.get("session") for message in messages}),
        ready_seconds=ready,
        seconds=time.perf_counter() - start,
        bytes_on_disk=sum(path.stat().st_size for path in _files(directory)),
        encryption=next((finding.detail for finding in findings if finding.subject == "encryption"), "unknown"),
        degraded=added.degraded,
    )


def ask(space: "Space", question: str) -> Answer:
    """Search for a question and keep the best hit."""
    hits = space.search(question, limit=3)
    best = hits[0] if len(hits) else None
    return Answer(
        question=question,
        supported=hits.supported,
        words=excerpt(best.text, question) if best else "",
        who=("" if best is None else "fact" if best.kind == "fact" else _who(best)),
        said_at=best.said_at if best else None,
        milliseconds=hits.took_ms,
    )


def inject(space: "Space", question: str, budget: int) -> Injected:
    """Build the block for a question and compare it with the whole conversation."""
    found = space.context(question, budget=budget)
    history = "\n".join(f"{_who(message)}: {message.content}" for message in space.messages())
    whole = math.ceil(len(history) / 4)
    return Injected(
        question=question,
        block=found.text,
        budget=budget,
        tokens=found.tokens,
        history_tokens=whole,
        saved_percent=100 * (1 - found.tokens / whole),
        milliseconds=found.took_ms,
    )


def forget(space: "Space", directory: Path, clear_directory: Path) -> Forgotten:
    """Forget the message with the rare word, do the same in a store in clear, and read all bytes of both."""
    found = [hit for hit in space.search(SECRET_QUESTION, kinds=["message"]) if SECRET_WORD in hit.text]
    if not found:
        raise NotFound(f"the demonstration did not find the message with {SECRET_WORD}; please report it")
    texts = [hit.text for hit in found]
    start = time.perf_counter()
    receipt = space.forget([hit.id for hit in found])
    seconds = time.perf_counter() - start
    left = [*space.search(SECRET_QUESTION), *space.search(SECRET_WORD)]
    before, after = _forget_in_clear(clear_directory, texts)
    return Forgotten(
        question=SECRET_QUESTION,
        word=SECRET_WORD,
        words_before=excerpt(texts[0], SECRET_QUESTION, longest=_SHORT_EXCERPT),
        found_before=bool(found),
        found_after=any(SECRET_WORD in hit.text for hit in left),
        seconds=seconds,
        receipt=receipt,
        encrypted_after=scan(directory, SECRET_WORD),
        clear_before=before,
        clear_after=after,
    )


def erase(memory: "Memory") -> Erased:
    """Erase the space."""
    start = time.perf_counter()
    receipt = memory.space(NAME).erase()
    return Erased(receipt=receipt, seconds=time.perf_counter() - start, spaces_left=len(memory.spaces()))


def scan(directory: Path, word: str) -> Scan:
    """Read every byte of every file below a directory and look for a word, in any case."""
    contents = [path.read_bytes() for path in _files(directory)]
    wanted = word.lower().encode()
    return Scan(
        files=len(contents),
        bytes=sum(map(len, contents)),
        files_with_word=sum(wanted in content.lower() for content in contents),
    )


def excerpt(text: str, question: str, *, longest: int = _EXCERPT) -> str:
    """Return the sentences of a text from the one on that shares most words with the question."""
    wanted = {_stem(word) for word in _WORD.findall(question.lower())}
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    shared = [len(wanted & {_stem(word) for word in _WORD.findall(one.lower())}) for one in sentences]
    first = shared.index(max(shared))
    words = " ".join(sentences[first:])
    shown = words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"
    return f"… {shown}" if first else shown


def _forget_in_clear(directory: Path, texts: Sequence[str]) -> tuple[Scan, Scan]:
    import satchel

    with satchel.open(directory, encrypt=False) as memory:
        space = memory.space(NAME)
        added = space.add(list(texts))
        before = scan(directory, SECRET_WORD)
        space.forget(added.message_ids)
        return before, scan(directory, SECRET_WORD)


def _stem(word: str) -> str:
    return word[:5]


def _who(said: "Hit | Message") -> str:
    return said.speaker or said.role or ""


def _files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())
