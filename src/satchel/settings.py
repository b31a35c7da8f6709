"""The settings of a space: its time zone, its embedding model, its user's attributes, and how long messages stay."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, cast, get_origin
from zoneinfo import ZoneInfo

from satchel.errors import InvalidInput
from satchel.extract.catalogue import builtin
from satchel.extract.claims import Rules
from satchel.findings import Retention
from satchel.records import Records
from satchel.store.port import Row, RowKind, View

Definitions = Mapping[str, Mapping[str, object]]
Given = str | PathLike[str] | Definitions | type
"""Attributes: a catalogue file, a mapping of the same form, or a pydantic model whose fields are attributes."""

_ROW = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one space."""

    zone: str = "UTC"
    attributes: Definitions = field(default_factory=dict[str, Mapping[str, object]])
    embedder: str | None = None
    """The name of the embedding model that the space has chosen; None stands for the memory's own."""
    retention: tuple[Retention, ...] = ()
    """The rules by which messages are forgotten."""

    @property
    def rules(self) -> Rules:
        """What messages are read by."""
        return _rules(self.zone, json.dumps(self.attributes, sort_keys=True))

    def row(self, records: Records) -> Row:
        """Return the settings as a row."""
        return records.text_row(RowKind.SETTINGS, _ROW, json.dumps(asdict(self)))


def settings_of(view: View, records: Records) -> Settings:
    """Return the settings of a space."""
    row = view.get(RowKind.SETTINGS, [_ROW]).get(_ROW)
    if row is None:
        return Settings()
    kept = json.loads(records.text(row))
    rules = tuple(Retention(**one) for one in kept.pop("retention", ()))
    return Settings(**kept, retention=rules)


def checked_zone(zone: object) -> str:
    """Return the name of a time zone.

    Raises:
        InvalidInput: there is none of this name.
    """
    try:
        return ZoneInfo(str(zone)).key
    except (KeyError, ValueError, OSError):
        raise InvalidInput(f"zone={zone!r} is no time zone; use a name such as Europe/Lisbon") from None


def read_attributes(given: Given) -> Definitions:
    """Return definitions of attributes, checked.

    Raises:
        InvalidInput: a definition is not valid, or the file cannot be read.
    """
    if isinstance(given, type):
        found = _from_model(given)
    elif isinstance(given, Mapping):
        found = {name: dict(definition) for name, definition in given.items()}
    else:
        found = _from_file(Path(given))
    builtin().extended(found)
    return found


def _from_file(path: Path) -> Definitions:
    try:
        return cast(Definitions, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); give a catalogue file (TOML)") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is not TOML ({error}); write it like satchel/extract/catalogue.toml") from None


def _from_model(model: type) -> Definitions:
    """Read a pydantic model: a field is an attribute, a list means several values, and extras say the rest."""
    fields = cast(Mapping[str, Any] | None, getattr(model, "model_fields", None))
    if not fields:
        raise InvalidInput(f"{model.__name__} has no fields; give a pydantic model whose fields are attributes")
    return {name: _from_field(one) for name, one in fields.items()}


def _from_field(one: Any) -> Mapping[str, object]:
    many = get_origin(one.annotation) in (list, tuple, set, frozenset)
    extras = cast(Mapping[str, object], one.json_schema_extra or {})
    cues = {"cues": one.description} if one.description else {}
    return {"cardinality": "many" if many else "one", **cues, **extras}


@lru_cache(maxsize=1_024)
def _rules(zone: str, attributes: str) -> Rules:
    return Rules(builtin().extended(json.loads(attributes)), ZoneInfo(zone))
