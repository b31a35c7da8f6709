"""What the memory makes of many messages, and what teaches it: consolidation, feedback, and how long messages stay."""

from satchel.arguments import Instant, clocks_of, count_of, filter_of, text_of, week_day_of
from satchel.defining import drop_retention, set_retention
from satchel.errors import InvalidInput, NotFound
from satchel.feedback import keep_feedback
from satchel.findings import Consolidation, Contradiction, Pattern, Retention, Summary
from satchel.learn import consolidating, retaining
from satchel.model import Hit, Role
from satchel.verbs.place import SpaceVerbs

MOST_DAYS = 365_000


class LearningVerbs(SpaceVerbs):
    """The verbs of consolidation, feedback and retention."""

    def consolidate(self, *, dry_run: bool = False) -> Consolidation:
        """Forget what is past its time by the rules of `retain`, and return what the rest adds up to.

        What is found is derived from what is remembered each time: forgetting a source undoes it.

        Args:
            dry_run: change nothing; `overdue` says what would be forgotten.
        """
        return consolidating.consolidate(self._engine, self._place, dry_run=dry_run)

    def contradictions(
        self, *, as_of: Instant | None = None, known_at: Instant | None = None
    ) -> tuple[Contradiction, ...]:
        """Return statements that cannot all be true, for review; `correct` or `forget` settles them."""
        return consolidating.find_contradictions(self._engine, self._place, clocks_of(as_of, known_at))

    def patterns(self, *, as_of: Instant | None = None, known_at: Instant | None = None) -> tuple[Pattern, ...]:
        """Return what comes back at the same time of the week, day or year, with what speaks for it and against it.

        Seen on at least three dates and hardly by chance, or said outright ("every Monday"). Of what people said in
        English.
        """
        return consolidating.find_patterns(self._engine, self._place, clocks_of(as_of, known_at))

    def summary(
        self,
        *,
        entity: str | None = None,
        week: Instant | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> Summary:
        """Return what is known of an entity, or what a week was about, in a few sentences with their sources.

        Args:
            entity: by name, alias, id, or `user`.
            week: a day or time in it, or its ISO name (2026-W12); days begin in the space's time zone.
            as_of: only what was said by this time (valid time).
            known_at: only what was known by this time.

        Raises:
            InvalidInput: not exactly one of `entity` and `week` is given.
            NotFound: nothing is known of it, or nothing was said then.
        """
        if (entity is None) == (week is None):
            raise InvalidInput('a summary of what? give entity="Anna" or week="2026-W12", and not both')
        clocks = clocks_of(as_of, known_at)
        if entity is not None:
            found = consolidating.sum_up_entity(self._engine, self._place, clocks, text_of(entity, "entity"))
        else:
            found = consolidating.sum_up_week(self._engine, self._place, clocks, week_day_of(week, "week"))
        if found is None:
            what = f"is known of {entity!r}" if entity is not None else f"was said in the week {week!r}"
            raise NotFound(f"nothing {what} in the space {self._place.name!r}")
        return found

    def feedback(self, hit: Hit | str, useful: bool = True) -> tuple[str, ...]:  # noqa: FBT001, FBT002  (reads as said)
        """Keep whether a hit, or a record by its id, was useful; return the ids of the messages that it is kept of.

        A message that was found useful counts as fresh again: what is old stands a little lower in search, at most two
        hundredths of its score, and only this renews it. Nothing is ever forgotten for lack of use.

        Raises:
            NotFound: it is not in this space, or has been forgotten.
        """
        if not isinstance(useful, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidInput(f"useful must be True or False, not {useful!r}")
        given = hit if isinstance(hit, Hit) else text_of(hit, "hit")
        return keep_feedback(self._engine, self._place, given, useful=useful)

    def retain(
        self,
        days: int | None,
        *,
        role: Role | None = None,
        app: str | None = None,
        agent: str | None = None,
        session: str | None = None,
        speaker: str | None = None,
        by_hand: bool = False,
    ) -> tuple[Retention, ...]:
        """Set how many days messages stay after they were said, then they are forgotten; return all rules.

        There is one rule for each choice of messages; where several fit a message, the shortest counts. Rules are
        applied by `consolidate`, or in the background where jobs are run.

        Args:
            days: how many; None takes the rule back.
            role: only messages of this role; likewise `app`, `agent`, `session` and `speaker`. Without any of them the
                rule is about all messages.
            by_hand: also forget corrections and merges, which stay otherwise.
        """
        wanted = filter_of(
            role=role,
            app=app,
            agent=agent,
            session=session,
            speaker=speaker,
            since=None,
            until=None,
            as_of=None,
            known_at=None,
        )
        rule = Retention(
            days=1 if days is None else count_of(days, "days", MOST_DAYS),
            role=wanted.role,
            app=wanted.app,
            agent=wanted.agent,
            session=wanted.session,
            speaker=wanted.speaker,
            by_hand=by_hand,
        )
        return (drop_retention if days is None else set_retention)(self._engine, self._place, rule)

    def retention(self) -> tuple[Retention, ...]:
        """Return the rules by which messages are forgotten; `consolidate(dry_run=True)` says what they would forget."""
        return retaining.rules_of(self._engine, self._place)
