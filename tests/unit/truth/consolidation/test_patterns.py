"""A pattern is what falls together more often than chance lets it, or what is said outright."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from satchel.findings import Pattern
from satchel.model import Message, Role, Trust
from satchel.truth.consolidation.patterns import patterns
from satchel.truth.consolidation.sightings import sightings_of

MONDAY = datetime(2026, 1, 5, 18, 30, tzinfo=UTC)
OTHERS = (
    *("Long call with Priya about the budget.", "Watered the garden.", "Wrote some Rust.", "Read a novel by Le Guin."),
    *("Slept badly.", "Dentist took out a tooth.", "Painted the fence.", "Repaired my bicycle.", "Baked bread."),
)


def said(text: str, at: datetime, *, speaker: str | None = None, role: Role = "user", language: str = "en") -> Message:
    trust = Trust.PERSON if role == "user" else Trust.MODEL
    return Message(f"{text} {at}", role, text, at, at, speaker=speaker, trust=trust, language=language)


def seen(*messages: Message, zone: str = "UTC") -> tuple[Pattern, ...]:
    found = [one for message in messages for one in sightings_of(message, ZoneInfo(zone))]
    return patterns(sorted(found, key=lambda one: one.order))


def weekly(text: str, times: int, *, first: datetime = MONDAY) -> list[Message]:
    return [said(text, first + timedelta(weeks=week)) for week in range(times)]


def daily(days: int, *, but: int | None = None) -> list[Message]:
    """Return something else for each day, but not for one of the weekdays."""
    moments = [MONDAY + timedelta(days=number, hours=1) for number in range(days)]
    return [said(OTHERS[n % len(OTHERS)], at) for n, at in enumerate(moments) if at.weekday() != but]


def told(found: Sequence[Pattern]) -> list[tuple[str, str]]:
    return [(one.when, one.what) for one in found]


def test_five_mondays_at_the_gym_are_a_pattern_with_its_dates_and_sources() -> None:
    (gym,) = seen(*weekly("I'm at the gym again.", 5), *daily(35, but=0))
    assert (gym.when, gym.what, gym.seen, gym.elsewhere, gym.missed) == ("on Mondays", "gym", 5, 0, 0)
    assert gym.dates[0] == date(2026, 1, 5)
    assert len(gym.sources) == 5
    assert gym.chance < 0.001
    assert gym.text == "user, on Mondays: gym"


def test_three_dates_are_the_least() -> None:
    assert told(seen(*weekly("I'm at the gym again.", 3), *daily(21, but=0))) == [("on Mondays", "gym")]
    assert told(seen(*weekly("I'm at the gym again.", 2), *daily(21, but=0))) == []


def test_several_mentions_on_one_day_are_one_date() -> None:
    again = [said("I'm at the gym again.", MONDAY + timedelta(minutes=number)) for number in range(9)]
    assert told(seen(*again, *daily(35, but=0))) == []


def test_whoever_writes_only_on_mondays_has_no_monday_habits_by_that_alone() -> None:
    mondays = [said(OTHERS[n % 9], MONDAY + timedelta(weeks=n, hours=1)) for n in range(20)]
    assert told(seen(*weekly("I'm at the gym again.", 5), *mondays)) == []


def test_what_happens_on_other_days_as_well_is_no_pattern_of_mondays() -> None:
    spread = [said("I'm at the gym again.", MONDAY + timedelta(days=3 * number)) for number in range(14)]
    assert told(seen(*spread, *daily(42))) == []


def test_talk_about_many_things_at_random_gives_hardly_any_pattern() -> None:
    found = 0
    for seed in range(20):
        draw = random.Random(seed)
        things = [f"thing{chr(97 + number)}" for number in range(60)]
        texts = [" ".join(draw.choices(things, k=6)) + "." for _ in range(120)]
        found += len(seen(*(said(text, MONDAY + timedelta(days=draw.randrange(180))) for text in texts)))
    assert found <= 2


def test_a_thing_told_the_day_after_counts_for_the_day_on_which_it_was() -> None:
    tuesdays = weekly("I was at the gym yesterday.", 5, first=MONDAY + timedelta(days=1))
    assert told(seen(*tuesdays, *daily(35, but=0))) == [("on Mondays", "gym")]


def test_plans_wishes_and_questions_are_not_seen() -> None:
    texts = ("I'll go to the gym.", "I wish I was at the gym.", "Is the gym open?", "I might go to the gym.")
    for text in texts:
        assert told(seen(*weekly(text, 6), *daily(42, but=0))) == []


def test_what_is_denied_speaks_against_a_pattern() -> None:
    gym, without = weekly("I'm at the gym again.", 4), weekly("No gym today.", 3, first=MONDAY + timedelta(days=2))
    (found,) = seen(*gym, without[0], *daily(28, but=0))
    assert found.elsewhere == 1
    assert told(seen(*gym, *without, *daily(28, but=0))) == []


def test_mondays_on_which_it_was_not_mentioned_are_counted_as_missed() -> None:
    gym = [one for number, one in enumerate(weekly("I'm at the gym again.", 8)) if number not in (2, 5)]
    (found,) = seen(*gym, *daily(56))
    assert (found.seen, found.missed) == (6, 2)


def test_what_is_said_outright_is_a_pattern_at_once() -> None:
    (found,) = seen(said("We have stand-up every Tuesday at 9.", MONDAY))
    assert (found.when, found.what, found.stated, found.seen) == ("on Tuesdays", "stand-up", 1, 0)
    assert [one.when for one in seen(said("On Fridays I play chess.", MONDAY))] == ["on Fridays"]
    assert seen(said("I no longer play chess on Fridays.", MONDAY)) == ()


def test_words_for_one_thing_are_one_pattern() -> None:
    (found,) = seen(*weekly("Pilates with Nora downtown.", 5), *daily(35, but=0))
    assert found.what == "pilates, nora, downtown"


def test_the_part_of_the_day_and_the_month_are_cycles_too() -> None:
    evenings = [said("I'm practising the cello.", MONDAY.replace(hour=20) + timedelta(days=5 * n)) for n in range(9)]
    mornings = [said(OTHERS[n % 9], MONDAY.replace(hour=8) + timedelta(days=n)) for n in range(45)]
    assert ("in the evening", "practising, cello") in told(seen(*evenings, *mornings))
    years = [said("We're picking cherries.", datetime(2018 + n, 6, 3 + 4 * n % 20, 12, tzinfo=UTC)) for n in range(5)]
    others = [said(OTHERS[n % 9], datetime(2018 + n // 11, 1 + n % 11, 9, 12, tzinfo=UTC)) for n in range(55)]
    assert ("in June", "picking, cherries") in told(seen(*years, *others))


def test_days_begin_in_the_zone_of_the_space() -> None:
    late = [
        said("I'm at the gym again.", datetime(2026, 1, 5, 23, 30, tzinfo=UTC) + timedelta(weeks=n)) for n in range(5)
    ]
    quiet = [one for one in daily(35) if one.said_at.weekday() not in (0, 1)]
    assert [one.when for one in seen(*late, *quiet) if one.cycle == "weekday"] == ["on Mondays"]
    assert [one.when for one in seen(*late, *quiet, zone="Asia/Tokyo") if one.cycle == "weekday"] == ["on Tuesdays"]


def test_people_have_patterns_of_their_own_and_assistants_none() -> None:
    def by(role: Role, speaker: str) -> list[Message]:
        return [said("I'm at the gym.", MONDAY + timedelta(weeks=n), role=role, speaker=speaker) for n in range(5)]

    rest = [said(one.content, one.said_at, speaker=who) for one in daily(35, but=0) for who in ("Ana", "Bo")]
    assert [one.speaker for one in seen(*by("user", "Ana"), *by("assistant", "Bo"), *rest)] == ["Ana"]


def test_the_order_of_arrival_plays_no_part() -> None:
    messages = [*weekly("I'm at the gym again.", 5), *daily(35, but=0), said("We have stand-up every Tuesday.", MONDAY)]
    shuffled = random.Random(3).sample(messages, len(messages))
    assert seen(*shuffled) == seen(*messages)
