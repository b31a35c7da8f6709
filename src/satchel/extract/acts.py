"""What a person changes by hand: corrections, and names that are joined or parted.

Such an act is a message like any other, so it has a time and a source, and forgetting it undoes it.
"""

from collections.abc import Mapping
from typing import Any, cast

from satchel.extract.claim import Claim, Joining, Mention, Moment
from satchel.extract.time.interval import Precision
from satchel.model import Fact, Message, Source

Act = Mapping[str, object]


def correction(fact: Fact, subject: Mention, value: str | None, begins: Moment | None) -> Act:
    """Return the act that puts `value` in the place of a fact's value; None says that there is no right one."""
    return {
        "correct": {
            "subject": [subject.kind, subject.text],
            "attribute": fact.attribute,
            "qualifier": fact.qualifier,
            "wrong": fact.value,
            "right": value,
            "begins": None if begins is None else [begins.at, begins.precision.value],
        }
    }


def joining(one: str, other: str, *, together: bool) -> Act:
    """Return the act that says that two entities, by their keys, are one or are not."""
    return {"join": {"one": one, "other": other, "together": together}}


def claims_of_act(message: Message) -> tuple[Claim, ...]:
    """Return the claims of a correction: what was wrong, and what is right."""
    given = cast(Mapping[str, Any] | None, (message.act or {}).get("correct"))
    if given is None:
        return ()
    begins = None if given["begins"] is None else Moment(given["begins"][0], Precision(given["begins"][1]))

    def claim(value: str, *, right: bool) -> Claim:
        start = message.content.find(value)
        place = (start, start + len(value)) if start >= 0 else (0, len(message.content))
        return Claim(
            subject=Mention(*given["subject"]),
            attribute=given["attribute"],
            value=value,
            sources=(Source(message.id, *place),),
            qualifier=given["qualifier"],
            polarity="holds" if right else "never",
            stance="corrected",
            begins=begins if right else None,
        )

    wrong = claim(given["wrong"], right=False)
    return (wrong,) if given["right"] is None else (wrong, claim(given["right"], right=True))


def joinings_of_act(message: Message) -> tuple[Joining, ...]:
    """Return what an act says about two names."""
    given = cast(Mapping[str, Any] | None, (message.act or {}).get("join"))
    return () if given is None else (Joining(given["one"], given["other"], given["together"]),)
