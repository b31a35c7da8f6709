"""Speed and size of one space with many messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TypedDict

import satchel
from satchel.bench.adding import Models, Pace, add, batches, pace
from satchel.bench.embedders import Remembering
from satchel.bench.inside import index_bytes
from satchel.bench.processes import FirstSearch, first_search
from satchel.bench.stages import ADD, CONTEXT, SEARCH, Profile, profile
from satchel.bench.stopwatch import Stopwatch, Timing
from satchel.bench.workload import Workload, message
from satchel.models.embedding import Embedder
from satchel.models.tagger import ClaimTagger
from satchel.space import Space

BATCH = 100
BUDGET = 1500
ROUNDS = 3
_SPACE = "everything"
_FORGOTTEN = 5
_COLD = 7
_PROFILED_BATCHES = 3
_AFTER_ADD = 20


class Sizes(TypedDict):
    """Bytes, for each message but the last."""

    content_per_message: float
    """Of the words alone, in UTF-8."""
    data_per_message: float
    """Of the store's files but its keys, on disk after the store was closed."""
    keys: int
    """Of the keys' files, for the whole store."""
    index_per_message: float
    """Of the index in memory."""
    index: int


@dataclass(frozen=True, slots=True)
class LargeSpace:
    """What was measured of it."""

    timings: Mapping[str, Timing]
    paces: Mapping[str, Pace]
    sizes: Sizes
    process: FirstSearch
    profiles: Mapping[str, Profile]


def spare(pairs: int) -> int:
    """Return how many messages are needed besides those of the space, to measure adding to it."""
    return pairs + _PROFILED_BATCHES * BATCH + pairs + _AFTER_ADD


def measure(directory: Path, work: Workload, model: Embedder, *, messages: int, pairs: int) -> LargeSpace:
    """Fill a space in a new store and measure it.

    Args:
        directory: an empty folder for the store.
        work: at least `messages` + `spare(pairs)` messages.
        model: the embedding model, loaded.
        messages: how many the space has.
        pairs: how often adding is compared with embedding alone.
    """
    return _Measuring(directory, work, model, messages, pairs).run()


class _Measuring:
    def __init__(self, directory: Path, work: Workload, model: Embedder, messages: int, pairs: int) -> None:
        self._directory = directory
        self._work = work
        self._models = Models(model, ClaimTagger())
        self._embedder = Remembering(model)
        self._messages = messages
        self._pairs = pairs
        self._timings: dict[str, Timing] = {}

    def run(self) -> LargeSpace:
        with self._opened() as memory:
            batched = self._fill(memory.space(_SPACE))
        data, keys = disk_bytes(self._directory)
        self._cold()
        process = first_search(self._directory, _SPACE, self._work.questions[0], processes=_COLD)
        with self._opened() as memory:
            space = memory.space(_SPACE)
            searching = self._warm(space)
            index = index_bytes(memory)
            single, adding = self._single_adds(space)
            self._after_add(space)
            self._forgetting(space)
        content = sum(len(turn.text.encode()) for turn in self._work.turns[: self._messages])
        return LargeSpace(
            timings=self._timings,
            paces={f"{BATCH} messages a call": batched, "one message a call": single},
            sizes=Sizes(
                content_per_message=round(content / self._messages, 1),
                data_per_message=round(data / self._messages, 1),
                keys=keys,
                index_per_message=round(index / self._messages, 1),
                index=index,
            ),
            process=process,
            profiles={**searching, **adding},
        )

    def _opened(self) -> satchel.Memory:
        return satchel.open(self._directory, embedder=self._embedder)

    def _fill(self, space: Space) -> Pace:
        """Add every batch; measure the pace on some, spread evenly."""
        given = batches(self._work.turns[: self._messages], BATCH)
        step = max(len(given) // self._pairs, 1)
        for number, turns in enumerate(given):
            if number % step:
                add(space, turns)
        return pace(space, given[::step], self._models)

    def _cold(self) -> None:
        opening, searching = Stopwatch(), Stopwatch()
        for question in islice(cycle(self._work.questions), _COLD):
            with opening.time(self._opened) as memory:
                searching.time(lambda memory=memory, question=question: memory.space(_SPACE).search(question))
        self._timings["open the store"] = opening.timing
        self._timings["search, cold: store just opened, model loaded"] = searching.timing

    def _warm(self, space: Space) -> Mapping[str, Profile]:
        questions = self._work.questions
        embedding, ready, context = Stopwatch(), Stopwatch(), Stopwatch()
        space.search(questions[0])
        for _ in range(ROUNDS):
            self._search_all(space, embedding, questions)
            self._embedder.remember(questions)
            self._search_all(space, ready, questions)
            self._embedder.clear()
        for question in questions:
            context.time(lambda question=question: space.context(question, budget=BUDGET))
        self._timings["search, warm"] = embedding.timing
        self._timings["search, warm, without the query's embedding"] = ready.timing
        self._timings[f"context of {BUDGET:,} tokens, warm"] = context.timing
        calls = [lambda question=question: space.search(question) for question in questions]
        contexts = [lambda question=question: space.context(question, budget=BUDGET) for question in questions]
        return {
            "search, warm": profile(calls, SEARCH, median_ms=embedding.timing["median_ms"]),
            "context, warm": profile(contexts, CONTEXT, median_ms=context.timing["median_ms"]),
        }

    @staticmethod
    def _search_all(space: Space, watch: Stopwatch, questions: Sequence[str]) -> None:
        for question in questions:
            watch.time(lambda question=question: space.search(question))

    def _single_adds(self, space: Space) -> tuple[Pace, Mapping[str, Profile]]:
        spare_turns = iter(self._work.turns[self._messages :])
        single = pace(space, [[turn] for turn in islice(spare_turns, self._pairs)], self._models)
        ones = [lambda turn=turn: add(space, [turn]) for turn in islice(spare_turns, self._pairs)]
        many = batches(list(islice(spare_turns, _PROFILED_BATCHES * BATCH)), BATCH)
        watch = Stopwatch()
        for turns in many[:-1]:
            watch.time(lambda turns=turns: add(space, turns))
        return single, {
            "add, one message": profile(ones, ADD, median_ms=single["add_ms"]),
            f"add, {BATCH} messages": profile([lambda: add(space, many[-1])], ADD, median_ms=watch.timing["median_ms"]),
        }

    def _after_add(self, space: Space) -> None:
        watch = Stopwatch()
        asked = zip(self._work.turns[-_AFTER_ADD:], cycle(self._work.questions), strict=False)
        for turn, question in asked:
            space.add([message(turn)])
            watch.time(lambda question=question: space.search(question))
        self._timings["search right after an add"] = watch.timing

    def _forgetting(self, space: Space) -> None:
        watch = Stopwatch()
        for question in islice(cycle(self._work.questions), _FORGOTTEN):
            found = space.search(question, limit=1)
            watch.time(lambda found=found: space.forget(found[0].id))
        self._timings["forget one message"] = watch.timing


def disk_bytes(directory: Path) -> tuple[int, int]:
    """Return the bytes of a store's data files and of its keys' files."""
    keys = sum(file.stat().st_size for file in (directory / "keys").rglob("*") if file.is_file())
    every = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    return every - keys, keys
