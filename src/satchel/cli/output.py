"""What is written to the terminal: safe text, one JSON document, receipts.

Words from a memory were written by strangers. They reach the terminal without control characters and are never read
as markup, so that a message can neither move the cursor nor colour, link or hide what stands beside it.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from satchel.model import Receipt, Trust

if TYPE_CHECKING:
    from rich.console import Console

# Escape sequences as a whole (CSI, OSC and other strings, two-character ones), so that no "[31m" is left of them.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
_JSON_UNSAFE = re.compile(rf"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")


def safe(text: str) -> str:
    """Return text without escape sequences, control and direction characters; line breaks and tabs stay."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Return safe text on one line."""
    return " ".join(safe(text).split())


def instant(moment: datetime) -> str:
    """Return a time as ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def minute(moment: datetime) -> str:
    """Return a time in UTC, to the minute, for reading."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def plain(value: object) -> object:
    """Return a value as JSON values: dataclasses as objects, times as ISO 8601 UTC."""
    if isinstance(value, date):
        return instant(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Trust):
        return value.name.lower()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in cast(Mapping[object, object], value).items()}
    if isinstance(value, (Sequence, frozenset)) and not isinstance(value, (str, bytes)):
        return [plain(one) for one in cast(Sequence[object], value)]
    return value


def document(value: object) -> None:
    """Write one JSON document to stdout; characters that a terminal would obey are escaped."""
    takes_all = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(plain(value), ensure_ascii=not takes_all, indent=2)
    line(_JSON_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def line(text: str = "") -> None:
    """Write a line to stdout as it is; the text must be safe."""
    print(text)  # noqa: T201


def console(*, stderr: bool = False) -> "Console":
    """Return a console that interprets nothing in what it is given."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def entry(out: "Console", heading: Sequence[tuple[str, str]], body: str) -> None:
    """Write a heading of (text, style) parts and, indented below it, words from a memory."""
    from rich.padding import Padding
    from rich.text import Text

    title = Text("  ").join(Text(one_line(text), style=style) for text, style in heading if text)
    out.print(title, soft_wrap=True)
    words = safe(body).strip()
    if out.is_terminal:
        out.print(Padding(Text(words), (0, 0, 0, 2)))
    else:
        out.print(Text("  " + words.replace("\n", "\n  ")), soft_wrap=True)


def notes(degraded: Sequence[str]) -> None:
    """Say on stderr what was left out or done with less."""
    for note in degraded:
        console(stderr=True).print(f"note: {one_line(note)}", soft_wrap=True)


def receipt(given: Receipt) -> None:
    """Write a receipt for reading."""
    from rich.text import Text

    out = console()
    state = "complete" if given.complete else "not complete yet"
    place = f"space {given.space}, tenant {given.tenant}"
    out.print(Text(one_line(f"Receipt: {place}, {minute(given.at)} UTC, {state}"), style="bold"), soft_wrap=True)
    destroyed = ", ".join(f"{count} {what}" for what, count in given.destroyed.items())
    out.print(f"destroyed: {one_line(destroyed)}", soft_wrap=True)
    for what in given.remains:
        out.print(f"out of reach: {one_line(what)}", soft_wrap=True)
