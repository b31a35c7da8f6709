"""Law 9: whatever is done, memories on SQLite, on PostgreSQL and in dictionaries tell the same to the last bit.

Each has a clock and a counter of ids of its own that go alike, so that nothing needs to be left out of what is
compared: ids, scores, versions, times, errors, and every row as it is kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import satchel
from postgres import database
from satchel.engine import Engine
from satchel.locations import Location, location_of, open_store, open_vault
from satchel.memory import assembled
from satchel.records import Records
from satchel.store.port import Row, RowKind, Scope, Store, View
from satchel.testing import HashEmbedder, MemoryStore, SteppingClock

DAY = timedelta(days=1)
START = datetime(2025, 3, 1, 10, tzinfo=UTC)
SPACES = (("alice", "default"), ("bob", "default"), ("alice", "other"))
SEGMENT = 4
QUERIES = ("Where does Anna live now?", "olives and peanuts", "Japan in April 2026")
TEXTS = (
    "I live in Boston.",
    "I moved to Lisbon last month.",
    "I don't live in Lisbon anymore.",
    "Actually, I live in Porto, not Lisbon.",
    "I work at Acme as a welder.",
    "I left Acme last week.",
    "My sister Anna works at Shell.",
    "My sister lives in Oslo.",
    "My colleague Tom likes tea.",
    "My husband Tom is a nurse.",
    "I love olives.",
    "I'm allergic to peanuts.",
    "We're planning a trip to Japan in April 2026.",
    "My blood type is AB.",
    "Ich wohne jetzt in Köln und mag Oliven.",
)
BLOOD = {"blood_type": {"patterns": ["my blood type is {value}"]}}

Operation = tuple[str, int, Any]
"""What is done, in which of the spaces, and with what."""

numbers = st.integers(0, 11)
message = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "user", "user", "assistant"]), "content": st.sampled_from(TEXTS)},
    optional={
        "at": st.integers(-2, 9).map(lambda days: START + days * DAY),
        "id": st.sampled_from(["one", "two"]),
        "name": st.sampled_from(["Ana", "Bo"]),
        "metadata": st.just({"source": "chat"}),
    },
)
said = st.tuples(
    st.lists(message, min_size=1, max_size=4),
    st.fixed_dictionaries(
        {"session": st.sampled_from(["s1", "s2", None])}, optional={"idempotency_key": st.sampled_from(["k1", "k2"])}
    ),
)
spaces = st.integers(0, len(SPACES) - 1)
additions = st.tuples(st.just("add"), spaces, said)
operations = st.one_of(
    additions,
    additions,
    additions,
    st.tuples(st.just("repeat"), spaces, numbers),
    st.tuples(st.just("forget"), spaces, st.lists(numbers, min_size=1, max_size=3)),
    st.tuples(st.just("forget what"), spaces, st.sampled_from([{"session": "s1"}, {"before": START + 2 * DAY}])),
    st.tuples(st.just("correct"), spaces, st.tuples(numbers, st.sampled_from(["Rome", "Initech", None]))),
    st.tuples(st.sampled_from(["merge", "unmerge"]), spaces, st.tuples(numbers, numbers)),
    st.tuples(st.just("define"), spaces, st.sampled_from([{"zone": "Asia/Tokyo"}, {"attributes": BLOOD}])),
    st.tuples(st.just("feedback"), spaces, st.tuples(numbers, st.booleans())),
    st.tuples(st.just("retain"), spaces, st.sampled_from([{"days": 300, "role": "assistant"}, {"days": None}])),
    st.tuples(st.just("consolidate"), spaces, st.none()),
    st.tuples(st.just("erase"), spaces, st.none()),
    st.tuples(st.just("rebuild"), spaces, st.none()),
    st.tuples(st.just("begin cold"), spaces, st.none()),
)


@dataclass(slots=True)
class World:
    """One memory, with a clock of its own and ids that are counted."""

    memory: satchel.Memory
    clock: SteppingClock
    made: int = 0
    tenants: Mapping[str, str] = field(default_factory=dict[str, str])
    """The tenants of the run that is under way, by what they are called in `SPACES`."""

    def begin(self, run: int) -> None:
        """Start at the first time, with ids and spaces that no other run has."""
        self.clock.now, self.made = START, run << 20
        self.tenants = {tenant: f"{tenant} {run}" for _, tenant in SPACES}

    def new_id(self) -> str:
        self.made += 1
        return f"01900000-0000-7000-8000-{self.made:012x}"

    def space(self, number: int) -> satchel.Space:
        name, tenant = SPACES[number]
        return self.memory.space(name, tenant=self.tenants[tenant])


class Worlds:
    """Memories that must tell the same as a plain one. One works at a time, and draws its ids."""

    def __init__(self, plain: World, others: Mapping[str, World]) -> None:
        self.plain = plain
        self.others = others
        self.working = plain
        self.runs = 0

    def begin(self) -> None:
        self.runs += 1
        for world in (self.plain, *self.others.values()):
            world.begin(self.runs)

    def agree(self, action: Callable[[World], object]) -> None:
        """Do something in each, and see that the outcome is the same, be it an error."""
        expected = self._outcome(self.plain, action)
        for name, world in self.others.items():
            assert self._outcome(world, action) == expected, f"{name} differs"

    def new_id(self) -> str:
        return self.working.new_id()

    def _outcome(self, world: World, action: Callable[[World], object]) -> object:
        self.working = world
        try:
            return action(world)
        except satchel.SatchelError as error:
            return type(error), str(error)


@contextmanager
def opened(place: Location, store: Store | None = None) -> Iterator[World]:
    clock = SteppingClock()
    vault = open_vault(place, key=b"k" * 32, adopt=b"a" * 32)
    engine = assembled(store or open_store(place), vault, HashEmbedder(), clock)
    with satchel.Memory(engine, location=place.name) as memory:
        yield World(memory, clock)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    with (
        database() as url,
        opened(Location(), MemoryStore()) as plain,
        opened(location_of(tmp_path_factory.mktemp("same"))) as sqlite,
        opened(location_of(url)) as postgres,
        pytest.MonkeyPatch.context() as patched,
    ):
        worlds = Worlds(plain, {"SQLite": sqlite, "PostgreSQL": postgres})
        patched.setattr("satchel.packing.SEGMENT_MESSAGES", SEGMENT)
        for module in ("ledger", "erasure", "packing"):
            patched.setattr(f"satchel.{module}.new_id", worlds.new_id)
        yield worlds


def perform(world: World, operation: Operation) -> object:
    """Do one operation; one that the state does not allow does nothing, or gives an error."""
    name, number, argument = operation
    space = world.space(number)
    if name == "add":
        messages, more = argument
        return space.add(messages, **more)
    if name in ("define", "retain"):
        return (space.define if name == "define" else space.retain)(**argument)
    if name == "begin cold":
        return _forget_caches(world.memory._engine, space._place.scope)
    if name == "forget what":
        return _destroyed(space.forget(**argument))
    if name in ("rebuild", "erase", "consolidate"):
        return _to_all_of_it(space, name)
    return _on_what_is_there(space, name, argument)


def _to_all_of_it(space: satchel.Space, name: str) -> object:
    if name == "consolidate":
        found = space.consolidate()
        return replace(found, receipt=found.receipt and _destroyed(found.receipt))
    return space.rebuild() if name == "rebuild" else _destroyed(space.erase())


def _on_what_is_there(space: satchel.Space, name: str, argument: Any) -> object:
    log, facts, entities = space.messages(), space.facts(past=True), space.entities()
    if name == "repeat" and log:
        one = log[argument % len(log)]
        again = {"role": one.role, "content": one.content, "at": one.said_at, "session": one.session}
        return space.add(again | ({"name": one.speaker} if one.speaker else {}))
    if name == "forget" and log:
        ids = [one.id for one in (*log, *facts)]
        return _destroyed(space.forget([ids[number % len(ids)] for number in argument]))
    if name == "feedback" and (log or facts):
        number, useful = argument
        ids = [one.id for one in (*facts, *log)]
        return space.feedback(ids[number % len(ids)], useful)
    if name == "correct" and facts:
        number, value = argument
        return space.correct(facts[number % len(facts)].id, value)
    if name in ("merge", "unmerge") and entities:
        one, other = (entities[number % len(entities)].id for number in argument)
        return (space.merge if name == "merge" else space.unmerge)(one, other)
    return None


def _forget_caches(engine: Engine, scope: Scope) -> None:
    engine.indexes.drop(scope)
    engine.minds.drop(scope)
    engine.notices.drop(scope)


def _destroyed(receipt: satchel.Receipt) -> satchel.Receipt:
    """Return a receipt without what a store cannot reach, which is each store's own."""
    return replace(receipt, complete=True, remains=())


