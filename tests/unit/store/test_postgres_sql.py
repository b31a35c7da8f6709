"""Laws 5 and 9: on a server no statement of the hot path touches a row without naming its tenant and its space."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import satchel
from satchel.store.statements import statements
from satchel.testing import HashEmbedder, SteppingClock

HOT = statements("postgres")
KEYS = ("tenant", "space")
_CONTROL = re.compile(r"BEGIN\b.*|COMMIT|ROLLBACK|SET\b.*")
_SUBQUERY = re.compile(r"\((\s*SELECT\b[^()]*(?:\([^()]*\)[^()]*)*)\)")
_TABLE = re.compile(
    r"(?:\b(?:FROM|JOIN|UPDATE|INTO|USING)|,)\s+satchel\.(\w+)(?:\s+(?:AS\s+)?(?!WHERE\b|SET\b|ON\b|JOIN\b)(\w+))?"
)
_INSERT = re.compile(r"INSERT INTO satchel\.\w+ \(([\w, ]+)\)\s+VALUES \((.+?)\)(?: ON CONFLICT DO NOTHING)?")


def unnamed(statement: str) -> list[str]:
    """Return the tables that a statement touches without an equality on tenant and on space."""
    bare = re.sub(r"^--.*$", "", statement, flags=re.MULTILINE)
    whole = " ".join(re.sub(r"%\((\w+)\)s", r":\1", bare).split())
    parts: list[str] = []
    while found := _SUBQUERY.search(whole):
        parts.append(found[1])
        whole = whole[: found.start()] + "subquery" + whole[found.end() :]
    return [table for part in (whole, *parts) for table in _unnamed_in(part)]


def _unnamed_in(part: str) -> Iterator[str]:
    inserted = _INSERT.fullmatch(part)
    if inserted:
        given = dict(zip(*(re.split(r",\s*", one) for one in inserted.groups()), strict=True))
        yield from () if all(given.get(key) == f":{key}" for key in KEYS) else (part,)
        return
    tables = [alias or name for name, alias in _TABLE.findall(part)]
    assert len(tables) == part.count("satchel."), f"the tables of this are not understood: {part}"
    condition = re.split(r"\b(?:ORDER BY|FOR UPDATE|LIMIT|GROUP BY|RETURNING)\b", part.partition(" WHERE ")[2])[0]
    conjuncts = set() if re.search(r"\bOR\b", condition) else {one.strip() for one in condition.split(" AND ")}
    for table in tables:
        prefixes = ("", f"{table}.") if len(tables) == 1 else (f"{table}.",)
        if not all(any(f"{prefix}{key} = :{key}" in conjuncts for prefix in prefixes) for key in KEYS):
            yield table


@pytest.mark.parametrize("name", HOT)
def test_a_statement_names_tenant_and_space_of_every_table(name: str) -> None:
    assert unnamed(HOT[name]) == []


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT 1 FROM satchel.rows WHERE tenant = %(tenant)s AND space = %(space)s ORDER BY id", []),
        ("SELECT 1 FROM satchel.rows WHERE tenant = %(tenant)s", ["rows"]),
        ("SELECT 1 FROM satchel.rows", ["rows"]),
        ("SELECT 1 FROM satchel.rows WHERE tenant = %(tenant)s AND space = %(space)s OR true", ["rows"]),
        ("DELETE FROM satchel.marks WHERE tenant = %(tenant)s AND space <> %(space)s", ["marks"]),
        (
            "SELECT 1 FROM satchel.rows r JOIN satchel.marks m ON m.id = r.id "
            "WHERE r.tenant = %(tenant)s AND r.space = %(space)s AND m.tenant = %(tenant)s",
            ["m"],
        ),
        (
            "DELETE FROM satchel.marks WHERE tenant = %(tenant)s AND space = %(space)s "
            "AND NOT EXISTS (SELECT 1 FROM satchel.rows WHERE rows.id = ANY(%(ids)s) AND rows.tenant = %(tenant)s)",
            ["rows"],
        ),
        ("UPDATE satchel.rows SET at = 0 FROM satchel.spaces, satchel.marks", ["rows", "spaces", "marks"]),
        ("INSERT INTO satchel.marks (tenant, space, id) VALUES (%(tenant)s, %(space)s, %(id)s)", []),
        ("INSERT INTO satchel.marks (tenant, space) VALUES (%(space)s, %(tenant)s)", ["INSERT"]),
    ],
)
def test_the_check_finds_what_does_not(statement: str, tables: list[str]) -> None:
    assert [found.partition(" ")[0] for found in unnamed(statement)] == tables


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent to a server from now on."""
    psycopg: Any = pytest.importorskip("psycopg")
    sent: list[str] = []

    def spied(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(cursor: Any, query: str | bytes, *rest: Any, **more: Any) -> Any:
            sent.append(query if isinstance(query, str) else query.decode())
            return real(cursor, query, *rest, **more)

        return run

    for name in ("execute", "executemany"):
        monkeypatch.setattr(psycopg.Cursor, name, spied(getattr(psycopg.Cursor, name)))
    return sent


def test_the_engine_runs_no_other_statement_while_a_space_is_used(
    postgres_url: str, tmp_path: Path, ran: list[str]
) -> None:
    with satchel.open(postgres_url, keys=tmp_path, embedder=HashEmbedder(), clock=SteppingClock()) as memory:
        ran.clear()
        for tenant in ("one", "another"):
            _use(memory.space("alice", tenant=tenant))
        names = {statement: name for name, statement in HOT.items()}
        others = [one for one in ran if one not in names and not _CONTROL.fullmatch(one)]
        assert others == []
        assert {names[one] for one in ran if one in names} >= set(HOT) - {"marks", "messages"}


def _use(space: satchel.Space) -> None:
    first = space.add(["I live in Boston.", "I love olives."], session="s", idempotency_key="k")
    space.add({"role": "user", "content": "I moved to Lisbon.", "id": "1"}, session="s")
    space.add({"role": "user", "content": "I moved to Lisbon.", "id": "1"}, session="s")
    assert space.search("olives")
    assert space.context("Where does she live?").text
    facts = space.facts(past=True)
    space.sources(facts[0].id)
    space.history(facts[0].id)
    space.correct(facts[0].id, "Rome")
    space.define(zone="Europe/Lisbon")
    space.get(first.message_ids[0])
    space.forget(first.message_ids[0])
    space.rebuild()
    space.erase()
    space.add("I am back.")
