"""How useful recalled messages were found: what feedback says, and when."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_EVENTS = 32
"""Verdicts that are kept of a message, the latest."""


@dataclass(frozen=True, slots=True)
class Use:
    """What was said of one message's use: when (microseconds), and whether it was useful; in order of time."""

    message_id: str
    verdicts: tuple[tuple[int, bool], ...] = ()

    def after(self, at: int, *, useful: bool) -> "Use":
        """Return it with one more verdict."""
        return Use(self.message_id, tuple(sorted((*self.verdicts, (at, useful))))[-MOST_EVENTS:])

    def renewed_at(self, known_at: int | None) -> int | None:
        """Return when it was last found useful, as was known at a time; None where the last verdict was another."""
        known = [one for one in self.verdicts if known_at is None or one[0] <= known_at]
        at, useful = known[-1] if known else (0, False)
        return at if useful else None


def renewals(uses: Mapping[str, Use], known_at: int | None) -> Mapping[str, int]:
    """Return when messages were last found useful, as was known at a time; those that were not are left out."""
    found = ((one, use.renewed_at(known_at)) for one, use in uses.items())
    return {one: at for one, at in found if at is not None}
