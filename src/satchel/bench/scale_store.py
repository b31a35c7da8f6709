"""One store with many messages in many spaces: filled, searched by one client and by several, and erased from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from os import getloadavg
from time import perf_counter
from typing import TypedDict

from satchel.bench.embedders import Remembering
from satchel.bench.growth_step import Latency, latency
from satchel.bench.growth_vectors import StandIn
from satchel.bench.inside import index_bytes, store_of
from satchel.bench.scale_clients import Together, together
from satchel.bench.scale_filling import Filling, Mark, process_bytes
from satchel.bench.scale_places import Place
from satchel.bench.scale_plan import Group, Plan
from satchel.bench.stages import SEARCH, Profile, profile
from satchel.bench.stopwatch import Stopwatch
from satchel.bench.workload import Endless
from satchel.space import Space


class BySize(TypedDict):
    """Searches in spaces of one size; the query's vector is at hand."""

    messages: int
    spaces: int
    """How many were searched."""
    cold: Latency
    """First in its space with a fresh memory object; the operating system has the store in its cache."""
    warm: Latency
    profile: Profile
    """Of the warm search."""


class Figures(TypedDict):
    """What was measured of one store."""

    store: str
    marks: Sequence[Mark]
    sizes: Sequence[BySize]
    """The smallest spaces first."""
    data_per_message: float
    """Bytes on disk of the filled store, after `vacuum`, keys left out."""
    vacuum_seconds: float
    process: int
    """Bytes of this process in memory when the clients are done, the embedding model and the indexes among them."""
    index: int
    """Bytes of the indexes then."""
    alone: Together
    """One client, for comparison."""
    clients: Together
    erased: int
    """Messages in each space that was erased."""
    erase: Latency
    load: float
    """Processes that wanted to run, on average over the minute before the measuring ended."""


@dataclass(frozen=True, slots=True)
class Measuring:
    """What one store is measured with."""

    place: Place
    plan: Plan
    work: Endless
    vectors: StandIn

    def run(self) -> Figures:
        """Fill the store and measure it."""
        filling = Filling(self.work, self.vectors, self.plan.batch)
        marks = list(filling.grow(self.place, self.plan))
        embedder = Remembering(self.vectors)
        embedder.remember(self.work.questions)
        data, seconds = self._vacuumed(embedder)
        sizes = [self._by_size(embedder, group) for group in sorted(self.plan.groups, key=lambda one: one.size)]
        alone, *_ = self._together(embedder, 1)
        clients, process, index = self._together(embedder, self.plan.clients)
        return Figures(
            store=self.place.name,
            marks=marks,
            sizes=sizes,
            data_per_message=round(data / self.plan.messages, 1),
            vacuum_seconds=seconds,
            process=process,
            index=index,
            alone=alone,
            clients=clients,
            erased=self.plan.erased.size,
            erase=self._erased(filling),
            load=round(getloadavg()[0], 2),
        )

    def _vacuumed(self, embedder: Remembering) -> tuple[int, float]:
        """Return the bytes on disk after `vacuum`, and how many seconds that took."""
        with self.place.opened(embedder) as memory:
            started = perf_counter()
            store_of(memory).vacuum()
            return self.place.nbytes(memory), round(perf_counter() - started, 1)

    def _by_size(self, embedder: Remembering, group: Group) -> BySize:
        names = self._chosen(group)
        cold = self._cold(embedder, names)
        with self.place.opened(embedder) as memory:
            spaces = [memory.space(name) for name in names]
            warm = self._warm(spaces)
            calls = [lambda question=question: spaces[-1].search(question) for question in self.work.questions]
            stages = profile(calls, SEARCH, median_ms=warm.timing["median_ms"])
        return BySize(messages=group.size, spaces=len(names), cold=latency(cold), warm=latency(warm), profile=stages)

    def _cold(self, embedder: Remembering, names: Sequence[str]) -> Stopwatch:
        """Search each space once, with so many fresh memories as it takes for the calls wanted."""
        watch, questions = Stopwatch(), cycle(self.work.questions)
        while len(watch.milliseconds) < self.plan.cold:
            with self.place.opened(embedder) as memory:
                for name in names:
                    space, question = memory.space(name), next(questions)
                    watch.time(lambda space=space, question=question: space.search(question))
        return watch

    def _warm(self, spaces: Sequence[Space]) -> Stopwatch:
        """Search one space after the other, each again and again, not counting its first search."""
        watch, questions = Stopwatch(), cycle(self.work.questions)
        for space in spaces:
            space.search(next(questions))
            for _ in range(-(-self.plan.warm // len(spaces))):
                question = next(questions)
                watch.time(lambda space=space, question=question: space.search(question))
        return watch

    def _together(self, embedder: Remembering, clients: int) -> tuple[Together, int, int]:
        """Return what clients had of their searches, and the bytes of the process and its indexes afterwards."""
        with self.place.opened(embedder) as memory:
            spaces = [memory.space(name) for group in self.plan.groups for name in self._chosen(group)]
            found = together(spaces, self.work.questions, clients=clients, searches=self.plan.searches)
            return found, process_bytes(), index_bytes(memory)

    def _erased(self, filling: Filling) -> Latency:
        watch = Stopwatch()
        with self.place.opened(Remembering(self.vectors)) as memory:
            names = [f"to be erased {name}" for name in self.plan.erased.names]
            for name in names:
                filling.sit(memory, name, self.plan.erased.size)
            for name in names:
                watch.time(memory.space(name).erase)
        return latency(watch)

    def _chosen(self, group: Group) -> list[str]:
        """Return spaces of a size, spread evenly."""
        return group.names[:: max(group.spaces // self.plan.chosen, 1)][: self.plan.chosen]
