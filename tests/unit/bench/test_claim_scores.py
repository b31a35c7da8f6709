"""How found claims are matched with labelled ones."""

import pytest

from satchel.bench.claim_scores import Score, Tally, f1, match, precision, recall
from satchel.bench.labelled import Label


def label(value: str, attribute: str = "lives_in", subject: str = "user", polarity: str = "holds") -> Label:
    return Label(subject, attribute, value, polarity)


@pytest.mark.parametrize(
    ("found", "right", "strictly"),
    [
        (label("the Lisbon"), 1, 1),
        (label("city of Lisbon"), 1, 0),
        (label("Lis"), 0, 0),
        (label("Lisbon", "works_at"), 0, 0),
        (label("Lisbon", polarity="ended"), 0, 0),
        (label("Lisbon", subject="Anna"), 0, 0),
    ],
)
def test_all_but_the_value_must_be_the_same(found: Label, right: int, strictly: int):
    matched = match([label("Lisbon")], [found])
    assert (len(matched.right), matched.strictly, len(matched.missed)) == (right, strictly, 1 - right)


def test_each_label_is_found_once_and_equal_values_go_first():
    matched = match([label("Lisbon")], [label("Lisbon city"), label("lisbon"), label("Lisbon")])
    assert matched.right == (label("lisbon"),)
    assert matched.wrong == (label("Lisbon city"),)


def test_subjects_match_without_possessives():
    assert match([label("Lisbon", subject="my sister")], [label("Lisbon", subject="Sister")]).right


def test_the_tally_counts_by_attribute_and_file_and_what_was_kept_clean():
    tally = Tally()
    tally.add("a", match([label("Lisbon"), label("Quill", "pet")], [label("in Lisbon"), label("Acme", "works_at")]))
    tally.add("b", match([], []))
    tally.add("b", match([], [label("Oslo")]))
    assert (tally.quiet, tally.clean) == (2, 1)
    assert tally.total == Score(expected=2, found=3, right=1, strictly_right=0)
    assert tally.attributes["lives_in"] == Score(expected=1, found=2, right=1, strictly_right=0)
    assert tally.attributes["pet"] == Score(expected=1, found=0, right=0, strictly_right=0)
    assert tally.files["b"] == Score(expected=0, found=1, right=0, strictly_right=0)


def test_shares_are_of_what_was_found_and_of_what_was_expected():
    score = Score(expected=4, found=2, right=2, strictly_right=1)
    assert (precision(score), recall(score), f1(score)) == (1.0, 0.5, pytest.approx(2 / 3))
    assert (precision(score, strict=True), recall(score, strict=True)) == (0.5, 0.25)
    nothing = Score(expected=0, found=0, right=0, strictly_right=0)
    assert (precision(nothing), recall(nothing), f1(nothing)) == (1.0, 1.0, 0.0)
