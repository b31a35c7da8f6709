"""Consolidation, feedback and retention through the public face."""

from datetime import UTC, datetime, timedelta

import pytest

import satchel
from satchel.errors import InvalidInput, NotFound
from satchel.learn.retaining import retain
from satchel.store.port import RowKind
from satchel.testing import SteppingClock

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def said(text: str, days_ago: float, **rest: object) -> dict[str, object]:
    return {"role": "user", "content": text, "at": NOW - days_ago * DAY, **rest}


def kept(space: satchel.Space) -> list[str]:
    return [one.content for one in space.messages()]


def uses(space: satchel.Space) -> list[str]:
    return space._engine.read(space._place.scope, lambda view, _: list(view.ids(RowKind.USE))) or []


class TestFeedback:
    """What was found useful is fresh again; what was merely recalled is not."""

    @pytest.fixture
    def both(self, alice: satchel.Space) -> tuple[str, str]:
        """Two messages that a question finds alike, an old and a new one."""
        old, new = alice.add(
            [said("The olives are in the pantry.", 900), said("The olives are in the pantry.", 2)]
        ).message_ids
        return old, new

    def test_of_two_that_say_the_same_the_fresher_stands_first_by_two_hundredths_at_most(
        self, alice: satchel.Space, both: tuple[str, str]
    ) -> None:
        first, second = alice.search("Where are the olives?", kinds=["message"], explain=True)
        assert (second.id, first.id) == both
        assert 0.98 * first.score - 1e-9 <= second.score < first.score
        assert first.signals["freshness"] == 1.0
        assert second.signals["freshness"] < 0.01

    def test_useful_recall_renews_and_mere_recall_does_not(self, alice: satchel.Space, both: tuple[str, str]) -> None:
        for _ in range(5):
            assert alice.search("Where are the olives?")[0].id == both[1]
        assert alice.feedback(alice.search("Where are the olives?", kinds=["message"])[1], useful=True) == (both[0],)
        assert alice.search("Where are the olives?")[0].id == both[0]

    def test_the_last_verdict_counts(self, alice: satchel.Space, both: tuple[str, str]) -> None:
        alice.feedback(both[0], useful=True)
        alice.feedback(both[0], useful=False)
        assert alice.search("Where are the olives?")[0].id == both[1]

    def test_scores_do_not_change_while_nothing_is_said(self, alice: satchel.Space, clock: SteppingClock) -> None:
        alice.add([said("The olives are in the pantry.", 900), said("Olives again.", 2)])
        before = alice.search("olives").items
        clock.now += 400 * DAY
        assert alice.search("olives").items == before

    def test_feedback_that_came_later_is_not_known_before(self, alice: satchel.Space, both: tuple[str, str]) -> None:
        alice.feedback(both[0])
        assert alice.search("Where are the olives?", as_of=NOW - DAY)[0].id == both[1]

    def test_a_verdict_on_a_fact_is_kept_of_its_messages(self, alice: satchel.Space) -> None:
        added = alice.add([said("I live in Lisbon.", 5), said("I'm allergic to peanuts.", 4)])
        home = next(one for one in alice.facts() if one.attribute == "lives_in")
        assert alice.feedback(home.id) == added.message_ids[:1]
        hit = next(one for one in alice.search("Where do I live?") if one.kind == "fact")
        assert alice.feedback(hit) == added.message_ids[:1]

    def test_it_goes_with_the_message_and_stays_through_a_rebuild(
        self, alice: satchel.Space, both: tuple[str, str]
    ) -> None:
        alice.feedback(both[0])
        alice.rebuild()
        assert uses(alice) == [both[0]]
        alice.forget(both[0])
        assert uses(alice) == []
        with pytest.raises(NotFound, match="nothing was kept"):
            alice.feedback(both[0])

    def test_what_is_not_here_or_no_verdict_is_refused(self, memory: satchel.Memory, alice: satchel.Space) -> None:
        with pytest.raises(NotFound):
            alice.feedback("0190a1b2-0000-7000-8000-000000000000")
        (one,) = alice.add("Olives.").message_ids
        with pytest.raises(InvalidInput, match="True or False"):
            alice.feedback(one, "useful")  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            memory.space("bob").feedback(one)

    def test_it_is_copied_with_the_space(
        self, alice: satchel.Space, memory: satchel.Memory, both: tuple[str, str]
    ) -> None:
        alice.feedback(both[0])
        with satchel.open(":memory:") as other:
            memory.copy_to(other)
            assert uses(other.space("alice")) == [both[0]]


