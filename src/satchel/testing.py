"""For tests of stores and of programs that use Satchel: a conformance suite and fakes of the models and the clock.

`MemoryStore` is a store in dictionaries, to compare another with.

Subclass `StoreConformance` in a test module, give it a `store` fixture, and pytest runs the suite:

    class TestMyStore(StoreConformance):
        @pytest.fixture
        def store(self): ...
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from satchel.embedded import Embedded
from satchel.inject.block import count_tokens
from satchel.models.embedding import Span, Vectors
from satchel.models.language_model import Completion, ModelBusy, Schema
from satchel.retrieve.terms import words
from satchel.store.in_memory import MemoryStore
from satchel.store.port import Changes, Phase, Row, RowKind, Scope, Store, View

__all__ = ["Asked", "HashEmbedder", "MemoryStore", "ScriptedModel", "SteppingClock", "StoreConformance"]

_CHARACTERS_A_TOKEN = 4
_ALICE = Scope("7" * 32, "a" * 32)
_BOB = Scope("7" * 32, "b" * 32)
_OTHER_TENANT = Scope("8" * 32, "c" * 32)


class HashEmbedder:
    """Vectors from the words' hashes: the more words two texts share, the nearer they are. No model, no waiting."""

    name = "hash/2"
    dimensions = 64
    token_dimensions = 16
    max_tokens = 254

    def tokens(self, text: str) -> Sequence[Span]:
        """Return the span of each run of letters or digits, about as many as a real tokenizer's."""
        spans: list[Span] = []
        start = 0
        for word in text.split():
            at = text.index(word, start)
            start = at + len(word)
            spans.append((at, start))
        return spans

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), 64)."""
        vectors = np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimensions))
        return vectors.astype(np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """Return the same vectors, and one of each word; all words count alike."""
        return [self._embedded(text, vector) for text, vector in zip(texts, self.embed(texts), strict=True)]

    def _embedded(self, text: str, vector: Vectors) -> Embedded:
        found = list(words(text))
        tokens = [_unit(_hashed(word, self.token_dimensions)) for word in found]
        return Embedded(
            vector,
            np.stack(tokens) if tokens else np.zeros((0, self.token_dimensions), np.float32),
            np.full(len(found), 1 / max(len(found), 1), np.float32),
        )

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimensions, 1e-3, np.float32)
        for word in words(text):
            total += _hashed(word, self.dimensions)
        return _unit(total)


def _hashed(word: str, dimensions: int) -> Vectors:
    digest = hashlib.blake2b(word.encode(), digest_size=dimensions).digest()
    return np.frombuffer(digest, np.uint8).astype(np.float32) - 127.5


def _unit(vector: Vectors) -> Vectors:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a language model was asked."""

    instructions: str
    text: str
    schema: Schema | None
    most_tokens: int


Scripted = str | Mapping[str, object] | Exception
"""An answer: a text, JSON, or an error to raise."""


class ScriptedModel:
    """A language model that answers from a script, and keeps what it was asked.

    Args:
        answers: in the order in which they are given; after the last one the model is busy. Or a function from the
            text that it is asked about to the answer.
        name: the model's name.
    """

    def __init__(self, answers: Sequence[Scripted] | Callable[[str], Scripted], *, name: str = "scripted") -> None:
        self.name = name
        self.asked: list[Asked] = []
        self._answers = answers

    def complete(self, *, instructions: str, text: str, schema: Schema | None, most_tokens: int) -> Completion:
        """Return the next answer; one that is longer than `most_tokens` is cut off there."""
        self.asked.append(Asked(instructions, text, schema, most_tokens))
        answer = self._answer(text)
        if isinstance(answer, Exception):
            raise answer
        whole = answer if isinstance(answer, str) else json.dumps(answer)
        given = whole[: most_tokens * _CHARACTERS_A_TOKEN]
        sent = count_tokens(instructions) + count_tokens(text)
        return Completion(given, self.name, sent, count_tokens(given), whole=given == whole)

    def _answer(self, text: str) -> Scripted:
        if callable(self._answers):
            return self._answers(text)
        number = len(self.asked) - 1
        return self._answers[number] if number < len(self._answers) else ModelBusy("the script is over")


class SteppingClock:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """Return the time, and let a second pass."""
        self.now += timedelta(seconds=1)
        return self.now


