"""One system's process: `python -m satchel.bench.peers.worker REQUEST RESPONSE`.

It runs among the system's own packages, with nothing of Satchel's but what embedding needs. Every call is made twice,
in two empty stores: at first with the embedding model, which gives the rankings, then with its vectors remembered.
No connection to another machine is allowed, so that no result depends on one.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from satchel.bench.minilm import MiniLM
from satchel.bench.peers.exchange import Answer, Request, Response, Talk, Times, read_request, write
from satchel.bench.peers.port import Adapter, Composing, Store
from satchel.bench.peers.vectors import Keeping
from satchel.bench.stopwatch import Stopwatch
from satchel.models.embedding import Embedder

_ADAPTERS = "satchel.bench.peers.adapters"
_SAID = 5
_CHARACTERS = 200


_Ask = Callable[[Store, str, str, Request, Stopwatch], Answer]


@dataclass(frozen=True, slots=True)
class _Pass:
    answers: dict[str, Sequence[Answer]] = field(default_factory=dict[str, Sequence[Answer]])
    adds: Stopwatch = field(default_factory=Stopwatch)
    searches: Stopwatch = field(default_factory=Stopwatch)


class _Warnings(logging.Handler):
    """Warnings of all packages, each once, in the order they came."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.said) < _SAID:
            self.said[f"{record.name}: {record.getMessage()[:_CHARACTERS]}"] = None


def main(arguments: Sequence[str]) -> None:
    """Do what the request says and write the response."""
    sys.addaudithook(_stay_offline)
    request = read_request(Path(arguments[0]))
    write(Path(arguments[1]), answer(request, MiniLM()))


def answer(request: Request, model: Embedder) -> Response:
    """Put a request's conversations into its system, twice, and ask its questions."""
    logging.getLogger().addHandler(heard := _Warnings())
    adapter = cast(Adapter, import_module(f"{_ADAPTERS}.{request.adapter}"))
    embedder = Keeping(model)
    embedder.embed(["loads the model"])
    first, size = _timed(request, adapter, embedder, _answered)
    embedder.replay()
    again, _ = _timed(request, adapter, embedder, _searched)
    if embedder.unknown:
        heard.said[f"{embedder.unknown} texts of the second pass were not those of the first"] = None
    return Response(
        answers=first.answers,
        times=Times(
            add=first.adds.milliseconds,
            search=first.searches.milliseconds,
            own_add=again.adds.milliseconds,
            own_search=again.searches.milliseconds,
        ),
        bytes=size,
        versions={name: found for name in request.packages if (found := _version(name)) is not None},
        warnings=list(heard.said),
    )


def _timed(request: Request, adapter: Adapter, embedder: Embedder, ask: _Ask) -> tuple[_Pass, int]:
    with TemporaryDirectory(prefix="satchel-peers-") as directory:
        done, store = _Pass(), adapter.start(Path(directory), embedder)
        for talk in request.talks:
            _add(store, talk, done.adds)
            done.answers[talk.id] = [ask(store, talk.id, one, request, done.searches) for one in talk.questions]
        store.close()
        return done, sum(file.stat().st_size for file in Path(directory).rglob("*") if file.is_file())


def _add(store: Store, talk: Talk, adds: Stopwatch) -> None:
    for turn in talk.turns:
        adds.time(lambda turn=turn: store.add(talk.id, turn))


def _searched(store: Store, tenant: str, question: str, request: Request, searches: Stopwatch) -> Answer:
    hits = searches.time(lambda: store.search(tenant, question, request.limit))
    return Answer(hits=hits, deep=(), composed=None)


def _answered(store: Store, tenant: str, question: str, request: Request, searches: Stopwatch) -> Answer:
    timed = _searched(store, tenant, question, request, searches)
    composed = store.context(tenant, question, request.budget) if isinstance(store, Composing) else None
    return Answer(hits=timed.hits, deep=store.search(tenant, question, request.deep), composed=composed)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _stay_offline(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        raise PermissionError(f"no network while systems are compared: {arguments[0]!r} was looked up")
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise PermissionError(f"no network while systems are compared: {arguments[1]!r} was called")


if __name__ == "__main__":
    main(sys.argv[1:])
