"""A store file of the first schema is opened by this version: the same rows, in the form they have now."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

import satchel
from satchel import StoreMismatch
from satchel.store.naming import id_bytes, id_text, pseudonym_uuid
from satchel.store.port import Changes, Phase, RowKind, Scope, State
from satchel.store.sqlite import SqliteStore
from satchel.store.statements import migrations
from satchel.testing import HashEmbedder, SteppingClock

ALICE = Scope("7" * 32, "a" * 32)
BOB = Scope("7" * 32, "b" * 32)
CAROL = Scope("8" * 32, "c" * 32)
GONE = b"what was overwritten"
IDS = [f"01900000-0000-7000-8000-{number:012x}" for number in range(6)]

OldRow = tuple[Scope, str, str, int, int, int, bytes]
"""A row as it was kept: its space, kind, id, version, time, whether it is live, and content."""

STATES = (
    (BOB, State(2, "key-b", Phase.ACTIVE, created_at=20)),
    (ALICE, State(5, "key-a", Phase.ACTIVE, created_at=10)),
    (CAROL, State(3, "key-c", Phase.ERASED, created_at=30)),
)
ROWS: Sequence[OldRow] = (
    (ALICE, "space", ALICE.space, 1, 10, 1, b"names"),
    (ALICE, "message", IDS[2], 1, 11, 1, b"two"),
    (BOB, "message", IDS[2], 1, 21, 1, b"the same id elsewhere"),
    (ALICE, "message", IDS[1], 1, 12, 1, b"\x00\xff one"),
    (ALICE, "features", IDS[2], 1, 11, 0, GONE),
    (ALICE, "features", IDS[1], 1, 12, 1, b"features"),
    (ALICE, "message", IDS[3], 2, 13, 0, GONE),
    (ALICE, "settings", "settings", 3, 0, 1, b"settings"),
    (ALICE, "call", IDS[4], 4, 0, 1, b"call"),
    (ALICE, "message", IDS[3], 5, 13, 1, b"three again"),
    (BOB, "segment", IDS[5], 2, 0, 1, b"x" * 5000),
    (CAROL, "message", IDS[0], 1, 31, 0, GONE),
)
MARKS = ((ALICE, b"m1", IDS[1]), (ALICE, b"m2", IDS[4]), (BOB, b"m1", IDS[2]))


def write_old(
    path: Path,
    states: Sequence[tuple[Scope, State]] = STATES,
    rows: Sequence[OldRow] = ROWS,
    marks: Sequence[tuple[Scope, bytes, str]] = MARKS,
) -> None:
    """Write a file as the first version did: pseudonyms and ids as text, on every row."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN; {migrations('sqlite')[0]}; PRAGMA user_version = 1; COMMIT;")
        connection.executemany(
            "INSERT INTO spaces VALUES (?, ?, ?, ?, ?, ?)",
            [(one.tenant, one.space, of.version, of.key_id, of.phase, of.created_at) for one, of in states],
        )
        connection.executemany(
            "INSERT INTO rows (tenant, space, kind, id, version, at, live, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(one.tenant, one.space, *row) for one, *row in rows],
        )
        connection.executemany(
            "INSERT INTO marks VALUES (?, ?, ?, ?)", [(s.tenant, s.space, m, i) for s, m, i in marks]
        )


def kept(path: Path) -> object:
    """Return the raw tables of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("spaces", "rows", "marks")]


def leave_after_migrating(path: Path) -> None:
    """Bring the file to the second schema, and crash before it is rewritten."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("id_bytes", 1, id_bytes, deterministic=True)
        connection.create_function("pseudonym_bytes", 1, lambda text: pseudonym_uuid(text).bytes, deterministic=True)
        connection.executescript(f"BEGIN IMMEDIATE; {migrations('sqlite')[1]}; PRAGMA user_version = 2; COMMIT;")
        assert connection.execute("SELECT task FROM unfinished").fetchall() == [("rewrite",)]


