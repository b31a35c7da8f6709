"""LoCoMo (Maharana et al., "Evaluating Very Long-Term Conversational Memory of LLM Agents", ACL 2024) from its file.

Takes `locomo10.json`, whose evidence is messy ("D8:6; D9:17", "D:11:26", "D30:05") and whose answers may be missing,
and files of the same structure. Only what was said and the captions of shared photos become messages. Evidence that
names no turn of the conversation is left out and counted; so is a question of which none is left.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from satchel.bench import fields
from satchel.bench.dataset import Conversation, Dataset, Question, Turn, counted
from satchel.bench.fields import Record
from satchel.errors import InvalidInput

CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
ANSWERABLE = (1, 2, 3, 4)
EXPECTED = "LoCoMo: a list of {conversation: {session_1: [{speaker, dia_id, text}], session_1_date_time, …}, qa: […]}"

_SESSION = re.compile(r"session_(\d+)")
_REFERENCE = re.compile(r"D:?(\d+):(\d+)")


def load(path: Path, *, all_categories: bool = False, conversation: str | None = None) -> Dataset:
    """Read the file.

    Args:
        path: `locomo10.json` or a file of the same structure.
        all_categories: take the adversarial questions too, which cannot be answered as asked.
        conversation: take only the conversation with this `sample_id`.

    Raises:
        InvalidInput: the file is not LoCoMo's, or has no such conversation.
    """
    wanted = tuple(CATEGORIES) if all_categories else ANSWERABLE
    samples = _samples(path)
    chosen = [one for one in samples if conversation in (None, _id(one[1], one[0]))]
    if not chosen:
        known = ", ".join(_id(sample, where) for where, sample in samples)
        raise InvalidInput(f"{path.name} has no conversation {conversation!r}; it has {known}")
    reasons: list[str] = []
    return Dataset(
        name="locomo",
        path=path,
        conversations=[_conversation(sample, where, wanted, reasons) for where, sample in chosen],
        left_out=counted(reasons),
    )


def _samples(path: Path) -> Sequence[tuple[str, Record]]:
    try:
        given = fields.parse(fields.read_text(path), where=path.name, expected=EXPECTED)
        samples = fields.records(given, path.name)
        for where, sample in samples:
            fields.record(sample.get("conversation"), f"{where}.conversation")
    except InvalidInput as error:
        raise InvalidInput(f"{error}. Expected {EXPECTED}") from None
    if not samples:
        raise InvalidInput(f"{path.name} is an empty list. Expected {EXPECTED}")
    return samples


def _id(sample: Record, where: str) -> str:
    return fields.name(sample, "sample_id", where)


def _conversation(sample: Record, where: str, wanted: Sequence[int], reasons: list[str]) -> Conversation:
    own = fields.record(sample.get("conversation"), f"{where}.conversation")
    turns = {turn.id: turn for turn in _turns(own, f"{where}.conversation", reasons)}
    if not turns:
        raise InvalidInput(f"{where}.conversation has no turns. Expected {EXPECTED}")
    questions = [
        question
        for place, qa in fields.records(sample.get("qa"), f"{where}.qa")
        if (question := _question(qa, place, turns, wanted, reasons)) is not None
    ]
    return Conversation(_id(sample, where), list(turns.values()), questions)


def _turns(own: Record, where: str, reasons: list[str]) -> Iterator[Turn]:
    sessions = sorted(int(found[1]) for key in own if (found := _SESSION.fullmatch(key)))
    for number in sessions:
        session = f"session_{number}"
        at = _instant(fields.string(own, f"{session}_date_time", where), f"{where}.{session}_date_time")
        for place, given in fields.records(own[session], f"{where}.{session}"):
            text = _words(given, place)
            if text.strip():
                yield Turn(
                    id=fields.name(given, "dia_id", place),
                    text=text,
                    session=session,
                    at=at,
                    speaker=fields.name(given, "speaker", place),
                )
            else:
                reasons.append("turns without words")


def _words(given: Record, where: str) -> str:
    text = fields.string(given, "text", where)
    caption = fields.string(given, "blip_caption", where) if given.get("blip_caption") else ""
    return f"{text} [shares a photo: {caption}]" if caption else text


def _instant(text: str, where: str) -> datetime:
    try:
        return datetime.strptime(text, "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
    except ValueError:
        raise InvalidInput(f"{where}: expected a time like '1:56 pm on 8 May, 2023', got {text[:40]!r}") from None


def _question(
    qa: Record, where: str, turns: Mapping[str, Turn], wanted: Sequence[int], reasons: list[str]
) -> Question | None:
    category = qa.get("category")
    if not isinstance(category, int) or category not in CATEGORIES:
        raise InvalidInput(f"{where}.category: expected a number from 1 to 5, got {category!r}")
    if category not in wanted:
        reasons.append(f"questions of the category {CATEGORIES[category]}")
        return None
    cited = references(fields.strings(qa.get("evidence", []), f"{where}.evidence"))
    gold = frozenset(one for one in cited if one in turns)
    reasons += ["pieces of evidence that name no turn"] * (len(cited) - len(gold))
    if not gold:
        reasons.append("questions without evidence")
        return None
    return Question(
        id=where,
        text=fields.string(qa, "question", where),
        category=CATEGORIES[category],
        gold=gold,
        sessions=frozenset(turns[one].session for one in gold),
    )


def references(evidence: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the turns that evidence names, each once: of "D8:6; D:11:026", D8:6 and D11:26."""
    found = (match for text in evidence for match in _REFERENCE.finditer(text))
    return tuple(dict.fromkeys(f"D{int(match[1])}:{int(match[2])}" for match in found))
