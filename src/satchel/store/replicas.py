"""Read replicas: which of them has seen what this process wrote to a space."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from threading import Lock

from satchel.errors import StoreUnavailable
from satchel.postgres import Pool
from satchel.store.port import Scope, State

MOST_REMEMBERED = 100_000
"""Spaces whose last written version is remembered for a replica until it has shown that version."""

_REST_SECONDS = 5


class Replica:
    """One replica, and the version of each space that this process wrote last and it has not shown yet."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: Pool | None = None
        self._connecting = Lock()
        self._awaited: OrderedDict[Scope, int] = OrderedDict()
        self._lock = Lock()
        self._resting_until = 0.0

    def pool(self) -> Pool:
        """Return the connections to it, made now if it could not be reached before."""
        with self._connecting:
            if self._pool is None:
                self._pool = Pool(self._url)
            return self._pool

    def close(self) -> None:
        """Close the connections to it."""
        with self._connecting:
            if self._pool is not None:
                self._pool.close()

    @property
    def ready(self) -> bool:
        """Whether it may be asked."""
        return time.monotonic() >= self._resting_until

    def rest(self) -> None:
        """Leave it alone for a while: it could not be reached."""
        self._resting_until = time.monotonic() + _REST_SECONDS

    def wrote(self, scope: Scope, version: int) -> None:
        """Note what this process has written."""
        with self._lock:
            self._awaited[scope] = version
            self._awaited.move_to_end(scope)
            if len(self._awaited) > MOST_REMEMBERED:
                self._awaited.popitem(last=False)

    def has_caught_up(self, scope: Scope, state: State | None) -> bool:
        """Whether, showing this state of a space, it has seen what this process wrote to it."""
        with self._lock:
            if (state.version if state else 0) < self._awaited.get(scope, 0):
                return False
            self._awaited.pop(scope, None)
            return True


class Replicas:
    """Replicas that take turns. A process reads its own writes; those of others may come a little later."""

    def __init__(self, urls: Sequence[str]) -> None:
        """Connect to each; one that cannot be reached now is asked again later.

        Raises:
            StoreUnavailable: one refuses.
        """
        self._all = [Replica(url) for url in urls]
        self._turn = count()
        try:
            for one in self._all:
                self._connect(one)
        except BaseException:
            self.close()
            raise

    def next(self) -> Replica | None:
        """Return the one whose turn it is, if there is one that may be asked."""
        ready = [one for one in self._all if one.ready]
        return ready[next(self._turn) % len(ready)] if ready else None

    def wrote(self, scope: Scope, version: int) -> None:
        """Note what this process has written."""
        for one in self._all:
            one.wrote(scope, version)

    def close(self) -> None:
        """Close the connections to them."""
        for one in self._all:
            one.close()

    def _connect(self, one: Replica) -> None:
        try:
            one.pool()
        except StoreUnavailable:
            one.rest()
