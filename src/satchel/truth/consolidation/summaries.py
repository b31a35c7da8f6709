"""What is known of someone or something, or was said in a week, in a few sentences that are all from messages.

Nothing is made up: a sentence is that of a fact, or words that somebody said. Values of one attribute share a sentence.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from zoneinfo import ZoneInfo

from satchel.extract.instants import from_micros, to_micros
from satchel.findings import Summary, Told
from satchel.model import Fact, Message, Source, Trust
from satchel.retrieve.terms import message_terms, words
from satchel.sentences import sentences
from satchel.truth.evidence import Evidence
from satchel.truth.facts import fact, facts
from satchel.truth.knowledge import Held, Knowledge

MOST_SENTENCES = 8
MOST_QUOTES = 3
MOST_LEARNED = 6
_MOST_VALUES = 5
_LAST = 1_000
"""The place of what is not in the profile: behind all that is."""
_LONGEST_QUOTE = 300
_LEAST_TERMS = 3
_SAID_ALREADY = 0.2
"""How much a word counts in a sentence when another sentence has it already."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of a summary, with what tells its times and trust."""

    told: Told
    said_at: tuple[datetime, ...]
    trust: Trust


def entity_summary(
    knowledge: Knowledge, key: str, name: str, mentioning: Sequence[Message], *, as_of: int
) -> Summary | None:
    """Return what is known of an entity at a moment; None when nothing is.

    Args:
        knowledge: what the space knows.
        key: of the entity.
        name: what it is called.
        mentioning: messages that name it, for what is not a fact; the latest are quoted when few facts are known.
        as_of: the moment, in microseconds.
    """
    own = facts(knowledge, as_of=as_of, subjects={key})
    lines = _fact_lines(knowledge, [*own, *_tying(knowledge, key, as_of)])[:MOST_SENTENCES]
    room = MOST_QUOTES - len(lines)
    told = _sources(lines)
    lines += [_quote(one, span) for one, span in _naming(name, mentioning) if _may_quote(one, span, told)][
        : max(room, 0)
    ]
    return _summary(name, lines)


def week_summary(
    knowledge: Knowledge,
    said: Sequence[Message],
    week: tuple[int, int],
    worth: Callable[[Iterable[int]], Mapping[int, float]],
    *,
    title: str,
    as_of: int,
) -> Summary | None:
    """Return what was learned in a week, and the sentences that tell most of it; None when nothing was said.

    Args:
        knowledge: what the space knows.
        said: the messages of the week that people said.
        week: when it begins and ends, in microseconds.
        worth: gives for terms how much information each carries in this space.
        title: of the summary.
        as_of: the moment that facts are looked at from.
    """
    learned = _learned(knowledge, week, as_of)
    lines = _fact_lines(knowledge, learned)[:MOST_LEARNED]
    quotes = [_quote(one, span) for one, span in _telling(said, worth, _sources(lines))]
    return _summary(title, [*lines, *quotes])


def week_of(day: datetime, zone: ZoneInfo) -> tuple[int, int, str]:
    """Return when the ISO week of a moment begins and ends in a zone, in microseconds, and its name (2026-W12)."""
    local = day.astimezone(zone)
    year, number, _ = local.isocalendar()
    first, after = (
        datetime.fromisocalendar(*one, 1).replace(tzinfo=zone) for one in ((year, number), _next(year, number))
    )
    return to_micros(first.astimezone(UTC)), to_micros(after.astimezone(UTC)), f"{year}-W{number:02}"


def _next(year: int, week: int) -> tuple[int, int]:
    last = datetime(year, 12, 28, tzinfo=UTC).isocalendar().week
    return (year, week + 1) if week < last else (year + 1, 1)


def _tying(knowledge: Knowledge, key: str, as_of: int) -> list[Fact]:
    """Return the facts of others whose value is the entity."""
    found = (fact(knowledge, one, as_of=as_of) for one in knowledge.held() if _meant(knowledge, one) == key)
    return [one for one in found if one is not None]


def _meant(knowledge: Knowledge, held: Held) -> str | None:
    evidence: Evidence = held.stretch.sources[0]
    return knowledge.resolution.value(evidence.claim, evidence.reading)


def _learned(knowledge: Knowledge, week: tuple[int, int], as_of: int) -> list[Fact]:
    found = (fact(knowledge, one, as_of=as_of) for one in knowledge.held())
    first, after = map(from_micros, week)
    return [one for one in found if one is not None and first <= one.said_at < after]


