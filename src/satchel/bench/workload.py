"""What speed is measured with: as many messages of real talk as wanted, and questions about them.

LoCoMo's turns, or the demo's conversation where there is no LoCoMo, are repeated in rounds. In each round the speakers
have other names, in the words too, and talk at another time, so that no message is a duplicate of another and
word statistics do not simply multiply.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import count, islice
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


def workload(path: Path | None, *, messages: int, questions: int) -> Workload:
    """Return so many messages and at most so many questions, from LoCoMo's file or, without one, from the demo."""
    source, turns, asked = _of_demo() if path is None else _of_locomo(path)
    step = max(len(asked) // questions, 1)
    rounds = (turn for number in count() for turn in _varied(turns, number))
    return Workload(source, list(islice(rounds, messages)), asked[::step][:questions])


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
