"""The ledger of what a language model was used for, by space, day and purpose, and the space's budget.

A call is entered with what it may take at most before it is made, and put right when it is answered. So a budget
holds across processes, and a call that a crash cut off counts with the most that it may have cost.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from satchel.engine import Engine, Place
from satchel.errors import ModelUnavailable
from satchel.extract.instants import to_micros
from satchel.limits import Spent
from satchel.records import Records
from satchel.store.port import Changes, RowKind, View


def enter(engine: Engine, place: Place, expected: Spent) -> None:
    """Enter a call that is about to be made.

    Raises:
        ModelUnavailable: the day's budget of the space, or of the memory, has no room for it.
    """
    most = engine.meter.limits.tokens_a_day

    def decide(view: View, records: Records) -> Changes:
        so_far = sum(one.tokens for one in read(view, records) if one.day == expected.day)
        if most is not None and so_far + expected.tokens > most:
            raise ModelUnavailable(
                f"the {most:,} tokens a day of the space {place.name!r} are used up ({so_far:,} spent, "
                f"{expected.tokens:,} more wanted); it goes on tomorrow, or raise ModelLimits.tokens_a_day"
            )
        return _added(view, records, expected)

    engine.meter.take(expected.day, expected.tokens)
    try:
        engine.write(place, decide)
    except BaseException:
        engine.meter.take(expected.day, -expected.tokens)
        raise


def settle(engine: Engine, place: Place, expected: Spent, actual: Spent) -> None:
    """Put what a call really took in the place of what was expected."""
    difference = replace(
        actual,
        calls=actual.calls - expected.calls,
        tokens_in=actual.tokens_in - expected.tokens_in,
        tokens_out=actual.tokens_out - expected.tokens_out,
        cost=None if actual.cost is None or expected.cost is None else actual.cost - expected.cost,
    )
    engine.meter.take(expected.day, min(difference.tokens, 0))
    engine.write(place, lambda view, records: _added(view, records, difference))


def spending(engine: Engine, place: Place, *, since: date | None) -> tuple[Spent, ...]:
    """Return what a space's calls took, by day and purpose."""
    found = engine.read(place.scope, read) or ()
    return tuple(one for one in found if since is None or one.day >= since)


def read(view: View, records: Records) -> tuple[Spent, ...]:
    """Return the ledger of a space, by day and purpose."""
    return tuple(
        sorted(
            (records.spent(row) for row in view.rows(RowKind.SPENT)),
            key=lambda one: (one.day, one.purpose),
        )
    )


def spent_on(day: date, ledger: Iterable[Spent]) -> int:
    """Return the tokens of one day."""
    return sum(one.tokens for one in ledger if one.day == day)


def _added(view: View, records: Records, more: Spent) -> Changes:
    row_id = f"{more.day.isoformat()}/{more.purpose}"
    old = view.get(RowKind.SPENT, [row_id]).get(row_id)
    total = more if old is None else records.spent(old).plus(more)
    at = to_micros(datetime.combine(more.day, time(), UTC))
    return Changes(
        put=[records.spent_row(row_id, total, at)],
        remove=[] if old is None else [(RowKind.SPENT, row_id)],
    )
