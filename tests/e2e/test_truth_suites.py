"""What must be true of conversations written by other hands: a floor, so that no change makes it worse unseen."""

from pathlib import Path

import pytest

from satchel.bench import truth

SUITES = Path(__file__).parent.parent / "data" / "truth"


@pytest.mark.parametrize(("name", "checks", "traps"), [("one", 0.87, 0.89), ("two", 0.81, 0.86), ("three", 0.90, 0.94)])
def test_suites_by_other_hands_pass_as_often_as_before(name: str, checks: float, traps: float) -> None:
    result = truth.run(truth.load(SUITES / f"{name}.jsonl"))
    passed, of = result.by_tag["trap"]
    assert result.passed >= checks
    assert passed / of >= traps
