"""Who is meant: two people of one name, other names of one person, and names that a person joined."""

from collections.abc import Mapping

from satchel.extract.claim import Joining, Mention, Reading
from satchel.truth.graph import around, entities
from satchel.truth.knowledge import Knowledge

from .making import LONG_AFTER, claim, day, found, knowing, lives, named, said

HUSBAND = said(10, claim("partner", "Tom", qualifier="husband"))
WORKMATE = said(20, claim("colleague", "Tom"), claim("likes", "tea", of=named("Tom")))


def homes(knowledge: Knowledge) -> Mapping[str, str]:
    """Return the key of each subject and where it lives."""
    return {held.slot.subject: held.stretch.value for held in knowledge.held() if held.slot.attribute == "lives_in"}


def people(knowledge: Knowledge) -> list[str]:
    return sorted(one.key for one in knowledge.resolution.entities.values() if one.kind == "person")


def joined(on: int, one: str, other: str, *, together: bool = True) -> Reading:
    return said(on, joinings=[Joining(one, other, together)])


def test_the_same_first_name_of_two_people_makes_two_entities() -> None:
    paris = said(15, lives("Paris", of=named("Tom")))
    rome = said(25, lives("Rome", of=named("Tom")))
    knowledge = knowing(HUSBAND, paris, WORKMATE, rome)
    assert people(knowledge) == ["tom (user: partner)", "tom (user: work)", "user"]
    assert homes(knowledge) == {"tom (user: partner)": "Paris", "tom (user: work)": "Rome"}
    assert [one.name for one in entities(knowledge.resolution)].count("Tom") == 2
    assert len(knowledge.resolution.find("Tom")) == 2


def test_a_name_goes_to_the_one_whom_its_own_message_introduces() -> None:
    mixed = said(30, claim("partner", "Tom", qualifier="husband"), lives("Oslo", of=named("Tom")))
    assert homes(knowing(HUSBAND, WORKMATE, mixed)) == {"tom (user: partner)": "Oslo"}


def test_one_person_in_two_relations_that_go_together_stays_one() -> None:
    friend = said(20, claim("friend", "Tom"))
    assert people(knowing(HUSBAND, friend)) == ["tom", "user"]


def test_the_same_name_in_the_mouths_of_two_speakers_is_one_person() -> None:
    ana, bo = (said(on, claim("friend", "Tom"), speaker=who) for on, who in ((10, "Ana"), (20, "Bo")))
    assert people(knowing(ana, bo)) == ["ana", "bo", "tom"]


def test_a_speaker_is_the_one_who_says_i_and_whom_others_name() -> None:
    own, told = said(10, lives("Lisbon"), speaker="Ana"), said(20, lives("Porto", of=named("Ana")), speaker="Bo")
    assert homes(knowing(own)) == {"ana": "Lisbon"}
    assert [one.value for one in found(knowing(own, told))] == ["Porto"]


def test_a_first_name_is_an_alias_of_the_one_full_name_that_begins_with_it() -> None:
    full = said(10, claim("sibling", "Anna Lindqvist", qualifier="sister"))
    short = said(20, lives("Oslo", of=named("Anna")))
    knowledge = knowing(full, short)
    assert homes(knowledge) == {"anna lindqvist": "Oslo"}
    (anna,) = [one for one in entities(knowledge.resolution) if one.kind == "person" and one.name != "user"]
    assert (anna.name, [one.casefold() for one in anna.aliases]) == ("Anna Lindqvist", ["anna"])
    assert all(anna.aliases.values())
    assert knowledge.resolution.find("anna") == knowledge.resolution.find("Anna Lindqvist")


def test_a_first_name_that_two_full_names_begin_with_is_an_alias_of_neither() -> None:
    two = said(10, claim("friend", "Anna Lindqvist"), claim("friend", "Anna Berg"))
    short = said(20, lives("Oslo", of=named("Anna")))
    assert homes(knowing(two, short)) == {"anna": "Oslo"}


