"""One process among several on one store: writes, reads or erases for some seconds, then prints what it did.

Usage: process_worker.py ROLE LOCATION NAME SECONDS. The last line of the output is one JSON object. Any error ends it.
"""

import json
import random
import sys
import time
from collections.abc import Iterator

import satchel
from satchel.testing import HashEmbedder

_SLOTS_A_SECOND = 2


def main(role: str, location: str, name: str, seconds: str) -> None:
    if role == "open":
        _wait()
        print(json.dumps(open_and_add(location, name)), flush=True)
        return
    with satchel.open(location, embedder=HashEmbedder()) as memory:
        _wait()
        print(json.dumps(_ROLES[role](memory, name, float(seconds))), flush=True)


def _wait() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def open_and_add(location: str, name: str) -> object:
    """Open a store that all others open at the same moment, and add. Return what is seen then, and what was added."""
    with satchel.open(location, embedder=HashEmbedder()) as memory:
        text = f"{name} was here"
        memory.space("shared").add(text)
        return [message.content for message in memory.space("shared").messages()], text


def _turns(seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        yield number
        number += 1


def write(memory: satchel.Memory, name: str, seconds: float) -> object:
    """Add to a shared and to an own space; each message must be seen at once. Return all that was acknowledged."""
    acknowledged: dict[str, dict[str, str]] = {"shared": {}, name: {}}
    same: dict[str, str] = {}
    for number in _turns(seconds):
        for where in ("shared", name):
            space = memory.space(where)
            texts = [f"{name} says sentence{number}x{part} to {where}" for part in range(1 + number % 3)]
            added = space.add(texts, session=name)
            acknowledged[where] |= dict(zip(added.message_ids, texts, strict=True))
            _see(space, name, added.message_ids[-1], texts[-1])
        slot = int(time.time() * _SLOTS_A_SECOND)
        said = {"role": "user", "content": f"what all say in slot {slot}", "id": f"slot-{slot}"}
        same[str(slot)] = memory.space("shared").add(said).message_ids[0]
        if number % 7 == 6:
            gone = random.Random(number).choice(sorted(acknowledged[name]))
            memory.space(name).forget(gone)
            del acknowledged[name][gone]
    return {"acknowledged": acknowledged, "same": same}


def _see(space: satchel.Space, name: str, message_id: str, text: str) -> None:
    assert space.get(message_id).content == text
    assert message_id in {message.id for message in space.messages(session=name, limit=5)}
    hits = space.search(text, limit=3, session=name)
    assert message_id in {hit.id for hit in hits}, (text, hits)


def read(memory: satchel.Memory, name: str, seconds: float) -> object:
    """Read every space in every way; what was seen once stays, and nothing is seen twice."""
    rng = random.Random(name)
    seen: set[str] = set()
    rounds = 0
    for rounds in _turns(seconds):  # noqa: B007  (its last value is the result)
        messages = memory.space("shared").messages()
        ids = {message.id for message in messages}
        assert len(ids) == len(messages)
        assert seen <= ids
        seen = ids
        if messages:
            one = rng.choice(messages)
            assert memory.space("shared").get(one.id) == one
            assert memory.space("shared").search(one.content, limit=50, explain=True)
            assert memory.space("shared").context(one.content, budget=500).tokens <= 500
        for info in memory.spaces():
            memory.space(info.name).search("sentence", limit=3)
    return {"rounds": rounds, "seen": len(seen)}


def write_contested(memory: satchel.Memory, name: str, seconds: float) -> object:
    """Add to a space that others erase. Return when each add began and ended."""
    said: list[tuple[float, float, str, str]] = []
    space = memory.space("contested")
    for number in _turns(seconds):
        text = f"{name} says sentence{number}"
        began = time.monotonic()
        added = space.add(text)
        said.append((began, time.monotonic(), added.message_ids[0], text))
        space.search(text, limit=3)
        space.messages(limit=3)
    return said


def erase_contested(memory: satchel.Memory, name: str, seconds: float) -> object:
    """Erase the space again and again. Return when each erasure began and ended."""
    done: list[tuple[float, float]] = []
    rng = random.Random(name)
    for _ in _turns(seconds):
        time.sleep(rng.uniform(0, 0.1))
        began = time.monotonic()
        try:
            memory.space("contested").erase()
        except satchel.NotFound:
            continue
        done.append((began, time.monotonic()))
    return done


def rotate(memory: satchel.Memory, name: str, seconds: float) -> object:
    """Change the master key again and again, and make spaces under it."""
    rounds = 0
    for rounds in _turns(seconds):
        memory.rotate_key()
        memory.space(f"{name} {rounds % 5}").add(f"round {rounds}")
    return rounds


_ROLES = {
    "write": write,
    "read": read,
    "write contested": write_contested,
    "erase contested": erase_contested,
    "rotate": rotate,
}
main(*sys.argv[1:])
