"""Whether it is known when there is no evidence."""

from pathlib import Path

import pytest

from satchel.bench import locomo, support

from .examples import locomo_sample, write


@pytest.mark.parametrize(
    ("own", "others", "area"), [([2, 3], [0, 1], 1.0), ([0], [1], 0.0), ([1], [1], 0.5), ([1, 3], [2], 0.5)]
)
def test_the_area_is_the_share_of_pairs_in_the_right_order(own: list[float], others: list[float], area: float) -> None:
    assert support.auroc(own, others) == area


def test_questions_are_put_to_their_own_space_and_to_another(tmp_path: Path) -> None:
    path = write(tmp_path / "locomo10.json", [locomo_sample(), locomo_sample(sample_id="other")])
    result = support.measure(path, locomo.load(path))
    assert (result["own"], result["others"]) == (6, 6)
    assert result["auroc"] == 0.5  # the two conversations say the same
    (table,) = support.tables(result)
    assert next(row[1] for row in table.rows) == "50.0"
