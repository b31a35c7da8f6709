"""Which messages' own words are in a context: the check that evidence really reaches the prompt.

A message counts when a record quoted in the context cites it and its words are found in the context's text:

- all of its words; or
- where the record is the message itself and the message is too long to be quoted whole, all of the excerpt: the
  characters that the record's source names.

Words are compared after removing control and direction characters and making every run of white space one space, since
the block does the like with them. An excerpt that was cut shorter than its source does not count, nor does a
derived record that tells the same in other words, nor a record that cites more than `MOST_SOURCES` messages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from satchel.model import Context, Hit, Source

MOST_SOURCES = 3
"""Distinct messages that a record may cite and still count as evidence: one that cites all of them finds nothing."""

_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Ids of the messages that are in a context, whole or at least as an excerpt."""

    messages: frozenset[str]
    in_part: frozenset[str]
    """Those of them of which only an excerpt is there."""


def cited(hit: Hit) -> frozenset[str]:
    """Return the ids of the messages that a hit counts for; none when it cites more than `MOST_SOURCES`."""
    ids = frozenset(source.message_id for source in hit.sources)
    return ids if len(ids) <= MOST_SOURCES else frozenset()


def quoted(context: Context, contents: Mapping[str, str]) -> Quoted:
    """Return which messages the context quotes; `contents` are the words of each, as they were said."""
    text = plain(context.text)
    pairs = [
        (hit, source) for hit in context.hits if cited(hit) for source in hit.sources if source.message_id in contents
    ]
    whole = {source.message_id for _, source in pairs if plain(contents[source.message_id]) in text}
    excerpts = {
        source.message_id
        for hit, source in pairs
        if hit.kind == "message" and _excerpt(contents[source.message_id], source) in text
    }
    return Quoted(frozenset(whole | excerpts), frozenset(excerpts - whole))


def plain(text: str) -> str:
    """Return a text without hidden characters, with one space for each run of white space."""
    return " ".join(_HIDDEN.sub("", text).split())


def _excerpt(content: str, source: Source) -> str:
    """Return the words of the source; of an empty one a text that is nowhere."""
    return plain(content[source.start : source.end]) or "\0"
