"""How many labelled claims are found: each message goes through the public API, in a fresh space of its own.

A message with a context has that message added first, a minute before: by the speaker that it names ("Anna: …",
"user: …"), else by the assistant. What counts is `Added.claims` with modality asserted. Of the fifth that was set
aside only totals are kept.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypedDict, cast

import satchel
from satchel.bench import extraction_speed, labelled, sizes
from satchel.bench.claim_scores import Matched, Score, Tally, match
from satchel.bench.extraction_speed import ExtractionSpeed
from satchel.bench.labelled import Label, Labelled
from satchel.bench.machine import Provenance, provenance
from satchel.bench.results import FORMAT, sha256
from satchel.bench.sizes import Sizes
from satchel.bench.split import Split
from satchel.extract.instants import read_instant
from satchel.model import Claim
from satchel.testing import HashEmbedder

_CONTEXT_BEFORE = timedelta(minutes=1)


class ClaimsData(TypedDict):
    """The messages that were measured with."""

    files: Mapping[str, str]
    """File → SHA-256."""
    split: str
    messages: int
    quiet: int
    """Messages without an asserted claim."""
    clean: int
    """Those of them in which none was found."""


class Claims(TypedDict):
    """The result of the benchmark of claims."""

    format: int
    benchmark: str
    provenance: Provenance
    data: ClaimsData
    total: Score
    attributes: Mapping[str, Score]
    files: Mapping[str, Score]
    degraded: Mapping[str, int]
    speed: ExtractionSpeed
    sizes: Sizes


@dataclass(frozen=True, slots=True)
class Error:
    """A message whose claims were not found as labelled; never one that was set aside."""

    message: Labelled
    matched: Matched


@dataclass(slots=True)
class Run:
    """What came of the messages."""

    tally: Tally = field(default_factory=Tally)
    errors: list[Error] = field(default_factory=list[Error])
    degraded: dict[str, int] = field(default_factory=dict[str, int])


def measure(folder: Path, split: Split, *, scale: extraction_speed.Scale = extraction_speed.FULL) -> tuple[Claims, Run]:
    """Measure what is found in a folder's messages, how fast, and how big it all is.

    Raises:
        InvalidInput: the folder has no labelled messages.
    """
    messages = labelled.load(folder, split)
    done = run(messages)
    result = Claims(
        format=FORMAT,
        benchmark="claims",
        provenance=provenance(),
        data=ClaimsData(
            files={path.name: sha256(path) for path in labelled.files(folder)},
            split=split,
            messages=len(messages),
            quiet=done.tally.quiet,
            clean=done.tally.clean,
        ),
        total=done.tally.total,
        attributes=dict(sorted(done.tally.attributes.items())),
        files=dict(sorted(done.tally.files.items())),
        degraded=done.degraded,
        speed=extraction_speed.measure(messages, scale),
        sizes=sizes.measure(),
    )
    return result, done


def read_claims(path: Path) -> Claims:
    """Read a result file of the benchmark of claims."""
    return cast(Claims, json.loads(path.read_text(encoding="utf-8")))


def run(messages: Sequence[Labelled]) -> Run:
    """Let every message be read in a space of its own."""
    done = Run()
    with satchel.open(":memory:", embedder=HashEmbedder()) as memory:
        for message in messages:
            found, notes = asserted(memory.space(message.id), message)
            matched = match(message.labels, found)
            done.tally.add(message.file, matched)
            for note in notes:
                done.degraded[note] = done.degraded.get(note, 0) + 1
            if (matched.wrong or matched.missed) and not message.set_aside:
                done.errors.append(Error(message, matched))
    return done


def asserted(space: satchel.Space, message: Labelled) -> tuple[list[Label], tuple[str, ...]]:
    """Add a message, with the one before it, to an empty space; return the asserted claims and what was not done."""
    at = read_instant(message.at, name="at")
    if message.before is not None:
        space.add(message.before.message, at=at - _CONTEXT_BEFORE)
    added = space.add(message.said.message, at=at)
    return [_label(one) for one in added.claims if one.modality == "asserted"], added.degraded


def explained(errors: Sequence[Error]) -> str:
    """Return errors in words; none of a message that was set aside."""
    return "\n".join(line for one in errors if not one.message.set_aside for line in _lines(one))


def _label(claim: Claim) -> Label:
    return Label(claim.subject, claim.attribute, claim.value, claim.polarity)


def _lines(error: Error) -> Iterator[str]:
    message = error.message
    if message.before is not None:
        yield f"{message.id} before: {message.before.name or message.before.role}: {message.before.content}"
    yield f"{message.id} {message.said.name or message.said.role}: {message.said.content}"
    for word, labels in (("missed", error.matched.missed), ("wrong", error.matched.wrong)):
        for one in labels:
            yield f"    {word} {one.subject} {one.attribute} {one.value!r} {one.polarity}"
