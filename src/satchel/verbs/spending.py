"""The verbs about a language model's help."""

from satchel.arguments import Instant
from satchel.extract.instants import read_bound
from satchel.learn import spending
from satchel.limits import Spent
from satchel.verbs.place import SpaceVerbs


class SpendingVerbs(SpaceVerbs):
    """What a language model did for this space."""

    def spending(self, *, since: Instant | None = None) -> tuple[Spent, ...]:
        """Return what a language model was used for: calls, tokens and cost by day (of UTC) and purpose.

        Args:
            since: only of this day and later ones.
        """
        day = None if since is None else read_bound(since, name="since", end="first").date()
        return spending.spending(self._engine, self._place, since=day)
