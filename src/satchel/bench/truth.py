"""Whether the facts that must follow from dialogues do follow: runs a truth suite (see `truth_suite`).

For each check a fresh space gets the messages, each in an `add` of its own at its own time; those to be forgotten are
forgotten, and the facts are asked for. Every expected value must be there and not past, no rejected one may be; where
neither is given the slot must be empty. Checks that forget the same messages ask one space: asking changes nothing.
The clock shows each message's own time while it is added, so that `known_at` means what the suite means.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import satchel
from satchel.bench.matching import plain, says
from satchel.bench.spoken import Spoken
from satchel.bench.truth_suite import Expected, Question, Scenario, load
from satchel.extract.instants import read_instant
from satchel.model import Fact
from satchel.testing import HashEmbedder

__all__ = ["Expected", "Failure", "Question", "Scenario", "TruthResult", "load", "run"]


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
    degraded: dict[str, int] = field(default_factory=dict[str, int])
    """What was not done while adding → how often."""

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


def run(scenarios: Sequence[Scenario], *, shuffle: int | None = None) -> TruthResult:
    """Run a suite; `shuffle` seeds another order of the messages' arrival."""
    result = TruthResult()
    clock = _Clock()
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=clock) as memory:
        for scenario in scenarios:
            for forgotten, checks in _by_forgotten(scenario).items():
                space = memory.space(f"{scenario.id} {forgotten}")
                for note in _tell(space, scenario, forgotten, clock, shuffle):
                    result.degraded[note] = result.degraded.get(note, 0) + 1
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


def _by_forgotten(scenario: Scenario) -> Mapping[tuple[str, ...], Sequence[Question]]:
    groups: dict[tuple[str, ...], list[Question]] = {}
    for check in scenario.checks:
        groups.setdefault(check.forget, []).append(check)
    return groups


def _tell(
    space: satchel.Space, scenario: Scenario, forget: Sequence[str], clock: _Clock, shuffle: int | None
) -> list[str]:
    """Add the messages and forget some; return what was not done."""
    ids: dict[str, str] = {}
    notes: list[str] = []
    messages = list(scenario.messages)
    if shuffle is not None:
        random.Random(f"{shuffle} {scenario.id}").shuffle(messages)  # noqa: S311  (an order, not a secret)
    for message in messages:
        clock.now = read_instant(message["at"], name="at")
        spoken = Spoken(message["role"], message["name"], message["content"])
        added = space.add(spoken.message, at=message["at"])
        ids[message["id"]] = added.message_ids[0]
        notes += added.degraded
    if forget:
        space.forget([ids[one] for one in forget])
    return notes


def _facts(space: satchel.Space, scenario: Scenario, check: Question) -> tuple[Fact, ...]:
    last = max(read_instant(one["at"], name="at") for one in scenario.messages)
    as_of = check.as_of or (None if check.known_at else last)
    found = space.facts(subject=check.subject, attribute=check.attribute, as_of=as_of, known_at=check.known_at)
    return tuple(one for one in found if _qualifies(one, check.qualifier))


def _qualifies(fact: Fact, qualifier: str | None) -> bool:
    return qualifier is None or (fact.qualifier is not None and plain(qualifier) == plain(fact.qualifier))


def _count(result: TruthResult, scenario: Scenario, check: Question, found: Sequence[Fact]) -> None:
    present = [one for one in found if one.status != "past"]
    missing = tuple(one for one in check.expect if not any(_matches(one, fact) for fact in present))
    wrong = tuple(value for value in check.reject if any(says(value, fact.value) for fact in present))
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
        says(expected.value, fact.value)
        and begins.startswith(expected.begins or "")
        and ends.startswith(expected.ends or "")
    )
