"""Adds to a store until its input ends, and keeps in a log what it tries and what came of it.

Usage: postgres_writer.py URL NAME LOG. One JSON list a line of the log, on the disk before it goes on:
["adding" | "added" | "failed", space, [text…], detail]. Any error that is not `StoreUnavailable` ends it.
"""

import faulthandler
import json
import logging
import os
import random
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

import satchel
from satchel.testing import HashEmbedder

KEY = b"k" * 32
_stopping = threading.Event()


class Log:
    """A file that is on the disk after each line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def say(self, verb: str, space: str, texts: list[str], detail: object = None) -> None:
        self._file.write(json.dumps([verb, space, texts, detail]) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def main(url: str, name: str, log: str) -> None:
    faulthandler.enable()  # SIGABRT tells where it hangs
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # each lost connection is a line, and a pipe fills up
    satchel.open(":memory:", embedder=HashEmbedder()).space("warm").add("What is slow the first time is loaded by now.")
    with Path(log).open("a") as file, satchel.open(url, key=KEY, embedder=HashEmbedder()) as memory:
        threading.Thread(target=_wait_for_the_end, daemon=True).start()
        print("ready", flush=True)
        kept, number = Log(file), 0
        while not _stopping.is_set():
            number += 1
            _add(memory, kept, name, number)
    print("done", flush=True)


def _wait_for_the_end() -> None:
    sys.stdin.read()
    _stopping.set()


def _add(memory: satchel.Memory, log: Log, name: str, number: int) -> None:
    """Add one batch. With ids it is repeated until it is there, as a caller would; without ids it is tried once."""
    space = memory.space(random.choice(["shared", name, f"new in {time.time():.0f}"]))
    size = random.choice([1, 2, 3, 30])
    texts = [f"{name} says sentence{number}x{part} of {size}" for part in range(size)]
    with_ids = number % 2 == 0
    messages = [{"role": "user", "content": text, **({"id": text} if with_ids else {})} for text in texts]
    log.say("adding", space.name, texts)
    while True:
        try:
            ids = space.add(messages, session=name).message_ids
        except satchel.StoreUnavailable as error:
            log.say("failed", space.name, texts, str(error))
            if with_ids and not _stopping.is_set():
                continue
            return
        log.say("added", space.name, texts, ids)
        break
    try:
        hits = space.search(texts[-1], limit=3, session=name)
    except satchel.StoreUnavailable as error:
        log.say("failed", space.name, [], str(error))
        return
    assert ids[-1] in {hit.id for hit in hits}, (texts[-1], hits)


if __name__ == "__main__":
    main(*sys.argv[1:])
