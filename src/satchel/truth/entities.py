"""Who is meant: mentions in claims become the entities of a space, each with the reasons why.

A function of all readings of a space. A name is one entity unless the same person gave it to two people who cannot
be one ("my husband Tom", "Tom from work"); then each mention goes to the one that its own message introduces, else
to the one introduced last before it. A noun ("my sister") is the person whom its speaker named so, if there is
exactly one; else it is an entity of its own. What a person said about two names comes last and wins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from satchel.extract.catalogue import Catalogue
from satchel.extract.claim import Claim, Mention, Reading
from satchel.truth.kinship import KIN, PEOPLE, WORK, canonical, relation_of
from satchel.truth.values import key_of

USER = "user"
Order = tuple[int, int, bytes]


@dataclass(slots=True)
class Entity:
    """Someone or something that claims are about."""

    key: str
    name: str
    kind: str
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Key of another name → the name, and why it is taken for this one."""
    mentioned: list[Reading] = field(default_factory=list[Reading])


@dataclass(frozen=True, slots=True)
class _Introduction:
    """A name that someone gave to a person in a relation."""

    name: str
    owner: str
    relation: str
    noun: str | None
    order: Order
    message_id: str


class Resolution:
    """The entities of a space, and which of them each mention means."""

    def __init__(self, readings: Sequence[Reading], catalogue: Catalogue) -> None:
        self.entities: dict[str, Entity] = {}
        self._called: dict[str, list[str]] = {}
        self._catalogue = catalogue
        self._speakers = {key_of(one.speaker): one.speaker for one in readings if one.speaker and one.role == "user"}
        self._introductions: dict[str, list[_Introduction]] = {}
        self._named: dict[tuple[str, str], list[_Introduction]] = {}
        self._split: set[str] = set()
        self._aliases: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._learn_introductions(readings)
        self._learn_aliases(readings)
        self._learn_joinings(readings)

    def subject(self, claim: Claim, reading: Reading) -> str:
        """Return the key of the entity that a claim is about."""
        return self._final(self._mention(claim.subject, reading))

    def value(self, claim: Claim, reading: Reading) -> str | None:
        """Return the key of the entity that a claim's value is, or None for a plain text."""
        kind = self._catalogue[claim.attribute].value
        if kind in ("text", "number", "date"):
            return None
        if kind != "person" and claim.attribute != "pet":
            return self._final(key_of(claim.value))
        noun = relation_of(claim.value)
        if noun is not None and claim.value.islower():
            return None
        owner = self._mention(claim.subject, reading)
        return self._final(self._person(key_of(claim.value), reading, owner=owner, relation=claim.attribute))

    def find(self, text: str) -> list[str]:
        """Return the keys of the entities that a name, alias or noun may mean, the most mentioned first."""
        wanted, noun = key_of(text), canonical(text)
        keys = dict.fromkeys((*self._called.get(wanted, ()), *self._called.get(noun, ())))
        found = [self.entities[key] for key in keys]
        found.sort(key=lambda one: (wanted not in (key_of(one.name), one.key), -len(one.mentioned), one.key))
        return [one.key for one in found]

    def note(self, key: str, name: str, kind: str, reading: Reading) -> Entity:
        """Keep that a message mentions an entity; return it."""
        entity = self.entities.get(key)
        if entity is None:
            entity = self.entities[key] = Entity(key, name, kind)
            for called in dict.fromkeys((key, key_of(name))):
                self._called.setdefault(called, []).append(key)
        if kind in ("person", "pet") and entity.kind not in ("person", "pet"):
            entity.kind = kind
        if key_of(name) != key_of(entity.name):
            self._also(entity, name)
        if not entity.mentioned or entity.mentioned[-1] is not reading:
            entity.mentioned.append(reading)
        return entity

    def _also(self, entity: Entity, name: str) -> None:
        """Keep another name of an entity; the full name is the one to show."""
        short, long = sorted((entity.name, name), key=len)
        whole = long.casefold().startswith(short.casefold() + " ") and entity.kind == "person"
        why = f"short for {long}" if whole else f"said to be {entity.name}"
        if whole and entity.name == short:
            entity.name, name = long, short
        self.alias(entity, key_of(name), name, why)

    def alias(self, entity: Entity, called: str, name: str, why: str) -> None:
        """Keep another name of an entity, by its key, and why it is taken for it."""
        if called not in entity.aliases:
            entity.aliases[called] = (name, why)
            self._called.setdefault(called, []).append(entity.key)

    def owner_of(self, reading: Reading) -> str:
        """Return the key of the entity that says "I" in a message."""
        return self._final(self._self(reading))

    def display(self, key: str, fallback: str) -> str:
        """Return the name of an entity."""
        return self.entities[key].name if key in self.entities else fallback

    def _self(self, reading: Reading) -> str:
        return key_of(reading.speaker) if reading.speaker else USER

    def _mention(self, mention: Mention, reading: Reading) -> str:
        if mention.kind == "self":
            return self._self(reading)
        if mention.kind == "name":
            return self._person(key_of(mention.text), reading)
        return self._noun(mention.text, reading)

    def _noun(self, text: str, reading: Reading) -> str:
        owner, noun = self._self(reading), canonical(text)
        named = self._named.get((owner, noun), [])
        people = list(dict.fromkeys(self._split_key(one) for one in named))
        if len(people) == 1:
            return people[0]
        return f"{owner}'s {noun}"

    def _person(self, name: str, reading: Reading, *, owner: str | None = None, relation: str | None = None) -> str:
        name = self._aliases.get(name, name)
        if name not in self._split:
            return name
        introductions = self._introductions[name]
        if owner is not None and relation is not None:
            own = [one for one in introductions if one.owner == owner and one.relation == relation]
            if own:
                return self._split_key(own[0])
        here = [one for one in introductions if one.message_id == reading.message_id]
        before = [one for one in introductions if one.order <= reading.order]
        return self._split_key((here or before[::-1] or introductions)[0])

    def _split_key(self, one: _Introduction) -> str:
        name = self._aliases.get(one.name, one.name)
        if name not in self._split or one.relation not in (KIN | WORK):
            return name
        group = one.relation if one.relation in KIN else "work"
        return f"{name} ({one.owner}: {group})"

    def _learn_introductions(self, readings: Iterable[Reading]) -> None:
        for reading in sorted(readings, key=lambda one: one.order):
            for claim in reading.claims:
                if claim.attribute in PEOPLE and claim.polarity != "never" and _is_name(claim.value):
                    self._introduce(claim, reading)
        for name, introductions in self._introductions.items():
            if name not in self._speakers and _incompatible(introductions):
                self._split.add(name)

    def _introduce(self, claim: Claim, reading: Reading) -> None:
        owner = self._self(reading) if claim.subject.kind == "self" else key_of(claim.subject.text)
        noun = canonical(claim.qualifier) if claim.qualifier else None
        one = _Introduction(key_of(claim.value), owner, claim.attribute, noun, reading.order, reading.message_id)
        self._introductions.setdefault(one.name, []).append(one)
        for word in dict.fromkeys((noun, canonical(claim.attribute))):
            if word is not None and claim.modality == "asserted":
                self._named.setdefault((owner, word), []).append(one)

    def _learn_aliases(self, readings: Sequence[Reading]) -> None:
        """Take a first name for the one full name that begins with it, and a told name for its bearer."""
        said = {one.subject.text for reading in readings for one in reading.claims if one.subject.kind == "name"}
        names = {key_of(name) for name in said} | set(self._introductions) | set(self._speakers)
        for short in sorted(name for name in names if " " not in name):
            full = sorted(name for name in names if name.startswith(short + " "))
            if len(full) == 1 and short not in self._split and full[0] not in self._split:
                self._aliases[short] = full[0] if short not in self._speakers else short
        for reading in readings:
            for claim in reading.claims:
                if claim.attribute == "name" and (claim.polarity, claim.modality) == ("holds", "asserted"):
                    self._alias(claim, reading)

    def _alias(self, claim: Claim, reading: Reading) -> None:
        bearer, name = self._mention(claim.subject, reading), key_of(claim.value)
        if name != bearer and name not in self._speakers and self._one_person(name, bearer):
            self._aliases.setdefault(name, bearer)

    def _one_person(self, name: str, bearer: str) -> bool:
        """Whether nobody introduced someone by a name but as the one who is said to bear it."""
        known = {(one.owner, one.relation) for one in self._introductions.get(bearer, ())}
        return all((one.owner, one.relation) in known for one in self._introductions.get(name, ()))

    def _learn_joinings(self, readings: Iterable[Reading]) -> None:
        """Apply what people said about two entities; of what was said about the same two, the last counts."""
        last: dict[frozenset[str], tuple[str, str, bool]] = {}
        for reading in sorted(readings, key=lambda one: one.order):
            for joining in reading.joinings:
                last[frozenset((joining.one, joining.other))] = (joining.one, joining.other, joining.together)
        for one, other, together in last.values():
            if together:
                first, second = sorted((self._final(one), self._final(other)), key=lambda key: (key != USER, key))
                if first != second:
                    self._joined[second] = first

    def _final(self, key: str) -> str:
        while key in self._joined:
            key = self._joined[key]
        return key


def _incompatible(introductions: Sequence[_Introduction]) -> bool:
    """Whether one person gave a name to two people who cannot be one."""
    groups: dict[str, set[str]] = {}
    for one in introductions:
        if one.relation in KIN:
            groups.setdefault(one.owner, set()).add(one.relation)
        elif one.relation in WORK:
            groups.setdefault(one.owner, set()).add("work")
    return any(len(own) > 1 for own in groups.values())


def _is_name(value: str) -> bool:
    return relation_of(value) is None and any(character.isalpha() for character in value)
