"""Truth suites: read, run, counted and printed, on made-up dialogues."""

from pathlib import Path

import pytest

from satchel.bench import results, truth
from satchel.bench.truth import load, run
from satchel.bench.truth_tables import explained, read_truth, suite_line, truth_result, truth_tables
from satchel.errors import InvalidInput

from .suites import check, scenario, suite, value


def test_what_is_expected_must_be_there_and_what_is_rejected_must_not(tmp_path: Path):
    path = suite(
        tmp_path,
        scenario(
            check(expect=[value("Lisbon")], reject=["Boston"]),
            check(as_of="2025-02-01T00:00:00Z", expect=[value("boston!")]),
            check(expect=[value("Boston")]),
            check(reject=["Lisbon"]),
            check("works_at"),
            check(),
        ),
    )
    result = run(load(path))
    assert [failure.check.expect or failure.check.reject for failure in result.failures] == [
        (truth.Expected("Boston", None, None),),
        ("Lisbon",),
        (),
    ]
    assert result.by_tag == {"plain": (3, 6)}
    assert (result.expected, result.found, result.rejected, result.slipped) == (3, 2, 2, 2)
    assert result.precision == pytest.approx(2 / 4)
    assert result.recall == pytest.approx(2 / 3)


def test_bounds_are_prefixes_of_dates(tmp_path: Path):
    bounds = (value("Lisbon", "2025-03"), value("Lisbon", "2025-04"))
    result = run(load(suite(tmp_path, scenario(*(check(expect=[one]) for one in bounds)))))
    assert [one.missing[0].begins for one in result.failures] == ["2025-04"]


def test_a_check_may_forget_and_ask_what_was_known(tmp_path: Path):
    path = suite(
        tmp_path,
        scenario(
            check(forget=["m2"], expect=[value("Boston")], reject=["Lisbon"]),
            check(known_at="2025-02-01T00:00:00Z", expect=[value("Boston")]),
            check(known_at="2024-02-01T00:00:00Z"),
        ),
    )
    for shuffle in (None, 1, 2):
        assert not run(load(path), shuffle=shuffle).failures


def test_the_result_tells_every_failure_in_words(tmp_path: Path):
    path = suite(tmp_path, scenario(check(expect=[value("Oslo", "2024")], reject=["Lisbon", "Rome"]), tags=("a", "b")))
    scenarios = load(path)
    done = run(scenarios)
    shown = explained(done.failures[0])
    assert shown.startswith("d1 [a, b]\n  m1 2025-01-02T10:00 user: I live in Boston.")
    assert "asked: user lives_in" in shown
    assert "expected: Oslo [2024 to …] (missing)" in shown
    assert "rejected: Lisbon (there); Rome" in shown
    assert "found: Lisbon current" in shown
    results.write(tmp_path / "truth.json", truth_result(path, scenarios, done, shuffle=7))
    read = read_truth(tmp_path / "truth.json")
    assert read["failures"] == [shown]
    assert "1 scenarios, 2 messages, 1 checks, in an order of arrival from seed 7" in suite_line(read)
    checks, values = truth_tables(read)
    assert checks.rows == [["a", "0", "1", "0.0"], ["b", "0", "1", "0.0"], ["all", "0", "1", "0.0"]]
    assert list(values.rows[0][1:5]) == ["1", "0", "2", "1"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"messages": []}, "at least one"),
        ({"checks": [check(forget=["m9"])]}, "no message m9"),
        ({"checks": [{"subject": "user"}]}, r"checks\[0\].attribute"),
        ({"messages": [{"id": "m", "role": "tool", "content": "", "at": "2025-01-01"}]}, "user or assistant"),
        ({"messages": [{"id": "m", "role": "user", "content": "", "at": "soon"}]}, "at"),
    ],
)
def test_what_is_no_suite_is_refused(tmp_path: Path, changes: dict[str, object], message: str):
    with pytest.raises(InvalidInput, match=message):
        load(suite(tmp_path, scenario(check()) | changes))
    with pytest.raises(InvalidInput, match="no scenario"):
        load(suite(tmp_path))
