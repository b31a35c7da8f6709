"""How the verbs of a memory call the worker of this process, if there is one."""

from collections.abc import Callable


class Bell:
    """Rung when there is slow work. Safe to use from several threads."""

    def __init__(self) -> None:
        self._answer: Callable[[], None] | None = None

    def answer(self, come: Callable[[], None] | None) -> None:
        """Call `come` from now on whenever the bell rings; it must return at once. None ends that."""
        self._answer = come

    def ring(self) -> bool:
        """Call the worker; return whether there is one."""
        come = self._answer
        if come is not None:
            come()
        return come is not None
