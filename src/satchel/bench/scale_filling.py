"""Filling a store with many messages in many spaces, and what it costs as it grows."""

from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypedDict

import psutil

from satchel.bench.adding import add, batches
from satchel.bench.embedders import Remembering
from satchel.bench.growth_vectors import StandIn
from satchel.bench.inside import store_of
from satchel.bench.scale_places import Place
from satchel.bench.scale_plan import Plan, sittings
from satchel.bench.stopwatch import Stopwatch
from satchel.bench.workload import Endless
from satchel.memory import Memory


class Mark(TypedDict):
    """The growing store, looked at when it had so many messages."""

    messages: int
    spaces: int
    added_per_second: float
    """Since the mark before, in batches, without the models."""
    data_per_message: float
    """Bytes on disk, keys left out."""
    process: int
    """Bytes of this process in memory, the embedding model and the indexes among them."""


@dataclass(slots=True)
class Filling:
    """What spaces are filled with, message after message."""

    work: Endless
    vectors: StandIn
    batch: int
    given: int = 0
    watch: Stopwatch = field(default_factory=Stopwatch)

    def grow(self, place: Place, plan: Plan) -> Generator[Mark]:
        """Fill every space of a plan; yield each mark on the way."""
        every = sittings(plan.groups)
        stops = {len(every) * number // plan.marks for number in range(1, plan.marks + 1)}
        names: set[str] = set()
        with place.opened(Remembering(self.vectors)) as memory:
            before = 0
            for number, (name, messages) in enumerate(every, 1):
                names.add(name)
                self.sit(memory, name, messages)
                if number in stops:
                    yield self._mark(place, memory, before, len(names))
                    before = self.given
                    self.watch = Stopwatch()

    def sit(self, memory: Memory, name: str, messages: int) -> None:
        """Give so many messages to a space, in batches."""
        space = memory.space(name)
        for turns in batches(list(islice(self.work.turns, messages)), self.batch):
            self.vectors.expect(turns, start=self.given)
            self.watch.time(lambda turns=turns: add(space, turns))
            self.given += len(turns)

    def _mark(self, place: Place, memory: Memory, before: int, spaces: int) -> Mark:
        store_of(memory).scrub()
        if place.tended:
            store_of(memory).vacuum()
        return Mark(
            messages=self.given,
            spaces=spaces,
            added_per_second=round((self.given - before) / (sum(self.watch.milliseconds) / 1e3), 1),
            data_per_message=round(place.nbytes(memory) / self.given, 1),
            process=process_bytes(),
        )


def process_bytes() -> int:
    """Return the bytes of this process that are in memory."""
    return psutil.Process().memory_info().rss