class TestRetention:
    """Rules forget by age, through the same undoing as `forget`."""

    def test_messages_past_their_time_are_forgotten_with_a_receipt(self, alice: satchel.Space) -> None:
        alice.add([said("Old.", 100), said("Tool says.", 40, role="tool"), said("Recent.", 40), said("New.", 1)])
        alice.retain(90)
        alice.retain(30, role="tool")
        planned = alice.consolidate(dry_run=True)
        assert kept(alice) == ["Old.", "Tool says.", "Recent.", "New."]
        done = alice.consolidate()
        assert done.receipt is not None
        assert done.receipt.message_ids == planned.overdue.message_ids
        assert kept(alice) == ["Recent.", "New."]
        assert planned.overdue.next_at == NOW + 50 * DAY
        assert alice.consolidate().receipt is None

    def test_what_was_forgotten_is_undone(self, alice: satchel.Space) -> None:
        alice.add([said("I live in Boston.", 50), said("I live in Lisbon.", 40, app="diary")])
        alice.retain(30, app="diary")
        alice.consolidate()
        assert [one.value for one in alice.facts(attribute="lives_in")] == ["Boston"]

    def test_what_was_changed_by_hand_stays_unless_the_rule_says_otherwise(
        self, alice: satchel.Space, clock: SteppingClock
    ) -> None:
        alice.add(said("I live in Boston.", 1))
        alice.correct(alice.facts()[0].id, "Lisbon")
        clock.now += 100 * DAY
        alice.retain(30)
        alice.consolidate()
        assert [one.value for one in alice.facts(attribute="lives_in")] == ["Lisbon"]
        alice.retain(30, by_hand=True)
        alice.consolidate()
        assert kept(alice) == []

    def test_there_is_one_rule_for_each_choice_and_it_can_be_taken_back(self, alice: satchel.Space) -> None:
        alice.retain(30, role="tool")
        alice.define(zone="Asia/Tokyo")
        assert [one.days for one in alice.retain(60, role="tool")] == [60]
        assert alice.retention() == alice.retain(60, role="tool")
        assert alice.retain(None, app="diary") == alice.retention()
        assert alice.retain(None, role="tool") == ()
        with pytest.raises(InvalidInput):
            alice.retain(0)

    def test_a_rule_can_be_set_before_anything_is_said(self, alice: satchel.Space) -> None:
        assert alice.retain(None) == alice.retention() == ()
        alice.retain(90)
        alice.add([said("Old.", 100), said("New.", 1)])
        alice.consolidate()
        assert kept(alice) == ["New."]

    def test_the_task_does_one_batch_at_a_time_and_doing_it_again_changes_nothing(
        self, alice: satchel.Space, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("satchel.learn.retaining.MOST_AT_ONCE", 2)
        alice.add([said(f"Number {n}.", 100 - n) for n in range(5)])
        alice.retain(90)
        outcomes = [(retain(alice._engine, alice._place), kept(alice)) for _ in range(4)]
        assert [more for more, _ in outcomes] == [True, True, False, False]
        assert outcomes[0][1] == ["Number 2.", "Number 3.", "Number 4."]
        assert outcomes[-1][1] == []


class TestFindings:
    """What many messages add up to is found anew each time, as of any time."""

    def test_a_dry_run_finds_the_same_and_changes_nothing(self, alice: satchel.Space) -> None:
        alice.add([said("I love hiking.", 9), said("I really like to hike.", 5), said("I was born in Faro.", 4)])
        alice.add(said("I was born in Braga.", 2))
        before = alice.messages()
        planned = alice.consolidate(dry_run=True)
        assert planned.joined[0].ways == {"hiking": 1, "hike": 1}
        assert [one.kind for one in planned.contradictions] == ["never changes"]
        assert planned == alice.consolidate()
        assert alice.messages() == before

    def test_a_contradiction_is_settled_by_a_correction(self, alice: satchel.Space) -> None:
        alice.add([said("I was born in Faro.", 4), said("I was born in Braga.", 2)])
        wrong = next(one for one in alice.facts(past=True) if one.value == "Braga")
        alice.correct(wrong.id, "Faro")
        assert alice.contradictions() == ()

    def test_patterns_are_known_when_their_messages_were(self, alice: satchel.Space) -> None:
        monday = datetime(2025, 3, 3, 18, tzinfo=UTC)
        gym = [{"role": "user", "content": "I'm at the gym again.", "at": monday + 7 * n * DAY} for n in range(5)]
        rest = [{"role": "user", "content": f"Wrote chapter {n}.", "at": monday + n * DAY} for n in range(35) if n % 7]
        alice.add([*gym, *rest])
        (found,) = [one for one in alice.patterns() if one.what == "gym"]
        assert (found.when, found.seen) == ("on Mondays", 5)
        assert alice.patterns(as_of=monday + 8 * DAY) == ()
        assert alice.patterns(known_at=monday) == ()
        alice.forget([one.message_id for one in found.sources[:3]])
        assert not [one for one in alice.patterns() if one.what == "gym"]

    def test_a_summary_is_of_an_entity_or_of_a_week(self, alice: satchel.Space) -> None:
        alice.add([said("My sister Anna works at Shell.", 9), said("My sister lives in Oslo.", 9)])
        alice.add([said("The harbour froze over in Bergen.", 8)])
        assert "Anna works at Shell." in alice.summary(entity="Anna").text
        assert alice.summary(entity="sister").title == "Anna"
        week = alice.summary(week=NOW - 8 * DAY)
        assert week == alice.summary(week=week.title)
        assert "harbour" in week.text
        with pytest.raises(NotFound):
            alice.summary(entity="Nobody")
        with pytest.raises(NotFound):
            alice.summary(week="2020-W01")
        for given in ({}, {"entity": "Anna", "week": "2025-W52"}, {"week": "2025-W54"}):
            with pytest.raises(InvalidInput):
                alice.summary(**given)  # type: ignore[arg-type]

    def test_a_space_that_holds_nothing_adds_up_to_nothing(self, alice: satchel.Space) -> None:
        assert alice.consolidate() == satchel.Consolidation()
        assert alice.retention() == ()
