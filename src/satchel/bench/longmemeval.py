"""LongMemEval (Wu et al., "Benchmarking Chat Assistants on Long-Term Interactive Memory", ICLR 2025) from its files.

Two shapes are taken. The official files (`longmemeval_s_cleaned.json`, `longmemeval_oracle.json`) give every question
its own haystack: one space a question. The evidence files (JSON lines with `evidence_sessions`) have the evidence turns
only: those of all questions are pooled into one space, and each question looks for its own. Questions that are not
answerable (abstention) are left out; their turns stay in the pool. A question has its own date, where the file has one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from satchel.bench import fields
from satchel.bench.dataset import Conversation, Dataset, Question, Turn, counted
from satchel.bench.fields import Record
from satchel.errors import InvalidInput
from satchel.model import Role

EXPECTED = (
    "LongMemEval: a list of {question_id, question_type, question, haystack_dates, haystack_session_ids, "
    "haystack_sessions, answer_session_ids}, or lines of {question_id, question_type, question, evidence_sessions}"
)
_ABSTENTION = "_abs"
_ROLES = ("user", "assistant")


def load(path: Path, *, question: str | None = None) -> Dataset:
    """Read an official file or an evidence file; with `question`, of an official file only that one's haystack.

    Raises:
        InvalidInput: the file is neither, or has no such question.
    """
    try:
        entries = _entries(path)
    except InvalidInput as error:
        raise InvalidInput(f"{error}. Expected {EXPECTED}") from None
    reasons: list[str] = []
    if all("evidence_sessions" in entry for _, entry in entries):
        found = [_pool(entries, reasons)]
    elif all("haystack_sessions" in entry for _, entry in entries):
        found = _haystacks(entries, question, reasons)
    else:
        raise InvalidInput(f"{path.name} has neither evidence_sessions nor haystack_sessions. Expected {EXPECTED}")
    if not found:
        raise InvalidInput(f"{path.name} has no answerable question {question or ''}".rstrip())
    return Dataset("longmemeval", path, found, counted(reasons))


def _entries(path: Path) -> Sequence[tuple[str, Record]]:
    text = fields.read_text(path)
    if text.lstrip()[:1] == "[":
        entries = fields.records(fields.parse(text, where=path.name, expected=EXPECTED), path.name)
    else:
        lines = [(f"{path.name}:{number}", line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        parsed = ((where, fields.parse(line, where=where, expected=EXPECTED)) for where, line in lines)
        entries = [(where, fields.record(value, where)) for where, value in parsed]
    if not entries:
        raise InvalidInput(f"{path.name} is empty")
    return entries


def _pool(entries: Sequence[tuple[str, Record]], reasons: list[str]) -> Conversation:
    """Join every question's evidence; a turn with the same date, role and words is one turn."""
    turns: dict[tuple[datetime, Role, str], Turn] = {}
    questions: list[Question] = []
    for where, entry in entries:
        own = _evidence(entry, where, turns, reasons)
        if entry.get("abstention") is True or _is_abstention(entry, where):
            reasons.append("questions that cannot be answered")
        elif own:
            questions.append(_question(entry, where, own, frozenset(turn.session for turn in own)))
        else:
            reasons.append("questions without evidence")
    return Conversation("pool", list(turns.values()), questions)


def _evidence(
    entry: Record, where: str, turns: dict[tuple[datetime, Role, str], Turn], reasons: list[str]
) -> list[Turn]:
    identity = fields.name(entry, "question_id", where)
    own: list[Turn] = []
    for place, session in fields.records(entry.get("evidence_sessions"), f"{where}.evidence_sessions"):
        at = _instant(fields.string(session, "date", place), f"{place}.date")
        name = f"{identity} {at:%Y-%m-%d %H:%M}"
        for turn_place, given in fields.records(session.get("turns"), f"{place}.turns"):
            role, text = _said(given, turn_place)
            if text.strip():
                turn = Turn(id=f"{identity}:{len(turns)}", text=text, session=name, at=at, role=role)
                own.append(turns.setdefault((at, role, text), turn))
            else:
                reasons.append("turns without words")
    return own


def _haystacks(entries: Sequence[tuple[str, Record]], wanted: str | None, reasons: list[str]) -> Sequence[Conversation]:
    found: list[Conversation] = []
    for where, entry in entries:
        if wanted not in (None, fields.name(entry, "question_id", where)):
            continue
        if _is_abstention(entry, where):
            reasons.append("questions that cannot be answered")
        else:
            found.append(_haystack(entry, where, reasons))
    return found


def _haystack(entry: Record, where: str, reasons: list[str]) -> Conversation:
    names = fields.strings(entry.get("haystack_session_ids"), f"{where}.haystack_session_ids")
    dates = fields.strings(entry.get("haystack_dates"), f"{where}.haystack_dates")
    sessions = fields.items(entry.get("haystack_sessions"), f"{where}.haystack_sessions")
    if not len(names) == len(dates) == len(sessions):
        raise InvalidInput(f"{where}: haystack_sessions, haystack_dates and haystack_session_ids differ in length")
    turns: list[Turn] = []
    gold: list[Turn] = []
    for number, (name, date, session) in enumerate(zip(names, dates, sessions, strict=True)):
        place = f"{where}.haystack_sessions[{number}]"
        at = _instant(date, f"{where}.haystack_dates[{number}]")
        for turn_place, given in fields.records(session, place):
            role, text = _said(given, turn_place)
            if not text.strip():
                reasons.append("turns without words")
                continue
            turns.append(Turn(id=f"{number}:{len(turns)}", text=text, session=name, at=at, role=role))
            gold += turns[-1:] if given.get("has_answer") is True else []
    answering = fields.strings(entry.get("answer_session_ids"), f"{where}.answer_session_ids")
    if not gold:
        reasons.append("questions with evidence sessions only, no evidence turns")
    question = _question(entry, where, gold, frozenset(answering))
    return Conversation(question.id, turns, [question])


def _question(entry: Record, where: str, gold: Sequence[Turn], sessions: frozenset[str]) -> Question:
    return Question(
        id=fields.name(entry, "question_id", where),
        text=fields.string(entry, "question", where),
        category=fields.name(entry, "question_type", where),
        gold=frozenset(turn.id for turn in gold),
        sessions=sessions,
        asked_at=_asked_at(entry, where),
    )


def _asked_at(entry: Record, where: str) -> datetime | None:
    date = entry.get("question_date")
    return None if date is None else _instant(str(date), f"{where}.question_date")


def _is_abstention(entry: Record, where: str) -> bool:
    return fields.name(entry, "question_id", where).endswith(_ABSTENTION)


def _said(given: Record, where: str) -> tuple[Role, str]:
    role = fields.string(given, "role", where)
    if role not in _ROLES:
        raise InvalidInput(f"{where}.role: expected user or assistant, got {role[:40]!r}")
    return cast(Role, role), fields.string(given, "content", where)


def _instant(text: str, where: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y/%m/%d (%a) %H:%M").replace(tzinfo=UTC)
    except ValueError:
        raise InvalidInput(f"{where}: expected a time like '2023/04/10 (Mon) 23:07', got {text[:40]!r}") from None
