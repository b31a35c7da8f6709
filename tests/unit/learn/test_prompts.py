"""Prompts are files of one form, and their digest tells each from every other."""

from importlib.resources import files

import fastjsonschema
import pytest

from satchel.learn.prompts import prompt, read_prompt

NAMES = sorted(
    one.name.removesuffix(".md") for one in files("satchel.learn").joinpath("prompts").iterdir() if ".md" in one.name
)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_has_the_form_and_a_schema_that_compiles(name: str) -> None:
    found = prompt(name)
    assert found.name == name
    assert found.mark.startswith(f"{name}@{found.version}#")
    fastjsonschema.compile(dict(found.schema))


def test_another_word_is_another_digest() -> None:
    text = "# a, version 1\n\nWhy.\n\n## Instructions\nDo it.\n\n## Schema\n```json\n{}\n```\n"
    assert read_prompt(text).digest != read_prompt(text.replace("it", "that")).digest
    assert read_prompt(text).instructions == "Do it."


def test_a_file_of_another_form_is_no_prompt() -> None:
    with pytest.raises(ValueError, match="a prompt is"):
        read_prompt("Do it.")