@pytest.fixture(params=[lambda _: None, leave_after_migrating], ids=["as it was left", "after a crash in between"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "satchel.db"
    write_old(path)
    left: Callable[[Path], None] = request.param
    left(path)
    return path


def test_rows_order_versions_marks_and_states_are_the_same(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        assert store.scopes() == sorted(STATES, key=lambda one: one[1].created_at)
        assert [scope for scope, _ in store.scopes(CAROL.tenant)] == [CAROL]
        for scope, state in STATES:
            with store.view(scope) as view:
                assert view.state == state
                assert view.marks() == {mark: one for of, mark, one in MARKS if of == scope}
                for kind in RowKind:
                    live = [row[2:5] + row[6:] for row in ROWS if row[:2] == (scope, kind) and row[5]]
                    assert [(row.id, row.version, row.at, row.body) for row in view.rows(kind)] == live
                    assert view.ids(kind) == [row[0] for row in live]
                    assert view.count(kind) == len(live)
                    assert list(view.get(kind, [row[0] for row in live])) == [row[0] for row in live]


def test_the_file_is_sound_and_holds_nothing_of_the_old_form(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        assert store.problems() == []
    content = path.read_bytes()
    assert GONE not in content
    for text in (ALICE.tenant, BOB.space, CAROL.tenant, *IDS):
        assert text.encode() not in content
    assert UUID(IDS[1]).bytes in content
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert tables == {"spaces", "rows", "marks", "unfinished", "sqlite_sequence"}
        assert connection.execute("SELECT * FROM unfinished").fetchall() == []
        assert connection.execute("SELECT count(*) FROM rows WHERE live = 0").fetchone() == (0,)


def test_it_is_written_to_and_opened_again_as_any_other(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        assert store.update(ALICE, lambda _: Changes(remove=[(RowKind.MESSAGE, IDS[1])])) == 6
        with store.view(ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == [IDS[2], IDS[3]]
            assert view.marks() == {b"m2": IDS[4]}
    before = kept(path)
    with closing(SqliteStore(path)) as store:
        assert [state.version for _, state in store.scopes()] == [6, 2, 3]
    assert kept(path) == before


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with satchel.open(tmp_path, embedder=HashEmbedder()) as memory:
        memory.space("alice").add("olives")
    path = tmp_path / "satchel.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations('sqlite')) + 1}")
    before = kept(path)
    with pytest.raises(StoreMismatch, match="upgrade satchel"):
        satchel.open(tmp_path, embedder=HashEmbedder())
    assert kept(path) == before


def test_a_memory_of_the_first_schema_answers_as_before(directory: Path) -> None:
    with satchel.open(directory, embedder=HashEmbedder(), clock=SteppingClock()) as memory:
        for name in ("alice", "bob", "carol"):
            space = memory.space(name)
            space.add([f"I am {name}.", "I live in Boston.", "I love olives."], session="s", idempotency_key="k")
        memory.space("carol").erase()
        alice = memory.space("alice")
        alice.forget(alice.messages()[0].id)
        before = _answers(memory)
    _write_back(directory / "satchel.db")
    with satchel.open(directory, embedder=HashEmbedder(), clock=SteppingClock()) as memory:
        assert _answers(memory) == before
        assert memory.check().ok
        assert memory.space("bob").add("I am bob.", idempotency_key="new").duplicates == ()
        assert memory.space("carol").add("I am carol.").duplicates == ()


def _answers(memory: satchel.Memory) -> object:
    spaces = [memory.space(name) for name in ("alice", "bob", "carol")]
    found = [(one.messages(), one.search("olives in Boston").items, one.facts(as_of="2026-06-01")) for one in spaces]
    return found, memory.spaces()


def _write_back(path: Path) -> None:
    """Write a file of today in the first schema."""
    with closing(SqliteStore(path)) as store:
        states = store.scopes()
        rows: list[OldRow] = []
        marks: list[tuple[Scope, bytes, str]] = []
        for scope, _ in states:
            with store.view(scope) as view:
                found = [row for kind in RowKind for row in view.rows(kind)]
                marks += [(scope, mark, one) for mark, one in view.marks().items()]
            rows += [(scope, row.kind, row.id, row.version, row.at, 1, row.body) for row in found]
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()
    write_old(path, states, rows, marks)


@pytest.mark.parametrize("text", [*IDS, "settings", "a" * 14, "a" * 15, "a" * 16, "a" * 32, IDS[0].upper(), "é" * 7])
def test_an_id_is_read_back_as_it_was_written(text: str) -> None:
    assert id_text(id_bytes(text)) == text
