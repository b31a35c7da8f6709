"""Scoring of time expressions, on made-up cases."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from satchel.bench.time import Answer, measure, own, score, tables
from satchel.bench.time_cases import ZONE, Case, Expected, load
from satchel.errors import InvalidInput

SAID = datetime(2016, 11, 7, tzinfo=ZONE)


def result(text: str, start: int, kind: str, **future: str) -> dict[str, object]:
    value = {"Timex": "", "FutureResolution": future, "PastResolution": future}
    return {"Text": text, "Type": kind, "Start": start, "Length": len(text), "Value": value}


def write(folder: Path, *cases: dict[str, object], name: str = "DateParser.json") -> Path:
    path = folder / name
    path.write_text("\ufeff" + json.dumps(cases), encoding="utf-8")
    return path


def case(text: str, *results: dict[str, object]) -> dict[str, object]:
    return {"Input": text, "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"}, "Results": list(results)}


def test_cases_without_a_value_of_the_calendar_are_left_out_and_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        case("back tomorrow", result("tomorrow", 5, "date", date="2016-11-08")),
        case("Feb 30", result("Feb 30", 0, "date", date="0001-01-01")),
        case("in two weeks"),
        case("noon", result("noon", 0, "time", time="12:00:00")),
    )
    cases, left_out = load(path)
    assert [one.text for one in cases] == ["back tomorrow"]
    assert sorted(left_out.values()) == [1, 1, 1]


def test_place_and_value_are_scored_apart() -> None:
    right = (datetime(2016, 11, 8, tzinfo=ZONE), None)
    wrong = (datetime(2016, 11, 9, tzinfo=ZONE), None)
    cases = [Case("back tomorrow now", SAID, [Expected(5, 13, "date", (right,))])]
    answers = {
        "both": Answer(5, 13, (right,)), "value": Answer(5, 17, (wrong, right)), "place": Answer(5, 13, (wrong,)),
        "neither": Answer(0, 4, (right,)),
    }  # fmt: skip
    scores = {name: score("f", cases, name, lambda *_, one=one: [one]) for name, one in answers.items()}
    counted = {name: (one["both"], one["right"], one["placed"]) for name, one in scores.items()}
    assert counted == {"both": (1, 1, 1), "value": (0, 1, 0), "place": (0, 0, 1), "neither": (0, 0, 0)}


def test_a_preposition_does_not_move_an_expression_and_either_tense_counts() -> None:
    past, future = datetime(2016, 11, 4, tzinfo=ZONE), datetime(2016, 11, 11, tzinfo=ZONE)
    for value in (past, future):
        cases = [Case("I'll go back on Friday", SAID, [Expected(16, 22, "date", ((value, None),))])]
        assert score("f", cases, "own", own)["both"] == 1


def test_a_span_may_end_on_its_last_day_or_the_day_after() -> None:
    start = datetime(2016, 11, 4, tzinfo=ZONE)
    for number in (22, 23):
        value = (start, datetime(2016, 11, number, tzinfo=ZONE))
        cases = [Case("out from 4 to 22 this month", SAID, [Expected(4, 27, "daterange", (value,))])]
        assert score("f", cases, "own", own)["both"] == 1


def test_a_folder_becomes_a_table(tmp_path: Path) -> None:
    write(tmp_path, case("back tomorrow", result("tomorrow", 5, "date", date="2016-11-08")))
    table, left_out = tables(measure(tmp_path))
    assert table.rows[0][:6] == ["DateParser", "satchel", "1", "100.0", "100.0", "100.0"]
    assert left_out.rows == []


def test_what_is_no_folder_of_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="DateParser"):
        measure(tmp_path)
    with pytest.raises(InvalidInput, match="Recognizers"):
        load(
            write(
                tmp_path,
                {
                    "Input": "x",
                    "Results": [{"Text": "x", "Type": "date", "Value": {"FutureResolution": {"date": "2016-01-01"}}}],
                },
            )
        )
