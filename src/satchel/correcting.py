"""What a person changes by hand: a fact put right, two names joined or parted. Each is kept as a message."""

from satchel import ledger
from satchel.asking import entity_key, find_fact
from satchel.engine import Engine, Place
from satchel.errors import InvalidInput, NotFound
from satchel.extract.acts import Act, correction, joining
from satchel.extract.messages import Utterance
from satchel.model import Added, Trust

SESSION = "(changed by hand)"
"""The session of such messages: they are no part of any conversation."""


def correct(engine: Engine, place: Place, fact_id: str, value: str | None, why: str | None) -> Added:
    """Put `value` in the place of a fact's value, as if it had been right from the beginning.

    Raises:
        NotFound: there is no fact with this id.
        InvalidInput: the value is the one that the fact has already.
    """
    found = find_fact(engine, place, fact_id)
    if found is None:
        raise NotFound(f"no fact {fact_id} in the space {place.name!r}; list them with facts(past=True)")
    fact, origin = found
    if value is not None and value.casefold() == fact.value.casefold():
        raise InvalidInput(f"the value is {fact.value!r} already; there is nothing to correct")
    right = f"it is {value}, not {fact.value}" if value is not None else f"it was never {fact.value}"
    reason = f" Reason: {why}" if why else ""
    content = f"Correction ({fact.attribute.replace('_', ' ')} of {fact.subject}): {right}.{reason}"
    act = correction(fact, origin.subject, value, origin.begins)
    return _record(engine, place, content, act, speaker=origin.speaker)


def join(engine: Engine, place: Place, one: str, other: str, *, together: bool) -> Added:
    """Say that two names mean one entity, or that they do not.

    Raises:
        NotFound: a name or id is nobody's.
    """
    keys: list[str] = []
    for name in (one, other):
        key = entity_key(engine, place, name, merged=together)
        if key is None:
            raise NotFound(f"no entity {name!r} in the space {place.name!r}; list them with entities()")
        keys.append(key)
    if together and keys[0] == keys[1]:
        raise InvalidInput(f"{one!r} and {other!r} are one entity already")
    said = f"{one} and {other} are {'one and the same' if together else 'not the same'}."
    return _record(engine, place, said, joining(keys[0], keys[1], together=together), speaker=None)


def _record(engine: Engine, place: Place, content: str, act: Act, *, speaker: str | None) -> Added:
    utterance = Utterance(
        role="user",
        content=content,
        said_at=None,
        speaker=speaker,
        session=SESSION,
        agent=None,
        app=None,
        metadata={},
        trust=Trust.PERSON,
        caller_id=None,
        act=act,
    )
    return ledger.add(engine, place, (utterance,), notes=(), idempotency_key=None)
