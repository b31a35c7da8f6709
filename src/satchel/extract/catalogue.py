"""The catalogue of attributes: what claims can be about. Data, not code; users add to it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from satchel.errors import InvalidInput

Cardinality = Literal["one", "many"]
Nature = Literal["state", "event", "plan", "standing"]
ValueKind = Literal["text", "number", "date", "person", "place", "organisation", "thing", "topic"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_OPTIONAL = re.compile(r"\[([^\]|]*)(?:\|([^\]]*))?\]")
_KEYS = frozenset(
    (
        "cardinality",
        "value",
        "nature",
        "sentence",
        "cues",
        "opposite",
        "rests_on",
        "shares",
        "qualified",
        "loose",
        "lifelong",
        "patterns",
        "profile",
    )
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of the catalogue."""

    name: str
    cardinality: Cardinality
    sentence: str
    value: str = "text"
    """What kind of entity a value is: one of `ValueKind`, or a kind of the user's own."""
    nature: Nature = "state"
    cues: tuple[str, ...] = ()
    opposite: str | None = None
    rests_on: str | None = None
    """The attribute of the same subject whose end makes this one uncertain."""
    shares: str | None = None
    """The attribute that the person named here has in common with the one who named them."""
    qualified: bool = False
    """Whether each qualifier has a slot of its own."""
    loose: bool = False
    """Whether values without a qualifier live side by side."""
    lifelong: bool = False
    """Whether it never changes: another value means that one of them is wrong."""
    profile: int | None = None
    """Its place in the profile; None when it is not in it."""
    patterns: tuple[str, ...] = ()
    """Phrases that state it, with {value} in them: for a user's own attributes."""

    def phrase(self, subject: str, value: str, qualifier: str | None) -> str:
        """Return the sentence that says it."""

        def filled(match: re.Match[str]) -> str:
            return match[1] if qualifier or "{qualifier}" not in match[1] else match[2] or ""

        return _OPTIONAL.sub(filled, self.sentence).format(subject=subject, value=value, qualifier=qualifier or "")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Attributes by name."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict[str, Attribute])

    def __getitem__(self, name: str) -> Attribute:
        return self.attributes.get(name) or self.attributes["said"]

    def extended(self, definitions: Mapping[str, Mapping[str, object]]) -> "Catalogue":
        """Return the catalogue with attributes of the user's own.

        Raises:
            InvalidInput: a definition has an unknown key or a value that is not allowed, or names a built-in one.
        """
        for name in definitions:
            if name in builtin().attributes:
                raise InvalidInput(f"attribute {name!r} is built in; choose another name for your own")
        own = {name: _attribute(name, definition) for name, definition in definitions.items()}
        return Catalogue({**self.attributes, **own})


@cache
def builtin() -> Catalogue:
    """Return the catalogue that ships with Satchel."""
    data = tomllib.loads(files("satchel.extract").joinpath("catalogue.toml").read_text())
    return Catalogue({name: _attribute(name, definition) for name, definition in data.items()})


def _attribute(name: str, definition: Mapping[str, Any]) -> Attribute:
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"attribute {name!r}: use lower-case letters, digits and underscores, such as blood_type")
    unknown = set(definition) - _KEYS
    if unknown:
        raise InvalidInput(f"attribute {name!r}: unknown {sorted(unknown)}; known are {sorted(_KEYS)}")
    cardinality, nature = definition.get("cardinality", "many"), definition.get("nature", "state")
    if cardinality not in get_args(Cardinality):
        raise InvalidInput(f"attribute {name!r}: cardinality is 'one' or 'many', not {cardinality!r}")
    if nature not in get_args(Nature):
        raise InvalidInput(f"attribute {name!r}: nature is one of {get_args(Nature)}, not {nature!r}")
    patterns = tuple(definition.get("patterns", ()))
    if any("{value}" not in pattern for pattern in patterns):
        raise InvalidInput(f"attribute {name!r}: each pattern needs {{value}} where the value stands")
    return Attribute(
        name=name,
        cardinality=cardinality,
        sentence=definition.get("sentence", "{subject}'s " + name.replace("_", " ") + " is {value}"),
        value=definition.get("value", "text"),
        nature=nature,
        cues=tuple(definition.get("cues", "").split()),
        opposite=definition.get("opposite"),
        rests_on=definition.get("rests_on"),
        shares=definition.get("shares"),
        profile=definition.get("profile"),
        qualified=bool(definition.get("qualified", False)),
        loose=bool(definition.get("loose", False)),
        lifelong=bool(definition.get("lifelong", False)),
        patterns=patterns,
    )