def told(space: satchel.Space) -> Mapping[str, object]:
    """Return what a space tells, now and at other moments."""
    late, early, before = ({"as_of": START + days * DAY} for days in (30, 3, 1))
    then: dict[str, Any] = {"known_at": START + timedelta(seconds=60)}
    clocks: Sequence[dict[str, Any]] = (late, early, then, before | then)
    return {
        "messages": space.messages(),
        "facts": [space.facts(past=True, **clock) for clock in clocks],
        "present": space.facts(as_of=START + 30 * DAY),
        "entities": [space.entities(), space.entities(**then)],
        "profile": space.profile(**late),
        "consolidation": [space.consolidate(dry_run=True), space.patterns(**then), space.contradictions(**early)],
        "search": [_timeless(space.search(one, explain=True, **clock)) for one in QUERIES for clock in (late, then)],
        "context": [_timeless(space.context(QUERIES[0], **clock)) for clock in (late, before | then)],
    }


def kept(world: World, space: satchel.Space) -> object:
    """Return every row of a space, opened, with its version and in its order; its marks; and its state."""
    engine, scope = world.memory._engine, space._place.scope

    def opened(view: View, records: Records) -> object:
        rows = [(replace(row, body=_content(records, row))) for kind in RowKind for row in view.rows(kind)]
        changed = [[row.id for row in view.rows(kind, since=2)] for kind in RowKind]
        counts = [(view.count(kind), view.ids(kind)) for kind in RowKind]
        return rows, changed, counts, sorted(view.marks().values())

    state = engine.state(scope)
    return state and replace(state, key_id=""), engine.read(scope, opened)


def _content(records: Records, row: Row) -> bytes:
    """Return what a row says; of a call, only the ids that it gave: its fingerprint is made with the space's key."""
    return repr(records.call(row).message_ids).encode() if row.kind is RowKind.CALL else records.body(row)


def _timeless(result: Any) -> object:
    return replace(result, took_ms=0.0)


def listed(world: World) -> object:
    """Return the spaces of this run that hold something."""
    return [one for tenant in sorted(set(world.tenants.values())) for one in world.memory.spaces(tenant)]


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(first=additions, rest=st.lists(operations, min_size=2, max_size=7))
def test_every_store_tells_the_same_after_every_operation(
    worlds: Worlds, first: Operation, rest: Sequence[Operation]
) -> None:
    worlds.begin()
    for operation in (first, *rest):
        worlds.agree(lambda world, one=operation: perform(world, one))
        worlds.agree(lambda world, one=operation: told(world.space(one[1])))
        worlds.agree(lambda world, one=operation: kept(world, world.space(one[1])))
    worlds.agree(listed)
    for number in range(len(SPACES)):
        worlds.agree(lambda world, one=number: told(world.space(one)))
        worlds.agree(lambda world, one=number: perform(world, ("erase", one, None)))