def test_a_noun_is_the_person_whom_its_speaker_named_so() -> None:
    sister = said(20, lives("Oslo", of=Mention("noun", "sister")))
    assert homes(knowing(sister)) == {"user's sister": "Oslo"}
    named_so = said(30, claim("sibling", "Anna", qualifier="sister"))
    assert homes(knowing(sister, named_so)) == {"anna": "Oslo"}
    another = said(40, claim("sibling", "Beth", qualifier="sister"))
    assert homes(knowing(sister, named_so, another)) == {"user's sister": "Oslo"}
    assert homes(knowing(said(20, lives("Oslo", of=Mention("noun", "sister")), speaker="Bo"), named_so)) == {
        "bo's sister": "Oslo"
    }


def test_two_nouns_for_one_relation_name_one_person() -> None:
    mum, mother = (
        said(on, lives(where, of=Mention("noun", noun)))
        for on, where, noun in ((1, "Oslo", "mum"), (2, "Rome", "mother"))
    )
    assert homes(knowing(mum)).keys() == homes(knowing(mother)).keys()
    assert [one.value for one in found(knowing(mum, mother))] == ["Rome"]


def test_a_merge_by_the_user_makes_one_of_two_and_undone_makes_two_again() -> None:
    told = (said(10, lives("Oslo", of=named("Anna"))), said(20, lives("Rome", of=named("Lotte"))))
    merge, unmerge = joined(30, "anna", "lotte"), joined(40, "anna", "lotte", together=False)
    apart = {"anna": "Oslo", "lotte": "Rome"}
    assert homes(knowing(*told)) == apart
    together = knowing(*told, merge)
    assert {held.slot.subject for held in together.held()} == {"anna"}
    assert [one.value for one in found(together)] == ["Rome"]
    assert together.resolution.find("Lotte") == together.resolution.find("Anna") == ["anna"]
    assert homes(knowing(*told, merge, unmerge)) == apart
    assert homes(together.updated({one.message_id: one for one in told})) == apart
    undone = knowing(*told, merge).updated({one.message_id: one for one in told})
    assert entities(undone.resolution) == entities(knowing(*told).resolution)


def test_the_joining_that_was_said_last_counts_in_whatever_order_they_come() -> None:
    told = (said(10, lives("Oslo", of=named("Anna"))), said(20, lives("Rome", of=named("Lotte"))))
    acts = (joined(30, "anna", "lotte"), joined(40, "lotte", "anna", together=False), joined(50, "anna", "lotte"))
    assert set(homes(knowing(*acts[::-1], *told))) == {"anna"}
    assert set(homes(knowing(*acts[:2][::-1], *told))) == {"anna", "lotte"}


def test_joinings_chain_and_the_user_stays_the_user() -> None:
    told = [
        said(n, lives(where, of=named(who))) for n, (who, where) in enumerate((("Bea", "Oslo"), ("Beatrix", "Rome")))
    ]
    chain = (said(5, lives("Bern")), joined(30, "bea", "beatrix"), joined(31, "beatrix", "user"))
    assert set(homes(knowing(*told, *chain))) == {"user"}


def test_a_merge_joins_the_two_people_of_one_name() -> None:
    one = joined(40, "tom (user: partner)", "tom (user: work)")
    knowledge = knowing(HUSBAND, WORKMATE, one)
    assert len([key for key in people(knowledge) if key.startswith("tom")]) == 1


def test_the_graph_around_someone_changes_with_time() -> None:
    moved = said(30, lives("Oslo", of=named("Anna")), claim("sibling", "Anna"), lives("Lisbon"))
    knowledge = knowing(said(10, lives("Boston")), moved)

    def places(on: float, *, depth: int = 1) -> set[str]:
        graph = around(knowledge, "user", depth=depth, as_of=day(on))
        assert graph is not None
        return {edge.fact.value for edge in graph.edges}

    assert (places(20), places(LONG_AFTER)) == ({"Boston"}, {"Lisbon", "Anna"})
    assert places(LONG_AFTER, depth=2) == {"Lisbon", "Anna", "Oslo"}
    assert around(knowledge, "nobody", depth=1, as_of=day(1)) is None
