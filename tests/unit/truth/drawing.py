"""Stories drawn at random: any claims, said on any days in any number of messages."""

from collections.abc import Sequence

from hypothesis import strategies as st

from satchel.extract.claim import Claim, Mention, Reading
from satchel.extract.time.interval import Precision

from .making import ME, claim, named, said

VALUES = ("Lisbon", "lisbon, portugal", "Boston", "Porto", "New York", "York")
PEOPLE = ("Anna", "Anna Berg", "Tom")
PRECISIONS = (Precision.DAY, Precision.MONTH, Precision.YEAR)
DATED = ["no", "no", "begins", "ends", "both"]
KINDS = ["holds", "holds", "holds", "planned", "ended", "never", "corrected"]
days = st.integers(0, 12)


@st.composite
def claims(draw: st.DrawFn, attributes: Sequence[str], subjects: Sequence[Mention]) -> Claim:
    """Draw a claim; what it says of its beginning lies before what it says of its end."""
    attribute = draw(st.sampled_from(attributes))
    kind = draw(st.sampled_from(KINDS))
    begins, ends = sorted(draw(st.tuples(days, days)))
    dated = draw(st.sampled_from(["no", "no", "begins", "both"] if kind == "corrected" else DATED))
    known = PEOPLE if attribute in ("colleague", "partner", "friend") else VALUES
    return claim(
        attribute,
        "" if kind == "ended" and draw(st.booleans()) else draw(st.sampled_from(known)),
        of=draw(st.sampled_from(subjects)),
        begins=begins if dated in ("begins", "both") else None,
        ends=ends + 1 if dated in ("ends", "both") else None,
        polarity=kind if kind in ("ended", "never") else "holds",  # type: ignore[arg-type]
        modality="planned" if kind == "planned" else "asserted",
        stance="corrected" if kind == "corrected" or (kind == "never" and draw(st.booleans())) else "stated",
        precision=draw(st.sampled_from(PRECISIONS)),
    )


def drawn_stories(attributes: Sequence[str], *, others: bool = False) -> st.SearchStrategy[list[Reading]]:
    """Return stories about these attributes of the user; with `others`, of people who are named too."""
    subjects = [ME, *map(named, PEOPLE), Mention("noun", "husband")] if others else [ME]
    ones = st.lists(claims(attributes, subjects), min_size=1, max_size=2)
    spoken = st.builds(lambda on, said_so, known: said(on, *said_so, known=on + known), days, ones, st.integers(0, 2))
    return st.lists(spoken, max_size=6, unique_by=lambda one: one.message_id)