def _fact_lines(knowledge: Knowledge, given: Sequence[Fact]) -> list[_Line]:
    """Return sentences for what holds or is planned, values of one attribute together, the most important first."""
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for one in sorted(given, key=lambda one: (-one.mentions, -one.confirmed_at.timestamp(), one.id)):
        if one.status in ("current", "planned"):
            group = groups.setdefault((one.subject, one.attribute, one.qualifier or ""), [])
            if one.id not in {other.id for other in group}:
                group.append(one)
    order = {
        name: one.profile if one.profile is not None else _LAST for name, one in knowledge.catalogue.attributes.items()
    }
    ranked = sorted(groups.items(), key=lambda pair: (order.get(pair[0][1], _LAST), pair[0]))
    return [_together(knowledge, group[:_MOST_VALUES]) for _, group in ranked]


def _together(knowledge: Knowledge, group: Sequence[Fact]) -> _Line:
    first = group[0]
    *most, last = [one.value for one in group]
    values = f"{', '.join(most)} and {last}" if most else last
    sentence = knowledge.catalogue[first.attribute].phrase(first.subject, values, first.qualifier)
    sources = tuple(dict.fromkeys(source for one in group for source in one.sources))
    times = tuple(at for one in group for at in (one.said_at, one.confirmed_at))
    return _Line(Told(_ended(sentence), sources), times, Trust(min(one.trust for one in group)))


def _ended(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."


def _naming(name: str, mentioning: Sequence[Message]) -> list[tuple[Message, tuple[int, int]]]:
    """Return the sentences that have a name, the latest message's first, one of each."""
    wanted = list(words(name))
    found: list[tuple[Message, tuple[int, int]]] = []
    for message in sorted(mentioning, key=lambda one: (one.said_at, one.turn, one.content), reverse=True):
        spans = sentences(message.content)
        having = [span for span in spans if set(wanted) <= set(words(message.content[slice(*span)]))]
        found += [(message, span) for span in having[:1]]
    return found


def _telling(
    said: Sequence[Message], worth: Callable[[Iterable[int]], Mapping[int, float]], told: Collection[Source]
) -> list[tuple[Message, tuple[int, int]]]:
    """Return the sentences that tell most of what was talked about and not told yet, in the order they were said in.

    Words count by how much information they carry here and how often the week has them; each once (Nenkova and
    Vanderwende, "The impact of frequency on summarization", 2005, do so with frequency alone).
    """
    spans = [(one, span) for one in said for span in sentences(one.content) if _may_quote(one, span, told)]
    terms = [frozenset(message_terms(one.content[slice(*span)], one.language)) for one, span in spans]
    often: dict[int, int] = {}
    for found in terms:
        for term in found:
            often[term] = often.get(term, 0) + 1
    value = {term: sqrt(often[term]) * known for term, known in worth(often).items()}
    chosen: list[int] = []
    left = [number for number, found in enumerate(terms) if len(found) >= _LEAST_TERMS]
    while left and len(chosen) < MOST_QUOTES:
        best = max(left, key=lambda number: (_gain(terms[number], value), -number))
        chosen.append(best)
        left.remove(best)
        value |= {term: value[term] * _SAID_ALREADY for term in terms[best]}
    return [spans[number] for number in sorted(chosen)]


def _gain(terms: frozenset[int], value: Mapping[int, float]) -> float:
    return sum(value[term] for term in sorted(terms)) / sqrt(len(terms))


def _may_quote(message: Message, span: tuple[int, int], told: Collection[Source]) -> bool:
    """Whether a sentence is worth quoting: it asks nothing, is not long, and has none of the words told already."""
    start, end = span
    asks = message.content[start:end].rstrip("'\")").endswith("?")
    known = any(one.message_id == message.id and one.start < end and start < one.end for one in told)
    return not asks and not known and end - start <= _LONGEST_QUOTE


def _sources(lines: Iterable[_Line]) -> frozenset[Source]:
    return frozenset(source for one in lines for source in one.told.sources)


def _quote(message: Message, span: tuple[int, int]) -> _Line:
    quoted = " ".join(message.content[slice(*span)].split())
    who = message.speaker or message.role
    told = Told(f"{who} on {message.said_at:%Y-%m-%d}: “{quoted}”", (Source(message.id, *span),))
    return _Line(told, (message.said_at,), message.trust)


def _summary(title: str, lines: Sequence[_Line]) -> Summary | None:
    if not lines:
        return None
    times = [at for one in lines for at in one.said_at]
    trust = Trust(min(one.trust for one in lines))
    return Summary(title, tuple(one.told for one in lines), min(times), max(times), trust)
