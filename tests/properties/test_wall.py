"""Law 5: whatever happens in other spaces, hits and scores in this one are the same to the last bit."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

import satchel
from satchel.testing import HashEmbedder, SteppingClock

WORDS = ("olive", "piano", "Lisbon", "beagle", "moved", "likes", "never", "budget", "train", "Anna")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
messages = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": sentences}),
    min_size=1,
    max_size=4,
)
other_space = st.tuples(st.sampled_from(["default", "elsewhere"]), st.sampled_from(["bob", "alice2"]))
other_operation = st.one_of(
    st.tuples(st.just("add"), other_space, messages),
    st.tuples(st.just("forget"), other_space, st.integers(0, 5)),
    st.tuples(st.just("erase"), other_space, st.none()),
    st.tuples(st.just("search"), other_space, sentences),
    st.tuples(st.just("rebuild"), other_space, st.none()),
)


@settings(max_examples=60, deadline=None)
@given(own=messages, operations=st.lists(other_operation, max_size=12), query=sentences)
def test_hits_and_scores_do_not_depend_on_other_spaces(
    own: Sequence[dict[str, object]], operations: Sequence[tuple[str, tuple[str, str], object]], query: str
) -> None:
    with satchel.open(":memory:", embedder=HashEmbedder(), clock=SteppingClock()) as memory:
        alice = memory.space("alice")
        alice.add(list(own), session="s")
        before = alice.search(query, explain=True)
        block = alice.context(query).text
        for name, (tenant, space), argument in operations:
            _operate(memory.space(space, tenant=tenant), name, argument)
            after = alice.search(query, explain=True)
            assert after.items == before.items
            assert after.supported == before.supported
            assert alice.context(query).text == block


def _operate(space: satchel.Space, name: str, argument: object) -> None:
    log = space.messages()
    if name == "add":
        space.add(argument, session="s")  # type: ignore[arg-type]
    elif name == "forget" and log:
        space.forget(log[argument % len(log)].id)  # type: ignore[operator]
    elif name == "erase" and log:
        space.erase()
    elif name == "search":
        space.search(str(argument))
    elif name == "rebuild":
        space.rebuild()
