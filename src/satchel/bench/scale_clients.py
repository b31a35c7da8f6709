"""Several clients at once: threads that share one memory object, as those of a web server do."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import TypedDict

from satchel.bench.growth_step import Latency, latency
from satchel.bench.stopwatch import Stopwatch
from satchel.errors import SatchelError
from satchel.space import Space

_SEED = 20_251_126


class Together(TypedDict):
    """What a number of clients had of their searches."""

    clients: int
    per_second: float
    """Searches of all of them."""
    search: Latency
    errors: int


@dataclass(slots=True)
class _Client:
    """One client: searches in spaces drawn at random, one after the other."""

    spaces: Sequence[Space]
    questions: Sequence[str]
    draw: Random
    watch: Stopwatch = field(default_factory=Stopwatch)
    errors: int = 0

    def run(self, searches: int) -> None:
        for _ in range(searches):
            space, question = self.draw.choice(self.spaces), self.draw.choice(self.questions)
            try:
                self.watch.time(lambda space=space, question=question: space.search(question))
            except SatchelError:
                self.errors += 1


def together(spaces: Sequence[Space], questions: Sequence[str], *, clients: int, searches: int) -> Together:
    """Let clients search at the same time, each so often.

    Args:
        spaces: of one memory, which each search draws one of.
        questions: which each search draws one of.
        clients: how many.
        searches: of each client.
    """
    everyone = [_Client(spaces, questions, Random(_SEED + number)) for number in range(clients)]  # noqa: S311
    started = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(client.run, searches) for client in everyone]:
            done.result()
    seconds = perf_counter() - started
    every = Stopwatch()
    every.milliseconds = [one for client in everyone for one in client.watch.milliseconds]
    return Together(
        clients=clients,
        per_second=round(len(every.milliseconds) / seconds, 1),
        search=latency(every),
        errors=sum(client.errors for client in everyone),
    )