class StoreConformance:
    """What every store must do. Give a `store` fixture that yields an empty one."""

    def test_a_space_that_was_never_written_has_no_state(self, store: Store) -> None:
        """Nothing exists before its first write."""
        with store.view(_ALICE) as view:
            assert view.state is None
            assert not view.rows(RowKind.MESSAGE)
            assert view.count(RowKind.MESSAGE) == 0

    def test_what_was_put_is_read_back_in_the_order_written(self, store: Store) -> None:
        """Rows keep their bytes, times and order, and carry the version that wrote them."""
        rows = [_row("1", b"\x00\xff"), _row("3", b"x" * 100_000), _row("2", b"two")]
        assert _start(store, _ALICE, rows[:1]) == 1
        assert _put(store, _ALICE, *rows[1:]) == 2
        with store.view(_ALICE) as view:
            found = view.rows(RowKind.MESSAGE)
            assert [(row.id, row.body, row.version) for row in found] == [
                ("1", rows[0].body, 1),
                ("3", rows[1].body, 2),
                ("2", rows[2].body, 2),
            ]
            assert view.ids(RowKind.MESSAGE) == ["1", "3", "2"]
            assert [row.id for row in view.rows(RowKind.MESSAGE, since=1)] == ["3", "2"]
            assert view.count(RowKind.MESSAGE) == 3
            assert set(view.get(RowKind.MESSAGE, ["2", "nobody"])) == {"2"}

    def test_a_change_that_changes_nothing_leaves_the_version(self, store: Store) -> None:
        """An empty change is no change, in a new space and in an old one."""
        assert store.update(_ALICE, lambda _: Changes()) == 0
        _start(store, _ALICE, [_row("1")])
        assert store.update(_ALICE, lambda _: Changes()) == 1

    def test_a_decision_that_raises_changes_nothing(self, store: Store) -> None:
        """The transaction is undone as a whole."""
        _start(store, _ALICE, [_row("1")])

        def fail(view: View) -> Changes:
            assert view.count(RowKind.MESSAGE) == 1
            raise _OwnError

        assert _raises(lambda: store.update(_ALICE, fail), _OwnError)
        twice = Changes(put=[_row("2"), _row("2")])
        assert _raises(lambda: store.update(_ALICE, lambda _: twice), Exception)
        with store.view(_ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == ["1"]
            assert view.state is not None
            assert view.state.version == 1

    def test_kinds_with_the_same_id_are_apart(self, store: Store) -> None:
        """A message and its features share an id and nothing else."""
        _start(store, _ALICE, [_row("1"), _row("1", b"f", kind=RowKind.FEATURES)])
        store.update(_ALICE, lambda _: Changes(remove=[(RowKind.FEATURES, "1")]))
        with store.view(_ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == ["1"]
            assert view.ids(RowKind.FEATURES) == []

    def test_a_space_is_a_wall(self, store: Store) -> None:
        """Neither another space nor the same name in another tenant sees anything."""
        _start(store, _ALICE, [_row("1")], marks={b"m": "1"})
        for other in (_BOB, _OTHER_TENANT):
            with store.view(other) as view:
                assert view.state is None
                assert not view.ids(RowKind.MESSAGE)
                assert not view.get(RowKind.MESSAGE, ["1"])
                assert not view.marked([b"m"])
        _start(store, _BOB, [_row("1", b"bob")])
        store.update(_BOB, lambda _: Changes(everything=True))
        with store.view(_ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == ["1"]

    def test_a_removed_row_is_gone_and_its_id_free(self, store: Store) -> None:
        """After a removal the row can be written anew."""
        _start(store, _ALICE, [_row("1", b"old"), _row("2")])
        assert store.update(_ALICE, lambda _: Changes(remove=[(RowKind.MESSAGE, "1")])) == 2
        with store.view(_ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == ["2"]
        _put(store, _ALICE, _row("1", b"new"))
        with store.view(_ALICE) as view:
            assert view.get(RowKind.MESSAGE, ["1"])["1"].body == b"new"

    def test_a_row_can_be_replaced_in_one_change(self, store: Store) -> None:
        """Removals come before additions."""
        _start(store, _ALICE, [_row("1", b"old")])
        store.update(_ALICE, lambda _: Changes(put=[_row("1", b"new")], remove=[(RowKind.MESSAGE, "1")]))
        with store.view(_ALICE) as view:
            assert view.get(RowKind.MESSAGE, ["1"])["1"].body == b"new"

    def test_a_mark_goes_with_its_row(self, store: Store) -> None:
        """A fingerprint is found as long as its row is there, and is free after it."""
        _start(store, _ALICE, [_row("1"), _row("2")], marks={b"m1": "1", b"m2": "2"})
        with store.view(_ALICE) as view:
            assert view.marked([b"m1", b"m2", b"m3"]) == {b"m1": "1", b"m2": "2"}
            assert view.marks() == {b"m1": "1", b"m2": "2"}
        store.update(_ALICE, lambda _: Changes(remove=[(RowKind.MESSAGE, "1")]))
        with store.view(_ALICE) as view:
            assert view.marked([b"m1", b"m2"]) == {b"m2": "2"}

    def test_a_mark_stands_for_a_message_or_a_call(self, store: Store) -> None:
        """Other rows with that id neither keep it nor take it with them."""
        rows = [_row(one, kind=kind) for one in ("1", "2") for kind in (RowKind.MESSAGE, RowKind.FEATURES)]
        _start(store, _ALICE, [*rows, _row("3", kind=RowKind.CALL)], marks={b"m1": "1", b"m2": "2", b"m3": "3"})
        gone = [(RowKind.MESSAGE, "1"), (RowKind.FEATURES, "2")]
        store.update(_ALICE, lambda _: Changes(remove=gone))
        with store.view(_ALICE) as view:
            assert view.marks() == {b"m2": "2", b"m3": "3"}
        store.update(_ALICE, lambda _: Changes(remove=[(RowKind.MESSAGE, "2")], put=[_row("2", b"new")]))
        with store.view(_ALICE) as view:
            assert view.marks() == {b"m2": "2", b"m3": "3"}

    def test_a_view_is_one_snapshot(self, store: Store) -> None:
        """What is written while a view is open is not seen by it."""
        _start(store, _ALICE, [_row("1")])
        with store.view(_ALICE) as view, ThreadPoolExecutor(1) as other:
            assert view.count(RowKind.MESSAGE) == 1
            if other.submit(_put, store, _ALICE, _row("2")).result(timeout=10) == 2:
                assert view.count(RowKind.MESSAGE) == 1
        with store.view(_ALICE) as view:
            assert view.count(RowKind.MESSAGE) == 2

    def test_writers_take_turns(self, store: Store) -> None:
        """Each decision sees what the one before it did."""
        _start(store, _ALICE, [_row("0")])

        def count_up(number: int) -> int:
            return store.update(
                _ALICE, lambda view: Changes(put=[_row(str(view.count(RowKind.MESSAGE)), b"%d" % number)])
            )

        with ThreadPoolExecutor(4) as pool:
            versions = list(pool.map(count_up, range(40)))
        assert sorted(versions) == list(range(2, 42))
        with store.view(_ALICE) as view:
            assert sorted(map(int, view.ids(RowKind.MESSAGE))) == list(range(41))

    def test_an_erased_space_keeps_its_version_and_nothing_else(self, store: Store) -> None:
        """A space that starts again goes on counting, so that no old cache can match it."""
        _start(store, _ALICE, [_row("1")], marks={b"m": "1"})
        store.update(_ALICE, lambda _: Changes(phase=Phase.ERASING))
        store.update(_ALICE, lambda _: Changes(everything=True, phase=Phase.ERASED))
        with store.view(_ALICE) as view:
            assert view.state is not None
            assert (view.state.version, view.state.phase) == (3, Phase.ERASED)
            assert not any(view.count(kind) for kind in RowKind)
            assert not view.marked([b"m"])
        assert _start(store, _ALICE, [_row("2")], key_id="key-2") == 4
        with store.view(_ALICE) as view:
            assert view.state is not None
            assert (view.state.key_id, view.state.phase) == ("key-2", Phase.ACTIVE)

    def test_scopes_lists_what_was_written_by_tenant(self, store: Store) -> None:
        """Erased spaces are listed too, since their state is kept."""
        for scope in (_ALICE, _BOB, _OTHER_TENANT):
            _start(store, scope, [_row("1")])
        assert {scope for scope, _ in store.scopes()} == {_ALICE, _BOB, _OTHER_TENANT}
        assert [scope for scope, _ in store.scopes(_OTHER_TENANT.tenant)] == [_OTHER_TENANT]

    def test_maintenance_changes_nothing_that_is_seen(self, store: Store) -> None:
        """Scrubbing and compacting keep every live row, and the store stays sound."""
        _start(store, _ALICE, [_row(str(i), b"x" * 50_000) for i in range(200)])
        store.update(_ALICE, lambda _: Changes(remove=[(RowKind.MESSAGE, str(i)) for i in range(150)]))
        store.scrub()
        store.compact()
        store.vacuum()
        assert not store.problems()
        with store.view(_ALICE) as view:
            assert view.ids(RowKind.MESSAGE) == [str(i) for i in range(150, 200)]


class _OwnError(Exception):
    """Raised by a decision, to see it come back."""


def _row(row_id: str, body: bytes = b"body", *, kind: RowKind = RowKind.MESSAGE) -> Row:
    return Row(kind, row_id, 0, body)


def _start(
    store: Store,
    scope: Scope,
    rows: Sequence[Row],
    *,
    key_id: str = "key-1",
    marks: Mapping[bytes, str] | None = None,
) -> int:
    changes = Changes(put=rows, marks=marks or {}, key_id=key_id, phase=Phase.ACTIVE)
    return store.update(scope, lambda _: changes)


def _put(store: Store, scope: Scope, *rows: Row) -> int:
    return store.update(scope, lambda _: Changes(put=rows))


def _raises(action: Callable[[], object], kind: type[Exception]) -> bool:
    try:
        action()
    except kind:
        return True
    return False
