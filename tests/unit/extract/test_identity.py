"""When two messages are the same message."""

from dataclasses import replace
from datetime import UTC, datetime

from satchel.extract.identity import call_content, call_identity, message_identities
from satchel.extract.messages import Utterance
from satchel.model import Trust

ONE = Utterance(
    role="user",
    content="olives",
    said_at=datetime(2026, 1, 1, tzinfo=UTC),
    speaker="Ana",
    session="s",
    agent=None,
    app=None,
    metadata={},
    trust=Trust.PERSON,
    caller_id="1",
)


def test_an_id_and_a_time_identify_and_nothing_else_does() -> None:
    assert len(message_identities(ONE)) == 2
    assert len(message_identities(replace(ONE, said_at=None))) == 1
    assert len(message_identities(replace(ONE, caller_id=None))) == 1
    assert message_identities(replace(ONE, caller_id=None, said_at=None)) == ()


def test_each_part_of_the_words_counts_and_the_rest_does_not() -> None:
    words = message_identities(ONE)[1]
    others = [
        replace(ONE, role="assistant"),
        replace(ONE, content="olive"),
        replace(ONE, speaker=None),
        replace(ONE, session=None),
        replace(ONE, said_at=datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ]
    assert len({words, *(message_identities(one)[1] for one in others)}) == 6
    assert message_identities(replace(ONE, metadata={"a": 1}, agent="g", app="p", caller_id="2"))[1] == words


def test_parts_cannot_flow_into_each_other() -> None:
    one = replace(ONE, session='s", "x', speaker="Ana")
    other = replace(ONE, session="s", speaker='x", "Ana')
    assert message_identities(one)[1] != message_identities(other)[1]
    assert message_identities(replace(ONE, session=None))[1] != message_identities(replace(ONE, session="null"))[1]


def test_a_call_is_its_messages_in_their_order() -> None:
    two = replace(ONE, content="grapes")
    assert call_content([ONE, two]) == call_content([ONE, two])
    assert len({call_content([ONE, two]), call_content([two, ONE]), call_content([ONE]), call_identity("k")}) == 4
