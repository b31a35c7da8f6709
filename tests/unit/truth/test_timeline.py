"""The fold of one slot, for any claims on it: what must hold of its stretches whatever was said."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from satchel.extract.claim import Reading
from satchel.truth.evidence import FOREVER, Evidence
from satchel.truth.timeline import Stretch, fold

from .drawing import drawn_stories
from .making import claim, day, said

THOROUGH = settings(max_examples=300, deadline=None, derandomize=True)
stories = drawn_stories(["lives_in"])


def evidence(story: Sequence[Reading]) -> list[Evidence]:
    return [Evidence(one, reading, number) for reading in story for number, one in enumerate(reading.claims)]


def running(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that hold at some time."""
    return [one for one in stretches if not one.cancelled and one.start < one.stop]


def folded(story: Sequence[Reading]) -> list[Stretch]:
    return fold(evidence(story), one=True, parts=True)


@THOROUGH
@given(story=stories)
def test_at_most_one_value_holds_at_a_time(story: Sequence[Reading]) -> None:
    ordered = running(folded(story))
    assert all(one.stop <= after.start for one, after in pairwise(ordered)), ordered


@THOROUGH
@given(story=stories, one=st.booleans())
def test_every_stretch_has_sources_that_were_said_and_none_runs_backwards(
    story: Sequence[Reading], *, one: bool
) -> None:
    ids = {reading.message_id for reading in story}
    for stretch in fold(evidence(story), one=one, parts=True):
        assert stretch.start <= stretch.stop
        assert stretch.sources
        assert all(source.effect in ("holds", "planned", "ended") for source in stretch.sources)
        assert {source.reading.message_id for source in (*stretch.sources, *stretch.ended_by)} <= ids


@THOROUGH
@given(story=stories, one=st.booleans(), data=st.data())
def test_the_order_of_the_claims_plays_no_part(story: Sequence[Reading], *, one: bool, data: st.DataObject) -> None:
    said_so = evidence(story)
    shuffled = data.draw(st.permutations(said_so))
    assert fold(shuffled, one=one, parts=True) == fold(said_so, one=one, parts=True)


@THOROUGH
@given(story=stories, one=st.booleans(), data=st.data())
def test_folding_leaves_the_claims_as_they_were(story: Sequence[Reading], *, one: bool, data: st.DataObject) -> None:
    said_so = evidence(story)
    first = fold(said_so, one=one, parts=True)
    fold(data.draw(st.permutations(said_so)), one=one, parts=True)
    assert said_so == evidence(story)
    assert fold(said_so, one=one, parts=True) == first


@THOROUGH
@given(story=stories.filter(bool), one=st.booleans(), data=st.data())
def test_a_claim_that_says_nothing_of_what_is_true_changes_nothing(
    story: Sequence[Reading], *, one: bool, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(evidence(story)))
    modality = data.draw(st.sampled_from(["wished", "hypothetical", "asked", "quoted"]))
    mute = replace(chosen, claim=replace(chosen.claim, modality=modality), number=9)
    assert fold([*evidence(story), mute], one=one, parts=True) == fold(evidence(story), one=one, parts=True)


@THOROUGH
@given(story=stories)
def test_a_value_that_was_never_denied_ended_or_replaced_holds_on(story: Sequence[Reading]) -> None:
    """What is stated last, of now and without an end, is what holds from then on, until a dated plan begins."""
    last = said(20, claim("lives_in", "Rome"))
    stretches = running(folded([*story, last]))
    (now,) = [one for one in stretches if one.start <= day(20) < one.stop]
    assert (now.key, now.stop) == ("rome", FOREVER)


def test_a_correction_about_a_time_before_what_it_corrects_leaves_no_overlap() -> None:
    story = [said(1, claim("lives_in", "Porto")), said(20, claim("lives_in", "Lisbon"))]
    past = claim("lives_in", "Boston", stance="corrected", ends=15)
    ordered = running(folded([*story, said(30, past)]))
    assert all(one.stop <= after.start for one, after in pairwise(ordered)), ordered
