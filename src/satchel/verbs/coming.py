"""The verbs of time: what is coming, and what has changed."""

from satchel import upcoming
from satchel.agenda import Change, Due
from satchel.arguments import Instant, clocks_of
from satchel.errors import InvalidInput
from satchel.extract.instants import read_bound, to_micros
from satchel.verbs.place import SpaceVerbs


class ComingVerbs(SpaceVerbs):
    """What is to come, and what is new."""

    def due(self, until: Instant, *, since: Instant | None = None, known_at: Instant | None = None) -> tuple[Due, ...]:
        """Return what is coming: plans, deadlines, appointments, things to do, birthdays, and what comes again.

        What was cancelled or done since does not show, and what was put off shows at its new time. What should have
        been done by now, and was not, is there for thirty days more, as `overdue`. What has no date is in `facts`.

        Args:
            until: up to when.
            since: from when on; now, unless given. What goes on then is there too.
            known_at: only what was known at this time, which is then taken for now.

        Returns:
            What is due, in time order, each with the words that it is from. Days are those of the space's time zone.

        Raises:
            InvalidInput: a time is not valid, or `until` is before `since`.
        """
        first = None if since is None else to_micros(read_bound(since, name="since", end="first"))
        last = to_micros(read_bound(until, name="until", end="last"))
        if first is not None and last < first:
            raise InvalidInput("until is before since: there is nothing between them")
        return upcoming.due(self._engine, self._place, clocks_of(None, known_at), since=first, until=last)

    def changes(self, since: Instant, *, until: Instant | None = None) -> tuple[Change, ...]:
        """Return what the memory learned and what it no longer holds to be true, in known time.

        Args:
            since: later than this.
            until: and no later than this; up to now, unless given.

        Returns:
            Changes, the earliest first, each with the words that brought it about. Of what was forgotten there is only
            when that was and how many messages: nothing of what they said is left.

        Raises:
            InvalidInput: a time is not valid, or `until` is before `since`.
        """
        first = to_micros(read_bound(since, name="since", end="first"))
        last = None if until is None else to_micros(read_bound(until, name="until", end="last"))
        if last is not None and last < first:
            raise InvalidInput("until is before since: there is nothing between them")
        return upcoming.changes(self._engine, self._place, since=first, until=last)
