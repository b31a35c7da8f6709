"""The qualifier that a claim takes over from what it ends."""

from satchel.extract.claim import Claim, Reading
from satchel.truth.qualifying import qualified, qualifiers

from .making import claim, found, knowing, named, said


def uses(value: str, **rest: object) -> Claim:
    return claim("uses", value, **rest)  # type: ignore[arg-type]


def ended(value: str, **rest: object) -> Claim:
    return uses(value, polarity="ended", **rest)


PHONE = said(10, uses("the Pixel 7", qualifier="phone"))


def after(reading: Reading, *before: Reading) -> list[str | None]:
    """Return the qualifiers of a message's claims after what was said before."""
    return [one.qualifier for one in qualified(reading, qualifiers([*before, reading]))]


def test_what_ends_and_what_replaces_it_take_the_qualifier_that_it_had() -> None:
    assert after(said(20, ended("Pixel 7"), uses("Fairphone 5")), PHONE) == ["phone", "phone"]
    assert after(said(20, uses("Fairphone 5"), ended("Pixel 7")), PHONE) == ["phone", "phone"]


def test_a_qualifier_of_its_own_stays() -> None:
    assert after(said(20, ended("Pixel 7"), uses("Vim", qualifier="editor")), PHONE) == ["phone", "editor"]
    assert after(said(20, ended("Pixel 7", qualifier="spare"), uses("Vim")), PHONE) == ["spare", None]


def test_nothing_is_taken_over_unless_something_ends() -> None:
    assert after(said(20, uses("Pixel 7"), uses("Fairphone 5")), PHONE) == [None, None]
    assert after(said(20, ended("Nokia"), uses("Fairphone 5")), PHONE) == [None, None]


def test_only_claims_of_the_same_person_and_attribute_take_it_over() -> None:
    anna = uses("Fairphone 5", of=named("Anna"))
    owns = claim("owns", "Fairphone 5")
    assert after(said(20, ended("Pixel 7"), anna, owns), PHONE) == ["phone", None, None]
    assert after(said(20, ended("Pixel 7"), speaker="Ben"), PHONE) == [None]


def test_the_qualifier_said_last_counts_and_that_of_an_ending_does_not() -> None:
    work = said(12, uses("Pixel 7", qualifier="work phone"))
    gone = said(14, ended("Pixel 7", qualifier="toy"))
    assert after(said(20, ended("Pixel 7")), PHONE, work, gone) == ["work phone"]


def test_a_replacement_ends_the_old_value_in_its_own_slot_alone() -> None:
    favourites = said(10, claim("favorite", "green", qualifier="colour"), claim("favorite", "Queen", qualifier="band"))
    switch = said(20, claim("favorite", "green", polarity="ended"), claim("favorite", "blue"))
    told = {one.qualifier: one.value for one in found(knowing(favourites, switch), "favorite")}
    assert told == {"colour": "blue", "band": "Queen"}
