"""How fast claims are found, and what that adds to adding a message.

The same messages are read by the tagger and the rules alone (`Reader.read`), in batches and one by one, and added to
two spaces that grow alike, one with extraction and one whose engine has no tagger. The two are timed in pairs, one
right after the other and in alternating order, so that what else the machine does meets both alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypedDict

import satchel
from satchel.bench.inside import without_tagger
from satchel.bench.labelled import Labelled
from satchel.bench.spoken import Spoken
from satchel.bench.stopwatch import Stopwatch, Timing
from satchel.extract.claims import Exchange
from satchel.extract.instants import read_instant
from satchel.model import Message
from satchel.models.embedding import Embedder
from satchel.models.language import detect_language
from satchel.models.tagger import ClaimTagger
from satchel.readings import Reader
from satchel.settings import Settings


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    messages: int
    batch: int


FULL = Scale(messages=300, batch=50)


class ExtractionSpeed(TypedDict):
    """Speed of extraction; rates are messages a second over all batches or calls."""

    tagger: str
    messages: int
    batch: int
    batched_per_second: float
    single_per_second: float
    single: Timing
    """One message read alone."""
    add: Timing
    """One message added, with extraction."""
    add_without: Timing
    """One message added, by an engine without a tagger."""
    added_ms: float
    """The median of what extraction added to each message's time."""


def measure(messages: Sequence[Labelled], scale: Scale, *, embedder: Embedder | None = None) -> ExtractionSpeed:
    """Measure on the first messages that people said; `embedder` is another than the bundled one."""
    people = [one for one in messages if one.said.role == "user"][: scale.messages]
    tagger = ClaimTagger()
    reader = Reader(tagger)
    exchanges = [_exchange(one) for one in people]
    rules = Settings().rules
    reader.read(exchanges[:1], rules, {})  # loads the weights
    started = perf_counter()
    for group in _groups(exchanges, scale.batch):
        reader.read(group, rules, {})
    batches = perf_counter() - started
    single = Stopwatch()
    for one in exchanges:
        single.time(lambda one=one: reader.read([one], rules, {}))
    with_it, without, added = _adding(people, embedder)
    return ExtractionSpeed(
        tagger=tagger.name,
        messages=len(people),
        batch=scale.batch,
        batched_per_second=_rate(len(people), batches),
        single_per_second=_rate(len(people), sum(single.milliseconds) / 1e3),
        single=single.timing,
        add=with_it,
        add_without=without,
        added_ms=added,
    )


def _adding(messages: Sequence[Labelled], embedder: Embedder | None) -> tuple[Timing, Timing, float]:
    """Return the times of adding with extraction and without it, and the median difference."""
    watches = Stopwatch(), Stopwatch()
    with (
        satchel.open(":memory:", embedder=embedder) as reading,
        without_tagger(satchel.open(":memory:", embedder=embedder)) as not_reading,
    ):
        spaces = reading.space("with"), not_reading.space("without")
        for space in spaces:
            space.add("The first one loads the models.", at="2000-01-01T00:00:00Z")
        for number, message in enumerate(messages):
            for one in (0, 1) if number % 2 else (1, 0):
                watches[one].time(lambda space=spaces[one], said=message: space.add(said.said.message, at=said.at))
    pairs = zip(watches[0].milliseconds, watches[1].milliseconds, strict=True)
    differences = [with_it - without for with_it, without in pairs]
    return watches[0].timing, watches[1].timing, round(median(differences), 3) if differences else 0.0


def _exchange(one: Labelled) -> Exchange:
    return Exchange(_message(one.id, one.said, one.at), one.before and _message(f"{one.id} before", one.before, one.at))


def _message(name: str, said: Spoken, at: str) -> Message:
    time, language = read_instant(at, name="at"), detect_language(said.content)
    return Message(name, said.role, said.content, time, time, speaker=said.name, language=language)


def _groups(exchanges: Sequence[Exchange], size: int) -> Sequence[Sequence[Exchange]]:
    return [exchanges[start : start + size] for start in range(0, len(exchanges), size)]


def _rate(count: int, seconds: float) -> float:
    return round(count / seconds, 1) if seconds else 0.0
