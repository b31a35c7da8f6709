"""What a space knows, as tables for reading: facts, steps of a history, entities, edges, what is due, what changed.

A table takes the width that the console has; its cells are words from a memory, so each is made safe.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from satchel.agenda import Change, Due
from satchel.cli.output import minute, one_line
from satchel.cli.standing import day, remarks, since, status, until
from satchel.model import Entity, Fact, Graph, Step

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

ENDING = 8
"""How many of the last characters of an id stand in a table; commands take them for the whole."""
_BEFORE, _AFTER = 48, 64
_STYLES = {"past": "dim", "planned": "italic", "unknown": "yellow"}


def short(identity: str) -> str:
    """Return the end of an id, by which the commands find it."""
    return identity[-ENDING:]


def fact_table(facts: Iterable[Fact]) -> "Table":
    """Return facts as a table: the sentence, since when, until when, whether it holds."""
    table = _table("id", "fact", "since", "until", "status", wide={"fact"})
    for fact in facts:
        style = _STYLES.get(fact.status, "")
        sentence = _lines((one_line(fact.text), style), *((one, "dim") for one in remarks(fact)))
        cells = (short(fact.id), since(fact), until(fact), status(fact))
        identity, begins, ends, standing = (_lines((cell, style)) for cell in cells)
        table.add_row(identity, sentence, begins, ends, standing)
    return table


def step_table(steps: Sequence[Step], contents: Mapping[str, str]) -> "Table":
    """Return the steps of a history as a table; `contents` are the messages' words, by message id."""
    table = _table("said", "did", "fact and words", "by", "message", wide={"fact and words"})
    for step in steps:
        content = contents.get(step.source.message_id, "")
        words = quoted(content, step.source.start, step.source.end) if content else one_line(step.words)
        told = _lines((one_line(step.text), ""), (f"“{words}”", "dim"))
        cells = (minute(step.at), step.effect)
        ends = (one_line(step.speaker or ""), short(step.source.message_id))
        table.add_row(*(_lines((cell, "")) for cell in cells), told, *(_lines((cell, "")) for cell in ends))
    return table


def entity_table(entities: Sequence[Entity]) -> "Table":
    """Return entities as a table, with their other names and why these are theirs."""
    table = _table("id", "name", "kind", "mentions", "first said", "last said", wide={"name"})
    for one in entities:
        aliases = ((f"also {one_line(alias)}: {one_line(why)}", "dim") for alias, why in one.aliases.items())
        name = _lines((one_line(one.name), "bold"), *aliases)
        cells = (str(one.mentions), day(one.first_said_at), day(one.last_said_at))
        table.add_row(_lines((short(one.id), "")), name, *(_lines((cell, "")) for cell in (one_line(one.kind), *cells)))
    return table


def edge_table(graph: Graph) -> "Table":
    """Return the edges of a graph as a table, those of its centre first."""
    names = {one.id: one_line(one.name) for one in graph.entities}
    table = _table("from", "is tied by", "to", "since", "status", "id", wide={"from", "to"})
    for edge in sorted(graph.edges, key=lambda one: graph.centre not in (one.source, one.target)):
        ends = (names.get(edge.source, short(edge.source)), names.get(edge.target, short(edge.target)))
        cells = (ends[0], title(edge.fact), ends[1], since(edge.fact), status(edge.fact), short(edge.fact.id))
        table.add_row(*(_lines((cell, "")) for cell in cells))
    return table


def due_table(due: Iterable[Due]) -> "Table":
    """Return what is coming as a table: when, in the space's time zone, and what."""
    table = _table("when", "what", "kind", "id", wide={"what"})
    for one in due:
        style = "bold red" if one.overdue else ""
        kind = "overdue" if one.overdue else one.kind.replace("_", " ")
        cells = (one.when.replace("T", " "), one_line(one.what), kind, short(one.fact_id))
        table.add_row(*(_lines((cell, style)) for cell in cells))
    return table


def change_table(changes: Iterable[Change]) -> "Table":
    """Return what changed as a table: when it was known, what it did, and why."""
    table = _table("known", "effect", "what", "id", wide={"what"})
    for one in changes:
        what = _lines((one_line(one.text), ""), *[(one_line(one.because), "dim")] if one.because else [])
        cells = (_lines((cell, "")) for cell in (minute(one.at), one.effect))
        table.add_row(*cells, what, _lines((short(one.fact_id or ""), "")))
    return table


def title(fact: Fact) -> str:
    """Return what a fact says of its subject, in words: `lives in`, `sibling (sister)`."""
    name = one_line(fact.attribute.replace("_", " "))
    return f"{name} ({one_line(fact.qualifier)})" if fact.qualifier else name


def quoted(content: str, start: int, end: int, *, before: int = _BEFORE, after: int = _AFTER) -> str:
    """Return words of a message, in «», within so many characters of what stands around them."""
    lead, words, tail = content[:start], content[start:end], content[end:]
    opening = f"… {one_line(lead[-before:].partition(' ')[2])}" if len(lead) > before else one_line(lead)
    closing = f"{one_line(tail[:after].rpartition(' ')[0])} …" if len(tail) > after else one_line(tail)
    left = " " if lead[-1:].isspace() and not opening.endswith(" ") else ""
    right = " " if tail[:1].isspace() and not closing.startswith(" ") else ""
    return f"{opening}{left}«{one_line(words)}»{right}{closing}".strip()


def _table(*columns: str, wide: set[str]) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        is_wide = name in wide
        table.add_column(name, overflow="fold", no_wrap=not is_wide, ratio=1 if is_wide else None)
    return table


def _lines(*parts: tuple[str, str]) -> "Text":
    from rich.text import Text

    return Text("\n").join(Text(text, style=style) for text, style in parts)
