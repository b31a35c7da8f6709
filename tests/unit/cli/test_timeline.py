"""The drawing says in characters alone when each fact was true, in the columns that there are."""

from collections.abc import Sequence
from itertools import product

import pytest
from rich.cells import cell_len

from satchel.cli.timeline import NARROWEST, PLAIN, Marks, draw, marks_for
from satchel.model import Fact

from .made import NOW, at, made

MARKS = Marks()
BOSTON = made("Boston", status="past", until="2026-03-28", said="2026-02-02")
LISBON = made("Lisbon", since="2026-03-28", said="2026-03-31")


def drawn(facts: Sequence[Fact], *, width: int = 80, marks: Marks = MARKS) -> list[str]:
    return [line.text for line in draw(facts, now=NOW, width=width, marks=marks)]


def bar(facts: Sequence[Fact], value: str) -> str:
    return next(line for line in drawn(facts) if line.startswith(f"  {value}"))


def test_no_facts_draw_nothing():
    assert drawn([]) == []


def test_a_supersession_is_one_line_each_under_one_heading_and_an_axis():
    months, years = drawn([BOSTON, LISBON])[1], drawn([BOSTON, LISBON])[0]
    assert "2026" in years
    assert months.split() == ["Mar", "Apr", "May", "Jun", "now"]
    assert drawn([BOSTON, LISBON])[2] == "Maya: lives in"
    assert len([line for line in drawn([BOSTON, LISBON]) if line.startswith("  ") and "o" in line[:8]]) == 2
    before, after = bar([BOSTON, LISBON], "Boston"), bar([BOSTON, LISBON], "Lisbon")
    assert before.endswith(MARKS.past)
    assert after.endswith(MARKS.still)
    assert len(before) - 1 == after.index(MARKS.current)


def test_what_was_true_before_it_was_said_has_an_uncertain_beginning():
    assert bar([BOSTON, LISBON], "Boston").split()[1].startswith(f"{MARKS.unsure}{MARKS.past}")
    assert MARKS.unsure not in bar([BOSTON, LISBON], "Lisbon")


def test_a_plan_is_dotted_and_stands_after_now():
    plan = made("fly", attribute="plans", status="planned", since="2026-09-01", until="2026-10-01")
    line = bar([LISBON, plan], "fly")
    assert set(line.split()[1]) == {MARKS.planned}
    months = drawn([LISBON, plan])[1]
    assert months.index("now") < line.index(MARKS.planned)


def test_what_rests_on_something_that_ended_is_drawn_as_uncertain():
    assert MARKS.unknown in bar([made("engineer", status="unknown")], "engineer")


def test_an_event_is_a_point_and_not_a_state_that_lasts():
    visit = made("Porto", attribute="visited", since="2026-04-01")
    shown = [one.text for one in draw([visit, LISBON], now=NOW, width=80, events={"visited"})]
    assert next(one for one in shown if one.startswith("  Porto")).split()[1] == MARKS.current


def test_the_legend_explains_just_what_was_drawn():
    legend = drawn([LISBON])[-1]
    assert legend == f"{MARKS.current} true now   {MARKS.still} no end known"
    assert "past" in drawn([BOSTON])[-1]


def test_one_fact_without_dates_fills_the_time_since_it_was_said():
    line = bar([made("Lisbon")], "Lisbon")
    assert line.split()[1] == MARKS.unsure + MARKS.current * (len(line.split()[1]) - 2) + MARKS.still


def test_a_fact_said_just_now_can_be_seen():
    assert MARKS.current in bar([made("Lisbon", said="2026-07-01")], "Lisbon")


def test_facts_all_over_before_they_were_said_can_be_seen():
    assert MARKS.past in bar([made("Paris", status="past", until="2019-01-01")], "Paris")


AWKWARD = [
    made("x" * 500, since="2020-01-01"),
    made("東京都千代田区" * 20, since="2024-01-01"),
    made("a\nb\x1b[31m", qualifier="in\nthe evening"),
    made("🦊" * 9, subject="日本" * 40, attribute="favorite"),
    made("long ago", status="past", since="0001-01-01", until="0002-01-01"),
    made("for ever", since="2026-01-01", until="9999-12-31"),
    made("no end", status="past"),
    made("backwards", status="past", since="2026-05-01", until="2026-04-01"),
]


@pytest.mark.parametrize(("facts", "width"), list(product([[one] for one in AWKWARD] + [AWKWARD], [80, 40, 1, 200])))
def test_every_line_fits_the_terminal_and_is_safe(facts: list[Fact], width: int):
    for line in drawn(facts, width=width):
        assert cell_len(line) <= max(width, NARROWEST)
        assert line.isprintable()


def test_facts_of_a_minute_and_of_centuries_have_an_axis():
    assert "now" in drawn([made("x", said="2026-07-01")])[1]
    ancient = drawn([made("Rome", since="1950-01-01"), LISBON])
    assert ancient[0].split()[0].isdigit()


def test_bars_of_groups_stand_on_one_axis():
    job = made("Maré Labs", attribute="works_at", since="2026-03-28")
    assert bar([LISBON, job], "Lisbon").index(MARKS.current) == bar([LISBON, job], "Maré").index(MARKS.current)


def test_a_terminal_without_block_characters_gets_plain_ones():
    assert marks_for("ascii") is PLAIN
    assert marks_for("utf-8") == MARKS
    assert marks_for(None) is PLAIN
    assert all(line.isascii() for line in drawn([BOSTON, LISBON], marks=PLAIN))


def test_what_began_before_the_axis_is_marked():
    old = made("old", since="1700-01-01", said="2026-06-01")
    assert bar([old], "old").split()[1].startswith(MARKS.earlier)
    assert at("1700-01-01") == old.valid_from
