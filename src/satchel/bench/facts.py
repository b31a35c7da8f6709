"""Facts on other people's data: `facts/` of `shared/data`. Each part says in its module how it is scored."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict, cast

from satchel.bench.dialogues import Outcome, coherences, contradictions
from satchel.bench.entity_names import Names, names
from satchel.bench.machine import Provenance, provenance
from satchel.bench.memories import Memories, memories
from satchel.bench.results import FORMAT, sha256
from satchel.errors import InvalidInput
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder

CONTRADICTION = "contradiction.jsonl"
COHERENCE = "coherence.jsonl"
ENTITIES = ("entity_extraction.jsonl", "entity_extraction_labels.jsonl")
MEMORIES = ("memory_extraction.jsonl", "memory_extraction_labels.jsonl")


class Facts(TypedDict):
    """The result of the benchmark of facts; what has no file is None."""

    format: int
    benchmark: str
    provenance: Provenance
    data: Mapping[str, str]
    """File → SHA-256."""
    embedder: str
    contradiction: Sequence[Outcome] | None
    coherence: Mapping[str, Sequence[Outcome]] | None
    """By how many turns came after the one that told the fact."""
    entities: Names | None
    memories: Memories | None


def measure(folder: Path, *, embedder: Embedder | None = None) -> Facts:
    """Measure with every file of a folder that is there.

    Raises:
        InvalidInput: none is.
    """
    model = embedder or SearchEncoder()
    every = (CONTRADICTION, COHERENCE, *ENTITIES, *MEMORIES)
    there = {name: folder / name for name in every if (folder / name).is_file()}
    if not there:
        raise InvalidInput(f"{folder} has none of {', '.join(every)}; give the folder with these files")
    (texts, labels), (kept, kept_labels) = ENTITIES, MEMORIES
    coherence = coherences(there[COHERENCE], model) if COHERENCE in there else None
    return Facts(
        format=FORMAT,
        benchmark="facts",
        provenance=provenance(),
        data={name: sha256(path) for name, path in there.items()},
        embedder=model.name,
        contradiction=contradictions(there[CONTRADICTION], model) if CONTRADICTION in there else None,
        coherence=None if coherence is None else {str(lag): found for lag, found in coherence.items()},
        entities=names(there[texts], there[labels], model) if there.keys() >= {texts, labels} else None,
        memories=memories(there[kept], there[kept_labels], model) if there.keys() >= {kept, kept_labels} else None,
    )


def read_facts(path: Path) -> Facts:
    """Read a result file of the benchmark of facts."""
    return cast(Facts, json.loads(path.read_text(encoding="utf-8")))
