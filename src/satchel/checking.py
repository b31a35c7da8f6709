"""What works in a memory and what is missing, said plainly."""

from collections.abc import Iterator

from satchel.engine import Engine
from satchel.errors import ModelUnavailable, SatchelError
from satchel.extract.instants import to_micros
from satchel.jobs import NEVER
from satchel.model import Check, Finding, Stats
from satchel.models.language import detect_language
from satchel.records import Records
from satchel.store.port import Phase, RowKind, Scope, View

_LATE = 3_600_000_000
"""Microseconds after which somebody should have done a job."""


def check(engine: Engine) -> Check:
    """Look at the store, the keys, every space's derived rows, and the models."""
    return Check(
        (
            *_store(engine),
            _encryption(engine),
            _keys(engine),
            *_spaces(engine),
            _jobs(engine),
            _embedder(engine),
            _tagger(engine),
            _languages(),
        )
    )


def _store(engine: Engine) -> Iterator[Finding]:
    problems = engine.store.problems()
    for problem in problems:
        yield Finding("store", "error", f"{problem}; restore the store from a backup")
    if not problems:
        yield Finding("store", "ok", "the database's own integrity check passes")


def stats(engine: Engine) -> Stats:
    """Return what a store holds and takes, in numbers."""
    phases = [state.phase for _, state in engine.store.scopes()]
    tally = engine.store.tally()
    return Stats(
        spaces=phases.count(Phase.ACTIVE),
        erased=phases.count(Phase.ERASED),
        rows={kind.value: count for kind, (count, _) in tally.items()},
        content_bytes={kind.value: size for kind, (_, size) in tally.items()},
        disk_bytes=engine.store.nbytes(),
        keys=len(engine.vault.holders),
    )


def _keys(engine: Engine) -> Finding:
    """Compare the keys with the spaces that need one."""
    phases = {(scope.tenant, scope.space): state.phase for scope, state in engine.store.scopes()}
    holders = set(engine.vault.holders)
    needing = {one for one, phase in phases.items() if phase is not Phase.ERASED}
    lacking, spare = len(needing - holders), len(holders - needing)
    if lacking:
        return Finding("keys", "error", f"{lacking} spaces have no key; restore the keys from a backup, or erase them")
    if spare:
        return Finding("keys", "warning", f"{spare} keys belong to no space: a first write was interrupted; harmless")
    return Finding("keys", "ok", f"{len(holders)}, one for each space")


def _encryption(engine: Engine) -> Finding:
    if not engine.vault.encrypted:
        return Finding("encryption", "warning", "off (encrypt=False): whoever can read the files can read the memory")
    return Finding("encryption", "ok", f"AES-256-GCM, a key for each space; master key: {engine.vault.source}")


def _spaces(engine: Engine) -> Iterator[Finding]:
    count = 0
    for scope, state in engine.store.scopes():
        if state.phase is Phase.ERASED:
            continue
        count += 1
        problem = _problem(engine, scope)
        if problem:
            yield Finding("spaces", "error", f"space {scope.space[:8]}…: {problem}")
    yield Finding("spaces", "ok", f"{count} with content; each was opened and compared with its log")


def _problem(engine: Engine, scope: Scope) -> str | None:
    def compare(view: View, records: Records) -> str:
        for row in view.rows(RowKind.MESSAGE):
            records.message(row)
        logged = set(view.ids(RowKind.MESSAGE))
        indexed = set(engine.indexes.current(view, records).all_ids())
        if logged == indexed:
            return ""
        return f"{len(logged ^ indexed)} messages differ between log and index; run rebuild() on it"

    try:
        return engine.read(scope, compare)
    except SatchelError as error:
        return str(error)


def _jobs(engine: Engine) -> Finding:
    """Look for slow work that was given up, or that nobody does."""
    found = engine.store.due(by=NEVER)
    now = to_micros(engine.clock()) if found else 0
    dead = sum(one.at == NEVER for one in found)
    late = sum(one.at < now - _LATE for one in found)
    if dead:
        return Finding(
            "jobs", "warning", f"{dead} were given up; jobs() says why, and retry() lets them be tried again"
        )
    if late:
        return Finding("jobs", "warning", f"{late} are due for an hour; run `satchel work`, or open without work=False")
    return Finding("jobs", "ok", f"{len(found)} wait or are being done")


def _embedder(engine: Engine) -> Finding:
    if engine.embedder is None:
        return Finding("embedder", "warning", "none: search compares words alone")
    try:
        engine.embedder.embed(["ready?"])
    except ModelUnavailable as error:
        return Finding("embedder", "error", str(error))
    return Finding("embedder", "ok", f"{engine.embedder.name}, {engine.embedder.dimensions} dimensions")


def _tagger(engine: Engine) -> Finding:
    tagger = engine.reader.tagger
    if tagger is None:
        return Finding("claims", "warning", "no tagger: messages are kept, and no facts are found in them")
    try:
        tagger.tag([("ready?", None)])
    except ModelUnavailable as error:
        return Finding("claims", "error", str(error))
    return Finding("claims", "ok", tagger.name)


def _languages() -> Finding:
    try:
        detect_language("Which language is this sentence in?")
    except ModelUnavailable as error:
        return Finding("languages", "warning", f"{error}; every message counts as English")
    return Finding("languages", "ok", "fastText lid.176, bundled")
