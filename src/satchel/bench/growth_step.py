"""One size of a space that grows: messages are added up to it, then it is measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import getloadavg
from pathlib import Path
from typing import TypedDict

import satchel
from satchel.bench.adding import add, batches
from satchel.bench.embedders import Remembering
from satchel.bench.growth_vectors import StandIn
from satchel.bench.inside import index_bytes, without_tagger
from satchel.bench.large_space import disk_bytes
from satchel.bench.metrics import percentile
from satchel.bench.stages import SEARCH, Profile, profile
from satchel.bench.stopwatch import Stopwatch
from satchel.bench.workload import Workload
from satchel.memory import Memory
from satchel.space import Space

BATCH = 2_000
BUDGET = 1_500
ROUNDS = 3
_COLD = 5
_COLD_OF_LARGE = 3
_LARGE = 100_000
_SPACE = "everything"


class Latency(TypedDict):
    """Times of a number of calls, in milliseconds."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    calls: int


class Step(TypedDict):
    """What was measured of one size."""

    messages: int
    stand_ins: int
    """Messages whose vectors are stand-ins."""
    search: Latency
    """Warm, with the query's embedding."""
    search_ready: Latency
    """Warm, with the query's vector at hand."""
    cold: Latency
    """First in a store that was just opened; the model is loaded."""
    context: Latency
    """Warm, with the query's embedding."""
    index_per_message: float
    """Bytes in memory."""
    data_per_message: float
    """Bytes on disk, keys left out."""
    added_per_second: float
    """From the size before to this one, in batches, without the models."""
    profile: Profile
    """Of the warm search with the query's vector at hand."""
    load: float
    """Processes that wanted to run, on average over the minute before the measuring ended."""


@dataclass(frozen=True, slots=True)
class Growing:
    """A space in a store of its own, and what it is filled and asked with."""

    directory: Path
    work: Workload
    vectors: StandIn
    first_round: int
    """Messages that have the model's own vectors."""

    def grow(self, *, start: int, stop: int) -> Step:
        """Add the messages from number `start` up to `stop`, and measure the space."""
        adding = self._fill(start, stop)
        data, _ = disk_bytes(self.directory)
        embedder = Remembering(self.vectors)
        cold = self._cold(embedder, _COLD if stop < _LARGE else _COLD_OF_LARGE)
        with self._opened(embedder) as memory:
            space = memory.space(_SPACE)
            space.search(self.work.questions[0])
            search, context = self._ask(space.search), self._ask(lambda text: space.context(text, budget=BUDGET), 1)
            embedder.remember(self.work.questions)
            ready = self._ask(space.search)
            stages = self._stages(space, ready)
            index = index_bytes(memory)
        return Step(
            messages=stop,
            stand_ins=max(stop - self.first_round, 0),
            search=latency(search),
            search_ready=latency(ready),
            cold=latency(cold),
            context=latency(context),
            index_per_message=round(index / stop, 1),
            data_per_message=round(data / stop, 1),
            added_per_second=round((stop - start) / (sum(adding.milliseconds) / 1e3), 1),
            profile=stages,
            load=round(getloadavg()[0], 2),
        )

    def _opened(self, embedder: Remembering) -> Memory:
        return without_tagger(satchel.open(self.directory, embedder=embedder))

    def _fill(self, start: int, stop: int) -> Stopwatch:
        watch = Stopwatch()
        with self._opened(Remembering(self.vectors)) as memory:
            space = memory.space(_SPACE)
            space.search(self.work.questions[0])
            for turns in batches(self.work.turns[start:stop], BATCH):
                self.vectors.expect(turns, start=start)
                watch.time(lambda turns=turns: add(space, turns))
                start += len(turns)
        return watch

    def _cold(self, embedder: Remembering, rounds: int) -> Stopwatch:
        watch = Stopwatch()
        for question in self.work.questions[:rounds]:
            with self._opened(embedder) as memory:
                watch.time(lambda memory=memory, question=question: memory.space(_SPACE).search(question))
        return watch

    def _ask(self, call: Callable[[str], object], rounds: int = ROUNDS) -> Stopwatch:
        watch = Stopwatch()
        for question in [*self.work.questions] * rounds:
            watch.time(lambda question=question: call(question))
        return watch

    def _stages(self, space: Space, ready: Stopwatch) -> Profile:
        calls = [lambda question=question: space.search(question) for question in self.work.questions]
        return profile(calls, SEARCH, median_ms=ready.timing["median_ms"])


def latency(watch: Stopwatch) -> Latency:
    """Return the percentiles of what a stopwatch timed."""
    times: Sequence[float] = watch.milliseconds
    p50, p95, p99 = (round(percentile(times, share), 3) for share in (0.5, 0.95, 0.99))
    return Latency(p50_ms=p50, p95_ms=p95, p99_ms=p99, calls=len(times))
