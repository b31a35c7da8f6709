"""The prompts that language models are asked by: files with a name, a version and the schema of the answer.

What a model found is kept with the prompt's name, version and digest, so that it is known by which words it came.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from satchel.models.language_model import Schema

_FORM = re.compile(
    r"# (?P<name>[a-z_]+), version (?P<version>\d+)\n\n?(?P<purpose>[^\n]+)\n+"
    r"## Instructions\n+(?P<instructions>.+?)\n+"
    r"## Schema\n+```json\n(?P<schema>.+?)\n```\n*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked to do, and the JSON that it must answer with."""

    name: str
    version: int
    instructions: str
    schema: Schema
    digest: str
    """Of the file: the first 12 hexadecimal digits of its SHA-256."""

    @property
    def mark(self) -> str:
        """What is kept with an answer."""
        return f"{self.name}@{self.version}#{self.digest}"


@cache
def prompt(name: str) -> Prompt:
    """Return the prompt of this name, from `learn/prompts/<name>.md`."""
    return read_prompt(files("satchel.learn").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8"))


def read_prompt(text: str) -> Prompt:
    """Return the prompt in a file's text.

    Raises:
        ValueError: it does not have the form of one.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("a prompt is: # name, version n / a line / ## Instructions / ## Schema with fenced JSON")
    return Prompt(
        name=found["name"],
        version=int(found["version"]),
        instructions=found["instructions"],
        schema=cast(Schema, json.loads(found["schema"])),
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
    )
