"""The asynchronous face: the same verbs with `await`, each one hop to a worker thread.

    async with satchel.aio.open("~/.satchel") as memory:
        alice = memory.space("alice")
        await alice.add("I moved to Lisbon.")

`open` is awaited, or entered as an asynchronous context manager; naming a space is not awaited.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from datetime import datetime
from os import PathLike
from types import TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar

import satchel
from satchel.limits import ModelLimits
from satchel.memory import Memory
from satchel.model import DEFAULT_TENANT, Archive, Copied
from satchel.models.embedding import Embedder
from satchel.models.language_model import LanguageModel
from satchel.space import Space
from satchel.vault.vault import Key

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


class _Wraps(Generic[S]):
    """Holds the synchronous object that does the work."""

    def __init__(self, inner: S) -> None:
        self._inner = inner

    @property
    def inner(self) -> S:
        """The synchronous object."""
        return self._inner


def _hop(verb: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[_Wraps[S], P], Coroutine[Any, Any, T]]:
    async def hopped(self: _Wraps[S], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(verb, self.inner, *args, **kwargs)

    hopped.__doc__ = verb.__doc__
    hopped.__name__ = verb.__name__
    return hopped


class AsyncSpace(_Wraps[Space]):
    """One subject's memory; see `satchel.Space`."""

    @property
    def name(self) -> str:
        """The space's name."""
        return self.inner.name

    @property
    def tenant(self) -> str:
        """The tenant that the space is in."""
        return self.inner.tenant

    add = _hop(Space.add)
    search = _hop(Space.search)
    context = _hop(Space.context)
    messages = _hop(Space.messages)
    get = _hop(Space.get)
    facts = _hop(Space.facts)
    entities = _hop(Space.entities)
    graph = _hop(Space.graph)
    history = _hop(Space.history)
    sources = _hop(Space.sources)
    profile = _hop(Space.profile)
    correct = _hop(Space.correct)
    merge = _hop(Space.merge)
    unmerge = _hop(Space.unmerge)
    define = _hop(Space.define)
    forget = _hop(Space.forget)
    erase = _hop(Space.erase)
    rebuild = _hop(Space.rebuild)
    spending = _hop(Space.spending)
    consolidate = _hop(Space.consolidate)
    contradictions = _hop(Space.contradictions)
    patterns = _hop(Space.patterns)
    summary = _hop(Space.summary)
    feedback = _hop(Space.feedback)
    retain = _hop(Space.retain)
    retention = _hop(Space.retention)
    due = _hop(Space.due)
    changes = _hop(Space.changes)
    window = _hop(Space.window)


class AsyncMemory(_Wraps[Memory]):
    """One store and the spaces in it; see `satchel.Memory`."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def space(self, name: str, *, tenant: str = DEFAULT_TENANT) -> AsyncSpace:
        """Return the space of this name; its first write creates it."""
        return AsyncSpace(self.inner.space(name, tenant=tenant))

    async def copy_to(
        self, other: "AsyncMemory", *, space: str | None = None, tenant: str | None = None
    ) -> tuple[Copied, ...]:
        """Copy spaces to another memory, as `satchel.Memory.copy_to` does."""
        return await asyncio.to_thread(self.inner.copy_to, other.inner, space=space, tenant=tenant)

    spaces = _hop(Memory.spaces)
    check = _hop(Memory.check)
    stats = _hop(Memory.stats)
    backup = _hop(Memory.backup)
    limit_model = _hop(Memory.limit_model)
    compact = _hop(Memory.compact)
    rotate_key = _hop(Memory.rotate_key)
    work = _hop(Memory.work)
    jobs = _hop(Memory.jobs)
    retry = _hop(Memory.retry)
    close = _hop(Memory.close)


class _Opening(Awaitable[AsyncMemory]):
    """A memory that is opened when it is awaited or entered."""

    def __init__(self, opening: Callable[[], Memory]) -> None:
        self._opening = opening
        self._memory: AsyncMemory | None = None

    def __await__(self) -> Generator[Any, None, AsyncMemory]:
        return self._open().__await__()

    async def __aenter__(self) -> AsyncMemory:
        self._memory = await self._open()
        return self._memory

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._memory is not None:
            await self._memory.close()

    async def _open(self) -> AsyncMemory:
        return AsyncMemory(await asyncio.to_thread(self._opening))


def open(  # noqa: A001  (the public name)
    location: str | PathLike[str],
    *,
    key: Key = None,
    keys: str | PathLike[str] | None = None,
    replicas: Sequence[str] = (),
    encrypt: bool = True,
    embedder: Embedder | None = None,
    llm: LanguageModel | None = None,
    llm_limits: ModelLimits | None = None,
    clock: Callable[[], datetime] | None = None,
    work: bool = True,
) -> _Opening:
    """Open a memory as `satchel.open` does; await the result or enter it with `async with`."""
    return _Opening(
        lambda: satchel.open(
            location,
            key=key,
            keys=keys,
            replicas=replicas,
            encrypt=encrypt,
            embedder=embedder,
            llm=llm,
            llm_limits=llm_limits,
            clock=clock,
            work=work,
        )
    )


async def restore(
    path: str | PathLike[str],
    location: str | PathLike[str],
    *,
    keys_of: str | PathLike[str],
    key: Key = None,
    new_key: Key = None,
    keys: str | PathLike[str] | None = None,
) -> Archive:
    """Bring a backup into an empty place, as `satchel.restore` does."""
    return await asyncio.to_thread(
        satchel.restore, path, location, keys_of=keys_of, key=key, new_key=new_key, keys=keys
    )
