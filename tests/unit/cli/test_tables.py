"""Tables show facts, histories, entities and graphs in the columns that there are."""

from collections.abc import Sequence
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from satchel.cli.standing import in_words, remarks, since, until
from satchel.cli.tables import edge_table, entity_table, fact_table, quoted, short, step_table
from satchel.model import Edge, Entity, Graph, Source, Step, Trust

from .made import NOW, made


def shown(table: Table, *, width: int = 80) -> list[str]:
    out = Console(file=StringIO(), width=width, markup=False, highlight=False)
    out.print(table)
    assert isinstance(out.file, StringIO)
    return out.file.getvalue().splitlines()


def test_a_fact_is_a_line_with_its_times_and_the_end_of_its_id():
    fact = made("Lisbon", since="2026-03-28")
    head, line = shown(fact_table([fact]))
    assert head.split() == ["id", "fact", "since", "until", "status"]
    assert line.split() == [fact.id[-8:], "Maya", "lives", "in", "Lisbon", "2026-03-28", "now"]


def test_no_facts_are_just_a_heading():
    assert len(shown(fact_table([]))) == 1


@pytest.mark.parametrize(
    ("fact", "begins", "ends"),
    [
        (made("x", said="2026-02-02"), "by 2026-02-02", ""),
        (made("x", since="2019-01-01", precision="year"), "2019", ""),
        (made("x", since="2026-03-01", until="2026-05-01", precision="month"), "2026-03", "2026-05"),
        (made("x", status="past", until="2019-01-01"), "not known", "2019-01-01"),
        (made("x", status="past", since="2019-01-01"), "2019-01-01", "not known"),
    ],
)
def test_times_are_no_more_exact_than_they_are_known(fact: object, begins: str, ends: str):
    assert (since(fact), until(fact)) == (begins, ends)  # pyright: ignore[reportArgumentType]


def test_what_a_reader_must_know_stands_below_the_fact():
    fact = made("x", status="past", because="replaced by 'y'", conflict=True, stance="inferred", trust=Trust.UNTRUSTED)
    assert len(list(remarks(fact))) == 4
    assert "replaced by 'y'" in "\n".join(shown(fact_table([fact])))


def test_a_fact_in_words_says_its_times():
    plan = made("fly", attribute="plans", status="planned", since="2026-09-01")
    assert in_words(plan) == "Maya plans fly (since 2026-09-01, planned)"
    over = made("Boston", status="past", until="2026-03-28", said="2026-02-02")
    assert in_words(over) == "Maya lives in Boston (by 2026-02-02 until 2026-03-28)"


@pytest.mark.parametrize("value", ["x" * 500, "東京都" * 60, "a\nb\x1b[31mred", "word " * 90, "[red]no markup[/red]"])
@pytest.mark.parametrize("width", [80, 60, 200])
def test_every_line_fits_and_is_safe(value: str, width: int):
    lines = shown(fact_table([made(value, because=value)]), width=width)
    assert all(cell_len(line) <= width and line.isprintable() for line in lines)
    assert "2026-02-01" in "".join(lines)


def step(words: str, effect: str, message: str) -> Step:
    return Step(NOW, effect, f"Maya lives in {words}", Source(message, 0, len(words)), "Maya", words)


def test_a_history_quotes_the_words_where_they_stand():
    told = [step("Boston", "stated", "m-boston"), step("Lisbon", "superseded", "m-lisbon")]
    text = "\n".join(shown(step_table(told, {"m-boston": "Boston is home."})))
    assert "“«Boston» is home.”" in text
    assert "“Lisbon”" in text
    assert "superseded" in text
    assert short("m-lisbon") in text


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ("I live in Lisbon.", "Lisbon", "I live in «Lisbon»."),
        ("Lisbon", "Lisbon", "«Lisbon»"),
        ("I moved to Lisbon on Monday", "Lisbon", "I moved to «Lisbon» on Monday"),
        ("one two three four Lisbon five six seven", "Lisbon", "… three four «Lisbon» five six …"),
        ("línea\nLisbon\tfin", "Lisbon", "línea «Lisbon» fin"),
        ("abcdefghijklmnopqrstuvwxyzLisbonabcdefghijklmnopqrstuvw", "Lisbon", "… «Lisbon» …"),
    ],
)
def test_words_are_quoted_in_what_stands_around_them(content: str, words: str, told: str):
    start = content.index(words)
    assert quoted(content, start, start + len(words), before=14, after=12) == told


def entity(name: str, **aliases: str) -> Entity:
    return Entity(f"id-of-{name}", name, "person", aliases, 3, NOW, NOW)


def names(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def test_entities_say_why_another_name_is_theirs():
    text = names(shown(entity_table([entity("Tom", Tommy="a short form")])))
    assert "also Tommy: a short form" in text


def test_a_graph_shows_what_ties_its_centre_first():
    maya, anna, oslo = entity("Maya"), entity("Anna"), entity("Oslo")
    far = Edge(anna.id, "lives_in", oslo.id, made("Oslo", subject="Anna"))
    near = Edge(maya.id, "sibling", anna.id, made("Anna", attribute="sibling", qualifier="sister"))
    lines = shown(edge_table(Graph(maya.id, (anna, maya, oslo), (far, near))))
    assert lines[1].split()[:4] == ["Maya", "sibling", "(sister)", "Anna"]
    assert lines[2].split()[:4] == ["Anna", "lives", "in", "Oslo"]
