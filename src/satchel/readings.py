"""Reading messages: each with the one before it in its session becomes claims, names and joinings.

Only what people say is read: an assistant's, a tool's or an operator's words are no evidence about a person, unless
that person confirms them, and then the claim is the person's.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from satchel.errors import ModelUnavailable
from satchel.extract.acts import claims_of_act, joinings_of_act
from satchel.extract.claim import Reading
from satchel.extract.claims import Exchange, Rules, claims_of
from satchel.extract.instants import to_micros
from satchel.extract.patterns import claims_by_pattern
from satchel.extract.repairs import repairs_in
from satchel.model import Message
from satchel.models.language import DEFAULT_LANGUAGE
from satchel.tagged import Tagged, Tagger

LONGEST_READ = 20_000
"""Characters of a message that are read for claims; a longer one is a document, not something said."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What messages are read with."""

    tagger: Tagger | None

    def read(self, exchanges: Sequence[Exchange], rules: Rules, notes: dict[str, None]) -> list[Reading]:
        """Return the reading of each message; what could not be done is noted."""
        asked = [number for number, one in enumerate(exchanges) if self._worth_tagging(one, notes)]
        tagged = self._tagged([exchanges[number] for number in asked], notes)
        found = dict(zip(asked, tagged, strict=True))
        return [_reading(one, found.get(number, ()), rules) for number, one in enumerate(exchanges)]

    def _tagged(self, exchanges: Sequence[Exchange], notes: dict[str, None]) -> Sequence[Sequence[Tagged]]:
        if not exchanges or self.tagger is None:
            return [()] * len(exchanges)
        texts = [(one.message.content[:LONGEST_READ], one.context) for one in exchanges]
        try:
            return self.tagger.tag(texts)
        except ModelUnavailable as error:
            notes[f"stored without claims: {error}"] = None
            return [()] * len(exchanges)

    def _worth_tagging(self, exchange: Exchange, notes: dict[str, None]) -> bool:
        message = exchange.message
        if message.role != "user" or message.act is not None:
            return False
        if message.language != DEFAULT_LANGUAGE:
            notes[f"no claims were looked for in what is not English ({message.language})"] = None
            return False
        if len(message.content) > LONGEST_READ:
            notes[f"claims were looked for in the first {LONGEST_READ:,} characters of a message only"] = None
        return True


def reading_of(message: Message) -> Reading:
    """Return the reading of a message in which nothing was looked for."""
    return Reading(
        message_id=message.id,
        said_at=to_micros(message.said_at),
        known_at=to_micros(message.received_at),
        turn=message.turn,
        digest=_digest(message),
        role=message.role,
        trust=message.trust,
        speaker=message.speaker if message.role == "user" else None,
    )


def worth_keeping(reading: Reading) -> bool:
    """Whether anything was found."""
    return bool(reading.claims or reading.joinings or reading.repairs)


def _digest(message: Message) -> bytes:
    parts: Mapping[str, object] = {
        "role": message.role,
        "speaker": message.speaker,
        "session": message.session,
        "content": message.content,
        "act": message.act,
    }
    return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=8).digest()


def _reading(exchange: Exchange, tagged: Sequence[Tagged], rules: Rules) -> Reading:
    message = exchange.message
    claims = claims_of(exchange, tagged, rules)
    if message.act is not None:
        claims = claims_of_act(message)
    elif message.role == "user":
        claims += claims_by_pattern(message, rules.catalogue)
    return replace(
        reading_of(message),
        claims=claims,
        joinings=joinings_of_act(message),
        repairs=repairs_in(message) if message.role == "user" and message.act is None else (),
    )
