"""Compare the ways of finding claims on the validation blocks: `python compare.py NAME=WEIGHTS …`, as a Markdown table."""

import argparse
from pathlib import Path

import torch
from batches import prepared
from examples import held_out, read_jsonl
from network import Heads, Reader
from patterns import found as by_phrases
from scoring import Score
from tokenizers import Tokenizer
from train import HERE, evaluate, expected, validation

_THRESHOLDS = (0.5, 0.7, 0.85)


def main() -> None:
    """Print precision, recall and the share of messages kept clean, of the phrases and of each tagger alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("taggers", nargs="*", metavar="NAME=WEIGHTS")
    parser.add_argument("--labelled", type=Path, default=HERE / "../../shared/data/claims")
    options = parser.parse_args()
    examples = [one for one in read_jsonl(options.labelled) if not held_out(one.id) and validation(one.id)]
    tokenizer = Tokenizer.from_file(str(HERE / "../src/satchel/models/data/minilm_tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    items = [prepared(tokenizer, one) for one in examples]
    print("| way | least chance | precision % | recall % | kept clean % |\n| --- | ---: | ---: | ---: | ---: |")
    phrases = Score()
    for one in examples:
        phrases.add(expected(one), by_phrases(one.text, one.speaker))
    print(row("phrases alone", "", phrases))
    for given in options.taggers:
        name, _, weights = given.partition("=")
        state = torch.load(Path(weights) / "tagger.pt")
        reader, heads = Reader(), Heads()
        reader.load_state_dict(state["reader"]), heads.load_state_dict(state["heads"])
        for threshold, score in zip(_THRESHOLDS, evaluate(reader, heads, items, _THRESHOLDS), strict=True):
            print(row(name, f"{threshold}", score))


def row(name: str, threshold: str, score: Score) -> str:
    """Return a line of the table."""
    clean = score.clean / max(score.quiet, 1)
    return f"| {name} | {threshold} | {100 * score.precision:.1f} | {100 * score.recall:.1f} | {100 * clean:.1f} |"


if __name__ == "__main__":
    main()
