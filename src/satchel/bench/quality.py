"""One benchmark of retrieval, from its data to its result."""

from collections.abc import Iterable

from satchel.bench.dataset import Conversation, Dataset
from satchel.bench.results import Quality, quality
from satchel.bench.retrieval import run
from satchel.models.embedding import Embedder
from satchel.models.encoder import SearchEncoder


def measure(dataset: Dataset, *, embedder: Embedder | None = None) -> Quality:
    """Put a dataset into memory, ask its questions and return the figures.

    Args:
        dataset: the conversations and questions.
        embedder: another embedding model than the bundled one.
    """
    model = embedder or SearchEncoder()
    model.embed(["loads the model"])
    return quality(dataset, run(_tracked(dataset), embedder=model), embedder=model.name)


def _tracked(dataset: Dataset) -> Iterable[Conversation]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(dataset.conversations, dataset.name, console=console, transient=True, disable=not console.is_terminal)
