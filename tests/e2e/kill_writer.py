"""Writes to a store until it is killed, and says on its output what it is about to do and what was done.

Usage: kill_writer.py DIRECTORY SEED. One JSON list a line: [verb, space, detail], flushed before it goes on.
"""

import json
import random
import sys

import satchel
from satchel.testing import HashEmbedder

_WORDS = ["river", "garden", "window", "kitchen", "yesterday", "friend", "train", "coffee", "letter", "music"]


def main(directory: str, seed: str) -> None:
    rng = random.Random(int(seed))
    satchel.open(":memory:", embedder=HashEmbedder()).space("warm").add("What is slow the first time is loaded by now.")
    memory = satchel.open(directory, embedder=HashEmbedder())
    _say("ready", "", [])
    number = 0
    while True:
        number += 1
        name = rng.choice(["alice", "bob", "doomed", "doomed"])
        space = memory.space(name)
        size = rng.choice([1, 2, 5, 20, 300])
        batch = f"{seed}.{number}"
        texts = [f"batch {batch} message {i} of {size}: {' '.join(rng.choices(_WORDS, k=i % 30))}" for i in range(size)]
        _say("adding", name, [batch, size])
        added = space.add(texts, session=batch)
        _say("added", name, list(zip(added.message_ids, texts, strict=True)))
        if rng.random() < 0.3:
            chosen = rng.sample(added.message_ids, min(size, 3))
            _say("forgetting", name, chosen)
            space.forget(chosen)
            _say("forgot", name, chosen)
        if name == "doomed" and rng.random() < 0.5:
            _say("erasing", name, [])
            space.erase()
            _say("erased", name, [])


def _say(verb: str, space: str, detail: list[object]) -> None:
    print(json.dumps([verb, space, detail]), flush=True)


main(*sys.argv[1:])
