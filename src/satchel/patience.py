"""Trying again after an interruption: a connection was lost, or the database chose this transaction to give way."""

import time
from collections.abc import Callable
from typing import TypeVar

from satchel.errors import StoreUnavailable

T = TypeVar("T")

PATIENCE_SECONDS = 15
"""As long as a database server takes to start again after a crash, with some to spare."""


class Interrupted(StoreUnavailable):
    """The database did not get to the end of it. Trying again is safe, and may well succeed."""


def patiently(action: Callable[[], T]) -> T:
    """Return what `action` returns, trying again with growing, jittered pauses while it is interrupted.

    Raises:
        Interrupted: it still was after `PATIENCE_SECONDS`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        return action()
    except Interrupted:
        import tenacity

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Interrupted),
            stop=lambda _: time.monotonic() >= deadline,
            wait=tenacity.wait_random_exponential(multiplier=0.05, max=1),
            reraise=True,
        )
        return retrying(action)
