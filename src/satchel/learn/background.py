"""The worker of a process: a thread that does what is due, and rests in between.

It begins when there is something to do: a job waits when the memory is opened, a write leaves one, or there is a
language model to use. Nobody waits for it: whoever closes the memory lets go of a thread that is in the middle of a
task, and the lease on that ends by itself.
"""

import logging
import traceback
from threading import Event, Lock, Thread

from satchel.engine import Engine
from satchel.errors import SatchelError
from satchel.jobs import NEVER
from satchel.learn.working import Worker

REST_SECONDS = 2
"""How long it rests when nothing is due; a write is not done sooner than that."""

_LONGEST_REST = 60
_GOODBYE_SECONDS = 0.5

_log = logging.getLogger("satchel")


class Background:
    """A thread that works until it is stopped; it is begun once there is something to do."""

    def __init__(self, engine: Engine, worker: Worker) -> None:
        self._engine = engine
        self._worker = worker
        self._stopped = Event()
        self._beginning = Lock()
        self._thread: Thread | None = None
        engine.bell.answer(self._begin)
        if engine.llm is not None or engine.store.due(by=NEVER - 1, limit=1):
            self._begin()

    def stop(self) -> None:
        """End it after the batch that it does now, and wait for that a moment only."""
        self._engine.bell.answer(None)
        with self._beginning:
            self._stopped.set()
        if self._thread is not None:
            self._thread.join(_GOODBYE_SECONDS)

    def _begin(self) -> None:
        with self._beginning:
            if self._thread is None and not self._stopped.is_set():
                self._thread = Thread(target=self._run, name="satchel-worker", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        rest = REST_SECONDS
        while not self._stopped.wait(rest):
            rest = REST_SECONDS if self._turn() else min(rest * 2, _LONGEST_REST)

    def _turn(self) -> bool:
        """Do what is due; return whether that could be done."""
        try:
            self._worker.work(stopped=self._stopped.is_set)
        except SatchelError as error:
            self._say("no job could be done just now: %s", error)
            return False
        except Exception as error:  # noqa: BLE001  (the border of a thread: the next job must not suffer for this one)
            where = "".join(traceback.format_tb(error.__traceback__))
            self._say("a task ended in %s; the job says so too\n%s", type(error).__name__, where)
            return False
        return True

    def _say(self, text: str, *values: object) -> None:
        """Log what went wrong, without the values that it went wrong with: they may be somebody's words."""
        if not self._stopped.is_set():
            _log.warning(text, *values)
