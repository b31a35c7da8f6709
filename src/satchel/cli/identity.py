"""An id given by its beginning or its end, as tables show it, found among those that there are."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel import Space

SHORTEST = 4
_WHOLE = 36
"""Characters of a UUID."""
_FAR = "9990-01-01"


def fact_id(space: "Space", given: str) -> str:
    """Return the whole id of a fact."""
    return _whole(given, (one.id for one in space.facts(past=True, as_of=_FAR)), "facts")


def message_ids(space: "Space", given: Sequence[str]) -> list[str]:
    """Return the whole ids of messages."""
    if all(len(one) == _WHOLE for one in given):
        return list(given)
    known = [one.id for one in space.messages()]
    return [_whole(one, known, "messages") for one in given]


def record(space: "Space", given: str) -> str:
    """Return the whole id of a message or a fact."""
    found = message_ids(space, [given])[0]
    return found if found != given else fact_id(space, given)


def entity(space: "Space", given: str) -> str:
    """Return the whole id of an entity, or the name as it was given."""
    known = space.entities()
    names = {name.casefold() for one in known for name in (one.name, *one.aliases)}
    return given if given.casefold() in names else _whole(given, (one.id for one in known), "entities")


def _whole(given: str, ids: Iterable[str], what: str) -> str:
    """Return the one id that begins or ends so; what fits none is returned as it is, for the engine to refuse.

    Raises:
        InvalidInput: several ids begin or end so.
    """
    part = given.strip().removeprefix("#").lower()
    if len(part) < SHORTEST:
        return given
    found = {one for one in ids if one.startswith(part) or one.endswith(part)}
    if len(found) > 1:
        raise InvalidInput(f"{len(found)} {what} have ids that begin or end with {part!r}; give more of it")
    return found.pop() if found else given
