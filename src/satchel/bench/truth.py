"""Truth suites: dialogues with the facts that must follow from them, in the format of `shared/data/truth`.

For each check a fresh space gets the messages, each in an `add` of its own at its own time; those to be forgotten are
forgotten, and the facts are asked for. Every expected value must be there and not past, no rejected one may be; where
neither is given the slot must be empty.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import satchel
from satchel.bench import fields
from satchel.bench.fields import Record
from satchel.extract.instants import read_instant
from satchel.model import Fact
from satchel.testing import HashEmbedder

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_APART = re.compile(r"[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Expected:
    """A value that must hold, and prefixes of the ISO dates of its bounds."""

    value: str
    begins: str | None
    ends: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One check."""

    subject: str
    attribute: str
    qualifier: str | None
    as_of: str | None
    known_at: str | None
    forget: tuple[str, ...]
    expect: tuple[Expected, ...]
    reject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One dialogue with its checks."""

    id: str
    tags: tuple[str, ...]
    messages: tuple[Record, ...]
    checks: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that did not pass."""

    scenario: Scenario
    check: Question
    missing: tuple[Expected, ...]
    wrong: tuple[str, ...]
    found: tuple[Fact, ...]


@dataclass(slots=True)
class TruthResult:
    """What came of a suite."""

    checks: int = 0
    failures: list[Failure] = field(default_factory=list[Failure])
    by_tag: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """Tag → (passed, all)."""
    expected: int = 0
    found: int = 0
    rejected: int = 0
    slipped: int = 0

    @property
    def passed(self) -> float:
        """Share of the checks that passed."""
        return 1 - len(self.failures) / max(self.checks, 1)

    @property
    def recall(self) -> float:
        """Share of the expected values that were there."""
        return self.found / max(self.expected, 1)

    @property
    def precision(self) -> float:
        """Of the values that the checks speak of and that were there, the share that was to be there."""
        return self.found / max(self.found + self.slipped, 1)


def load(path: Path) -> list[Scenario]:
    """Read a suite.

    Raises:
        InvalidInput: the file is not one.
    """
    expected = "a truth suite: lines of {id, tags, messages, checks}"
    lines = [(f"{path.name}:{n}", line) for n, line in enumerate(fields.read_text(path).split("\n"), 1) if line.strip()]
    return [
        _scenario(fields.record(fields.parse(line, where=where, expected=expected), where), where)
        for where, line in lines
    ]


def run(scenarios: Sequence[Scenario], *, shuffle: int | None = None) -> TruthResult:
    """Run a suite; `shuffle` seeds another order of the messages' arrival."""
    result = TruthResult()
    clock = _Clock()
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=clock) as memory:
        for scenario in scenarios:
            for group, checks in _by_forgotten(scenario).items():
                space = memory.space(f"{scenario.id} {group}")
                _tell(space, scenario, group, clock, shuffle)
                for check in checks:
                    _count(result, scenario, check, _facts(space, scenario, check))
                if space.messages(limit=1):
                    space.erase()
    return result


class _Clock:
    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2030-01-01T00:00:00+00:00")

    def __call__(self) -> datetime:
        return self.now


def _by_forgotten(scenario: Scenario) -> dict[tuple[str, ...], list[Question]]:
    groups: dict[tuple[str, ...], list[Question]] = {}
    for check in scenario.checks:
        groups.setdefault(check.forget, []).append(check)
    return groups


def _tell(space: satchel.Space, scenario: Scenario, forget: Sequence[str], clock: _Clock, shuffle: int | None) -> None:
    ids: dict[str, str] = {}
    messages = list(scenario.messages)
    if shuffle is not None:
        random.Random(f"{shuffle} {scenario.id}").shuffle(messages)  # noqa: S311
    for message in messages:
        at = str(message["at"])
        clock.now = read_instant(at, name="at")
        shape = {"role": message["role"], "content": message["content"]}
        if message.get("name") is not None:
            shape["name"] = message["name"]
        ids[str(message["id"])] = space.add(shape, at=at).message_ids[0]
    if forget:
        space.forget([ids[one] for one in forget])


def _facts(space: satchel.Space, scenario: Scenario, check: Question) -> tuple[Fact, ...]:
    last = max(read_instant(str(one["at"]), name="at") for one in scenario.messages)
    as_of = check.as_of or (None if check.known_at else last)
    found = space.facts(subject=check.subject, attribute=check.attribute, as_of=as_of, known_at=check.known_at)
    return tuple(one for one in found if _qualifies(one, check.qualifier))


def _qualifies(fact: Fact, qualifier: str | None) -> bool:
    return qualifier is None or (
        fact.qualifier is not None and plain(qualifier) in (plain(fact.qualifier), plain(fact.qualifier).rstrip("s"))
    )


def _count(result: TruthResult, scenario: Scenario, check: Question, found: Sequence[Fact]) -> None:
    present = [one for one in found if one.status != "past"]
    missing = tuple(one for one in check.expect if not any(_matches(one, fact) for fact in present))
    wrong = tuple(value for value in check.reject if any(_says(value, fact) for fact in present))
    if not check.expect and not check.reject:
        wrong = tuple(one.value for one in present)
    result.checks += 1
    result.expected += len(check.expect)
    result.found += len(check.expect) - len(missing)
    result.rejected += len(check.reject)
    result.slipped += len(wrong)
    failed = bool(missing or wrong)
    for tag in scenario.tags:
        passed, every = result.by_tag.get(tag, (0, 0))
        result.by_tag[tag] = (passed + (not failed), every + 1)
    if failed:
        result.failures.append(Failure(scenario, check, missing, wrong, tuple(found)))


def _matches(expected: Expected, fact: Fact) -> bool:
    begins = fact.valid_from.isoformat() if fact.valid_from else ""
    ends = fact.valid_to.isoformat() if fact.valid_to else ""
    return (
        _says(expected.value, fact)
        and begins.startswith(expected.begins or "")
        and ends.startswith(expected.ends or "")
    )


def _says(value: str, fact: Fact) -> bool:
    return f" {plain(value)} " in f" {plain(fact.value)} "


def plain(text: str) -> str:
    """Return a text without case, articles and punctuation."""
    return " ".join(_ARTICLE.sub(" ", _APART.sub(" ", text.casefold())).split())


def _scenario(entry: Record, where: str) -> Scenario:
    return Scenario(
        id=fields.string(entry, "id", where),
        tags=tuple(str(one) for one in fields.items(entry.get("tags", []), f"{where}.tags")),
        messages=tuple(one for _, one in fields.records(entry.get("messages"), f"{where}.messages")),
        checks=tuple(_check(one, place) for place, one in fields.records(entry.get("checks"), f"{where}.checks")),
    )


def _check(entry: Record, where: str) -> Question:
    def optional(name: str, record: Mapping[str, object] = entry) -> str | None:
        value = record.get(name)
        return None if value is None else str(value)

    return Question(
        subject=fields.string(entry, "subject", where),
        attribute=fields.string(entry, "attribute", where),
        qualifier=optional("qualifier"),
        as_of=optional("as_of"),
        known_at=optional("known_at"),
        forget=tuple(str(one) for one in fields.items(entry.get("forget", []), where)),
        expect=tuple(
            Expected(str(one["value"]), optional("from", one), optional("to", one))
            for _, one in fields.records(entry.get("expect", []), where)
        ),
        reject=tuple(str(one) for one in fields.items(entry.get("reject", []), where)),
    )
