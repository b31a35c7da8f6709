"""Show what a trained tagger gets wrong on the validation blocks: `python evaluate.py --weights …`."""

import argparse
from collections import Counter
from pathlib import Path

import torch
from batches import prepared
from examples import held_out, read_jsonl
from network import Heads, Reader
from scoring import plain, same
from tokenizers import Tokenizer
from train import HERE, expected, found, validation


def main() -> None:
    """Print each false and each missed claim with its likely reason, and the counts of reasons."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, default=HERE / "weights")
    parser.add_argument("--labelled", type=Path, default=HERE / "../../shared/data/claims")
    parser.add_argument("--least", type=float, default=0.5)
    options = parser.parse_args()
    state = torch.load(options.weights / "tagger.pt")
    reader, heads = Reader(), Heads()
    reader.load_state_dict(state["reader"]), heads.load_state_dict(state["heads"])
    reader.eval(), heads.eval()
    tokenizer = Tokenizer.from_file(str(HERE / "../src/satchel/models/data/minilm_tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    reasons: Counter[str] = Counter()
    for example in read_jsonl(options.labelled):
        if held_out(example.id) or not validation(example.id):
            continue
        gold = expected(example)
        got = [
            claim
            for claim, chance in found(reader, heads, prepared(tokenizer, example), 0.15)
            if chance >= options.least
        ]
        missed = [one for one in gold if not any(same(one, other) for other in got)]
        false = [one for one in got if not any(same(other, one) for other in gold)]
        if not missed and not false:
            continue
        print(example.id, example.speaker, "|", example.context, "|", example.text)
        for one in false:
            why = reason(one, gold)
            reasons["false: " + why] += 1
            print("    FALSE ", one, why)
        for one in missed:
            why = reason(one, got)
            reasons["missed: " + why] += 1
            print("    MISSED", one, why)
    print(reasons.most_common())


def reason(one: tuple[str, ...], others: list[tuple[str, str, str, str]]) -> str:
    """Return how a claim differs from the nearest one on the other side."""
    for other in others:
        near = set(plain(one[2]).split()) & set(plain(other[2]).split())
        if not near:
            continue
        differs = [
            name
            for name, a, b in zip(("subject", "attribute", "value", "polarity"), one, other, strict=True)
            if plain(a) != plain(b)
        ]
        return "+".join(differs)
    return "nothing like it"


if __name__ == "__main__":
    main()
