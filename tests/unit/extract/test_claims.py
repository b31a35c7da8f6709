"""From what a tagger found to claims. The tagger is a hand that points at words."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from saying import message, place, tagged

from satchel.extract.catalogue import builtin
from satchel.extract.claim import Claim, Mention, Moment
from satchel.extract.claims import DOUBTFUL, Exchange, Rules, claims_of
from satchel.extract.instants import to_micros
from satchel.extract.time.interval import Precision
from satchel.model import Source
from satchel.tagged import Stand, Tagged

RULES = Rules(builtin(), ZoneInfo("UTC"))
ASKED = "Do you live in Oslo?"


def claims(text: str, *found: Tagged, speaker: str | None = None, rules: Rules = RULES) -> tuple[Claim, ...]:
    return claims_of(Exchange(message(text, speaker=speaker), None), found, rules)


def lives(text: str, value: str = "Oslo", **rest: object) -> Tagged:
    return tagged("lives_in", place(text, value), **rest)


def values(found: Iterable[Claim]) -> list[str]:
    return [one.value for one in found]


def replied(reply: str, context: str = ASKED, **rest: object) -> tuple[Claim, ...]:
    """Return the claims of a reply in which the tagger found Oslo, of the message before."""
    exchange = Exchange(message(reply), message(context, id="before"))
    return claims_of(exchange, [tagged("lives_in", place(context, "Oslo", in_context=True), **rest)], RULES)


def test_a_claim_says_of_the_speaker_what_was_found_with_its_words() -> None:
    text = "I live in Oslo."
    (one,) = claims(text, lives(text, "Oslo."), speaker="Ana")
    assert (one.subject, one.attribute, one.value, one.stance) == (Mention("self", "Ana"), "lives_in", "Oslo", "stated")
    assert one.sources == (Source("m", 10, 14),)


def test_a_name_is_taken_as_a_whole_and_other_values_as_they_were_found() -> None:
    text = "I work at Corvid Health as Lead Baker"
    found = claims(text, tagged("works_at", place(text, "Corvid")), tagged("job_title", place(text, "Baker")))
    assert values(found) == ["Corvid Health", "Baker"]


def test_what_is_too_doubtful_is_dropped() -> None:
    text = "I live in Oslo"
    assert claims(text, lives(text, chance=DOUBTFUL - 0.01)) == ()
    assert values(claims(text, lives(text, chance=DOUBTFUL))) == ["Oslo"]
    assert claims(text, lives(text, chance=0.8), rules=Rules(builtin(), ZoneInfo("UTC"), least=0.9)) == ()


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [("my mail is ana", "email", "ana"), ("I like it", "likes", "it"), ("I might move to Oslo", "lives_in", "Oslo")],
)
def test_what_cannot_be_a_value_or_is_unreal_is_dropped(text: str, attribute: str, value: str) -> None:
    assert claims(text, tagged(attribute, place(text, value))) == ()


def test_what_the_tagger_knows_to_be_unreal_is_kept_as_that() -> None:
    text = "I might move to Oslo"
    assert [one.modality for one in claims(text, lives(text, modality="wished"))] == ["wished"]


def test_anothers_claim_is_told_and_quotes_whom_it_is_about() -> None:
    text = "My sister Anna lives in Oslo"
    (one,) = claims(text, lives(text, subject=place(text, "Anna")))
    assert (one.subject, one.stance) == (Mention("name", "Anna"), "told")
    assert one.sources == (Source("m", 24, 28), Source("m", 10, 14))


def test_whom_nobody_can_tell_nothing_is_said_about() -> None:
    text = "She lives in Oslo"
    assert claims(text, lives(text, subject=place(text, "She"))) == ()


def test_a_name_in_a_later_sentence_is_not_whom_it_is_about() -> None:
    text = "I live in Oslo. Anna is here"
    (one,) = claims(text, lives(text, subject=place(text, "Anna")))
    assert one.subject == Mention("self", "")
    assert len(one.sources) == 1


@pytest.mark.parametrize(
    ("reply", "subject"), [("I live in Oslo", Mention("self", "")), ("Lives in Oslo", Mention("name", "Anna"))]
)
def test_whoever_says_i_does_not_speak_of_a_name_in_the_message_before(reply: str, subject: Mention) -> None:
    context = "And Anna?"
    found = lives(reply, subject=place(context, "Anna", in_context=True))
    (one,) = claims_of(Exchange(message(reply), message(context, id="before")), [found], RULES)
    assert one.subject == subject


def test_time_words_say_when_it_holds_as_a_whole() -> None:
    text = "Since 2011 I live in Oslo"
    (one,) = claims(text, lives(text, time=place(text, "2011")))
    assert one.begins == Moment(to_micros(datetime(2011, 1, 1, tzinfo=UTC)), Precision.YEAR)
    assert one.sources == (Source("m", 21, 25), Source("m", 0, 10))


def test_a_time_that_the_tagger_did_not_see_is_found_in_the_sentence() -> None:
    text = "I have lived in Oslo since 2011"
    (one,) = claims(text, lives(text))
    assert one.begins == Moment(to_micros(datetime(2011, 1, 1, tzinfo=UTC)), Precision.YEAR)


def test_a_birthday_has_a_normal_form() -> None:
    text = "I was born on 3 May 1990"
    assert [one.normal for one in claims(text, tagged("birthday", place(text, "3 May 1990")))] == ["1990-05-03"]


def test_a_time_begins_no_kinship() -> None:
    text = "My brother Ben was here in 2011"
    (one,) = claims(text, tagged("sibling", place(text, "Ben"), time=place(text, "in 2011")))
    assert (one.begins, one.ends, len(one.sources)) == (None, None, 1)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [("colour", "colour"), ("favourite colour of all", "colour of all"), ("colour that I have seen since", "colour")],
)
def test_of_a_clause_the_word_nearer_to_the_value_refines_it(qualifier: str, expected: str) -> None:
    text = f"green is my {qualifier}"
    (one,) = claims(text, tagged("favorite", place(text, "green"), qualifier=place(text, qualifier)))
    assert one.qualifier == expected


def test_what_is_named_stands_before_what_is_not_where_one_value_holds() -> None:
    text = "I work at Carrefour, on the bakery counter"
    both = [tagged("works_at", place(text, value)) for value in ("Carrefour", "the bakery counter")]
    assert values(claims(text, *both)) == ["Carrefour"]
    assert values(claims(text, both[1])) == ["the bakery counter"]


def test_many_values_stand_side_by_side_named_or_not() -> None:
    text = "I like Oslo and tea"
    both = [tagged("likes", place(text, value)) for value in ("Oslo", "tea")]
    assert values(claims(text, *both)) == ["Oslo", "tea"]


def test_claims_come_in_the_order_of_their_words_and_each_once() -> None:
    text = "I like tea, olives and Tea"
    found = [tagged("likes", place(text, value)) for value in ("olives", "Tea", "tea")]
    assert [value.casefold() for value in values(claims(text, *found))] == ["tea", "olives"]


def test_set_phrases_and_nicknames_need_no_tagger() -> None:
    told = [(one.attribute, one.value) for one in claims("Everyone calls me Kit. I quit today")]
    assert told == [("name", "Kit"), ("works_at", "")]


def test_who_says_never_corrects() -> None:
    text = "I never lived in Oslo"
    assert [one.stance for one in claims(text, lives(text, polarity="never"))] == ["corrected"]
    plain = "I did not live in Oslo"
    assert [one.stance for one in claims(plain, lives(plain, polarity="never"))] == ["stated"]


def test_yes_makes_what_was_asked_ones_own_and_quotes_the_question() -> None:
    (one,) = replied("Yes!", modality="asked")
    assert (one.modality, one.polarity, one.stance) == ("asserted", "holds", "confirmed")
    assert one.sources == (Source("before", 15, 19),)


def test_no_denies_what_was_asked() -> None:
    (one,) = replied("No, not me", modality="asked")
    assert (one.modality, one.polarity) == ("asserted", "never")


@pytest.mark.parametrize("reply", ["What a day!", "Anna likes tea"])
def test_what_was_asked_and_not_taken_up_is_no_claim(reply: str) -> None:
    assert replied(reply, modality="asked") == ()


def test_what_the_other_says_of_someone_else_is_not_quoted() -> None:
    assert replied("Yes", "Anna lives in Oslo.") == ()
    assert values(replied("Yes", "You live in Oslo.")) == ["Oslo"]


def test_the_name_before_a_message_is_no_part_of_its_words() -> None:
    before = message(ASKED, speaker="Ben", id="before")
    exchange = Exchange(message("Yes"), before)
    assert exchange.context == f"Ben: {ASKED}"
    stand = place(exchange.context, "Oslo", in_context=True)
    assert exchange.words(stand) == "Oslo"
    assert exchange.source(stand) == Source("before", 15, 19)
    assert exchange.source(Stand(0, 3, in_context=True)) == Source("before", 0, 0)


def test_you_are_the_one_who_spoke_before() -> None:
    text = "You live in Oslo"
    exchange = Exchange(message(text, speaker="Ana"), message("Hi", speaker="Ben", id="before"))
    (one,) = claims_of(exchange, [lives(text, subject=place(text, "You"))], RULES)
    assert one.subject == Mention("name", "Ben")
