"""What rests on what, and what is left when a message is forgotten."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from satchel.extract.claim import Reading
from satchel.model import Trust
from satchel.truth.facts import facts
from satchel.truth.graph import entities
from satchel.truth.knowledge import Knowledge
from satchel.truth.profile import profile_facts

from .drawing import drawn_stories
from .making import claim, day, denied, found, knowing, left, lives, messages, named, said, standing, values

JOB = said(10, claim("works_at", "Acme"))
WELDER = said(12, claim("job_title", "welder"))
QUIT = said(30, claim("works_at", "Acme", polarity="ended"))
COLLEAGUE = said(20, claim("colleague", "Priya"))
STORY = (JOB, WELDER, COLLEAGUE, QUIT)


def forgetting(gone: Reading, *story: Reading) -> Knowledge:
    """Return what is known after a message was forgotten, from what was known before."""
    return knowing(*story).updated({one.message_id: one for one in story if one is not gone})


def shown(knowledge: Knowledge) -> object:
    return [
        (attribute, on, found(knowledge, attribute, on=on, past=True))
        for attribute in ("works_at", "job_title", "colleague", "lives_in", "likes")
        for on in (5, 15, 25, 35)
    ]


def test_forgetting_the_superseding_source_makes_the_old_value_true_again() -> None:
    old, new = said(10, lives("Boston")), said(20, lives("Lisbon"))
    left_over = forgetting(new, old, new)
    assert values(left_over) == ["Boston"]
    assert found(left_over, past=True) == found(knowing(old), past=True)


def test_forgetting_an_ending_or_a_correction_undoes_it() -> None:
    told, ended = said(10, lives("Boston")), said(20, left("Boston"))
    corrected = said(20, denied("lives_in", "Boston"), lives("Lisbon", stance="corrected"))
    for gone in (ended, corrected):
        assert values(knowing(told, gone)) != ["Boston"]
        assert found(forgetting(gone, told, gone), past=True) == found(knowing(told), past=True)


def test_forgetting_one_of_two_sources_keeps_the_fact_on_the_other() -> None:
    first, again = said(10, lives("Lisbon")), said(20, lives("Lisbon"))
    (both,) = found(knowing(first, again))
    for gone, kept in ((first, again), (again, first)):
        (fact,) = found(forgetting(gone, first, again))
        assert (fact.id, fact.value, fact.status) == (both.id, "Lisbon", "current")
        assert messages(fact) == [kept.message_id]
    assert found(forgetting(first, first)) == []


def test_what_rests_on_a_fact_is_unknown_once_that_ended_and_says_why() -> None:
    (before,), (after,) = (found(knowing(*STORY), "job_title", on=on) for on in (20, 31))
    assert (before.status, after.status) == ("current", "unknown")
    (premise,) = [one for one in found(knowing(*STORY), "works_at", past=True) if one.subject == "user"]
    assert after.premises == (premise.id,)
    assert after.because == "it rested on 'user works at Acme', which ended"


def test_what_was_said_again_after_the_end_of_its_premise_holds_on() -> None:
    still = said(40, claim("job_title", "welder"))
    assert standing(knowing(*STORY, still), "job_title", on=41) == {"welder": "current"}


def test_what_is_shared_is_inferred_from_both_premises() -> None:
    (inferred,) = found(knowing(JOB, COLLEAGUE), "works_at", on=25)[:1]
    assert (inferred.subject, inferred.value, inferred.stance) == ("Priya", "Acme", "inferred")
    (link,), (own,) = found(knowing(JOB, COLLEAGUE), "colleague"), found(knowing(JOB), "works_at")
    assert set(inferred.premises) == {link.id, own.id}
    assert set(messages(inferred)) == {JOB.message_id, COLLEAGUE.message_id}


def test_an_inferred_fact_is_unknown_once_a_premise_ended() -> None:
    told = {one.subject: one.status for one in found(knowing(*STORY), "works_at", past=True)}
    assert told == {"Priya": "unknown", "user": "past"}


def test_what_a_person_says_goes_before_what_is_inferred() -> None:
    own = said(21, claim("works_at", "Globex", of=named("Priya")))
    assert {one.subject: one.value for one in found(knowing(JOB, COLLEAGUE, own), "works_at")} == {
        "user": "Acme",
        "Priya": "Globex",
    }


def test_forgetting_a_premise_takes_what_was_inferred_from_it() -> None:
    story = (JOB, WELDER, COLLEAGUE)
    for gone in (JOB, COLLEAGUE):
        left_over = forgetting(gone, *story)
        assert "Priya" not in {one.subject for one in found(left_over, "works_at", past=True)}
        assert shown(left_over) == shown(knowing(*(one for one in story if one is not gone)))


def test_forgetting_a_premise_leaves_no_trace_of_it_in_what_rested_on_it() -> None:
    (title,) = found(forgetting(JOB, JOB, WELDER), "job_title", on=20)
    assert (title.premises, title.because) == ((), None)
    (restored,) = found(forgetting(QUIT, *STORY), "job_title", on=35)
    assert restored.status == "current"


def test_trust_is_the_least_of_all_sources_and_of_what_ended_it() -> None:
    told, quoted = said(10, lives("Boston")), said(20, lives("Lisbon"), trust=Trust.MODEL)
    boston, lisbon = found(knowing(told, quoted), past=True)
    assert (boston.trust, lisbon.trust) == (Trust.MODEL, Trust.MODEL)


def test_only_the_slots_that_a_change_touches_are_folded_again() -> None:
    before = knowing(*STORY)
    assert shown(before)
    more = said(50, claim("likes", "tea"))
    after = before.updated({one.message_id: one for one in (*STORY, more)})
    assert shown(after) == shown(knowing(*STORY, more))
    assert (before.folded, after.folded) == (3, 2)  # a like also says something of dislikes
    assert shown(before) == shown(knowing(*STORY))


def test_what_was_known_at_a_time_leaves_out_later_messages() -> None:
    assert [one.value for one in found(knowing(*STORY).known_at(day(15)), "job_title")] == ["welder"]
    assert found(knowing(*STORY).known_at(day(15)), "colleague", past=True) == []


def whole(knowledge: Knowledge) -> object:
    moments = [day(on) for on in (3, 8, 30)]
    told = [(facts(knowledge, as_of=one, past=True), profile_facts(knowledge, as_of=one)) for one in moments]
    return told, entities(knowledge.resolution)


ANY = drawn_stories(["lives_in", "works_at", "job_title", "colleague", "partner", "likes", "dislikes"], others=True)
THOROUGH = settings(max_examples=150, deadline=None, derandomize=True)


@THOROUGH
@given(story=ANY.filter(bool), data=st.data())
def test_without_a_message_all_is_as_if_it_had_never_been(story: Sequence[Reading], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(story))
    rest = [one for one in story if one is not gone]
    assert whole(forgetting(gone, *story)) == whole(knowing(*rest))


@THOROUGH
@given(story=ANY, data=st.data())
def test_readings_that_come_one_by_one_in_any_order_give_what_they_give_at_once(
    story: Sequence[Reading], data: st.DataObject
) -> None:
    knowledge = knowing()
    for one in data.draw(st.permutations(story)):
        knowledge = knowledge.updated({**knowledge.readings, one.message_id: one})
    assert whole(knowledge) == whole(knowing(*story))


@THOROUGH
@given(story=ANY, known_at=st.integers(0, 14))
def test_what_was_known_then_is_what_had_come_by_then(story: Sequence[Reading], known_at: int) -> None:
    by_then = [one for one in story if one.known_at <= day(known_at)]
    assert whole(knowing(*story).known_at(day(known_at))) == whole(knowing(*by_then))
