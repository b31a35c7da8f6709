"""What speed is measured with: as many messages of real talk as wanted, and questions about them.

LoCoMo's turns, or the demo's conversation where there is no LoCoMo, are repeated in rounds. In each round the speakers
have other names, in the words too, and talk at another time, so that no message is a duplicate of another and
word statistics do not simply multiply. Turns can be joined and cut to messages of about one length.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import count, groupby, islice
from pathlib import Path

from satchel.bench import locomo
from satchel.bench.dataset import Turn

_NAMES = (
    "Alba", "Bruno", "Celia", "Dario", "Edith", "Fabian", "Greta", "Hugo", "Ines", "Jonas", "Karla", "Leon",
    "Marta", "Nils", "Olga", "Pablo", "Rosa", "Simon", "Tilda", "Viktor",
)  # fmt: skip
_ROUND = timedelta(days=730)
_DEMO_SPEAKER = "Maya"


@dataclass(frozen=True, slots=True)
class Workload:
    """Messages in the order said, and questions that they answer."""

    source: str
    turns: Sequence[Turn]
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Endless:
    """Messages without end, made as they are taken, and questions that they answer."""

    source: str
    first: Sequence[Turn]
    """The messages of the first round."""
    turns: Iterator[Turn]
    """All messages, in the order said."""
    questions: Sequence[str]


def workload(path: Path | None, *, messages: int, questions: int) -> Workload:
    """Return so many messages and at most so many questions, from LoCoMo's file or, without one, from the demo."""
    work = endless(path, questions=questions)
    return Workload(work.source, list(islice(work.turns, messages)), work.questions)


def endless(path: Path | None, *, questions: int, text_bytes: int | None = None) -> Endless:
    """Return messages without end and at most so many questions, from LoCoMo's file or, without one, from the demo.

    Args:
        path: LoCoMo's file.
        questions: how many at most.
        text_bytes: the length that turns are joined and cut to; None leaves them as they were said.
    """
    source, said, asked = _of_demo() if path is None else _of_locomo(path)
    turns = said if text_bytes is None else of_length(said, text_bytes)
    step = max(len(asked) // questions, 1)
    rounds = (turn for number in count() for turn in _varied(turns, number))
    return Endless(source, list(_varied(turns, 0)), rounds, asked[::step][:questions])


def of_length(turns: Sequence[Turn], text_bytes: int) -> list[Turn]:
    """Return turns of at most so many bytes: one that is shorter goes on with the words of the next of its session."""
    found: list[Turn] = []
    for _, session in groupby(turns, key=lambda turn: turn.session):
        waiting: list[Turn] = []
        for turn in session:
            waiting.append(turn)
            text = " ".join(one.text for one in waiting)
            if len(text.encode()) >= text_bytes:
                found.append(replace(waiting[0], text=_cut(text, text_bytes)))
                waiting = []
    return found or list(turns)


def _cut(text: str, text_bytes: int) -> str:
    """Return the words that so many bytes have room for."""
    whole, _, _ = text.encode()[: text_bytes + 1].decode(errors="ignore").rpartition(" ")
    return whole or text


def message(turn: Turn) -> dict[str, object]:
    """Return a turn in the shape that `Space.add` takes."""
    given: dict[str, object] = {"role": turn.role, "content": turn.text, "session": turn.session, "at": turn.at}
    return given if turn.speaker is None else {**given, "name": turn.speaker}


def embedded_text(turn: Turn) -> str:
    """Return the text of a turn that the engine embeds."""
    return turn.text if turn.speaker is None else f"{turn.speaker}: {turn.text}"


def _of_locomo(path: Path) -> tuple[str, list[Turn], list[str]]:
    dataset = locomo.load(path)
    turns = [
        Turn(turn.id, turn.text, f"{one.id} {turn.session}", turn.at, turn.role, turn.speaker)
        for one in dataset.conversations
        for turn in one.turns
    ]
    return path.name, turns, [question.text for one in dataset.conversations for question in one.questions]


def _of_demo() -> tuple[str, list[Turn], list[str]]:
    text = files("satchel.cli").joinpath("demo_conversation.jsonl").read_text(encoding="utf-8")
    given = [json.loads(line) for line in text.splitlines()]
    turns = [
        Turn(one["id"], one["content"], one["session"], datetime.fromisoformat(one["at"]), one["role"], one.get("name"))
        for one in given
    ]
    return "the demo's conversation", turns, [turn.text for turn in turns if turn.text.endswith("?")]


def _varied(turns: Sequence[Turn], number: int) -> Iterator[Turn]:
    """Yield the turns of a round; the first round is as it was said."""
    speakers = sorted({turn.speaker for turn in turns if turn.speaker} | {_DEMO_SPEAKER})
    # Twenty names serve for twenty speakers at once; a number keeps the rounds after the first shift apart.
    names = {old: f"{_NAMES[(i + number) % len(_NAMES)]}{number}" for i, old in enumerate(speakers)} if number else {}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b") if names else None
    for turn in turns:
        yield Turn(
            id=f"{number} {turn.id}",
            text=pattern.sub(lambda found: names[found[1]], turn.text) if pattern else turn.text,
            session=f"{turn.session} {number}",
            at=turn.at + number * _ROUND,
            role=turn.role,
            speaker=names.get(turn.speaker, turn.speaker) if turn.speaker else None,
        )
