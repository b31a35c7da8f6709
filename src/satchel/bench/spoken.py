"""Lines of a transcript that begin with who spoke: "Anna: I moved", "assistant: Noted."."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from satchel.model import Role

_NAMED = re.compile(r"([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2}): +(?=\S)")
_BY_ROLE = re.compile(r"(user|assistant): +(?=\S)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words with who said them; `name` is None for a user without one and for the assistant."""

    role: Role
    name: str | None
    content: str

    @property
    def message(self) -> Mapping[str, object]:
        """The message as `Space.add` takes it."""
        given: dict[str, object] = {"role": self.role, "content": self.content}
        return given if self.name is None else given | {"name": self.name}


def spoken(line: str, *, otherwise: Role) -> Spoken:
    """Return what a line says and who says it; `otherwise` is the role where the line does not tell."""
    if found := _BY_ROLE.match(line):
        return Spoken("user" if found[1] == "user" else "assistant", None, line[found.end() :])
    if found := _NAMED.match(line):
        return Spoken("user", found[1], line[found.end() :])
    return Spoken(otherwise, None, line)
