"""A user's own attributes: phrases with {value} in them, looked for in what is said."""

import re
from functools import lru_cache

from satchel.extract.catalogue import Catalogue
from satchel.extract.claim import Claim, Mention
from satchel.model import Message, Source

_VALUE = r"(?P<value>[^.,;!?\n]{1,120}?)(?=\s*(?:[.,;!?\n]|$|\s(?:and|but|so|because)\s))"


def claims_by_pattern(message: Message, catalogue: Catalogue) -> tuple[Claim, ...]:
    """Return what the patterns of the user's own attributes find in a message."""
    return tuple(
        Claim(
            subject=Mention("self", message.speaker or ""),
            attribute=attribute.name,
            value=match["value"].strip(),
            sources=(Source(message.id, match.start("value"), match.end("value")),),
        )
        for attribute in catalogue.attributes.values()
        for pattern in attribute.patterns
        for match in _compiled(pattern).finditer(message.content)
        if match["value"].strip()
    )


@lru_cache(maxsize=1_024)
def _compiled(pattern: str) -> re.Pattern[str]:
    before, after = pattern.split("{value}", 1)
    words = r"\s+".join(map(re.escape, before.split()))
    opening = rf"\b{words}\s+" if words else r"(?:^|(?<=[.!?,;\n]))\s*"
    ending = r"\s*" + r"\s+".join(map(re.escape, after.split())) if after.strip() else ""
    value = _VALUE if not ending else r"(?P<value>[^.,;!?\n]{1,120}?)"
    return re.compile(f"{opening}{value}{ending}", re.IGNORECASE)
