"""Long texts cut into overlapping windows."""

from hypothesis import given
from hypothesis import strategies as st

from satchel.extract.windows import windows
from satchel.testing import HashEmbedder

tokens = HashEmbedder().tokens


@given(
    words=st.lists(st.sampled_from(["one", "two.", "three!\n", "four? ", "五。"]), max_size=120),
    size=st.integers(1, 30),
    data=st.data(),
)
def test_windows_lose_no_token_and_respect_the_size(words: list[str], size: int, data: st.DataObject) -> None:
    text = " ".join(words)
    spans = tokens(text)
    overlap = data.draw(st.integers(0, max(size // 4, 0)))
    found = windows(text, spans, size=size, overlap=overlap)
    for start, end in spans:
        assert any(first <= start and end <= last for first, last in found)
    for first, last in found:
        assert sum(first <= start < last for start, _ in spans) <= size
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert [first for first, _ in found] == sorted({first for first, _ in found})


def test_a_short_text_is_one_window() -> None:
    assert windows("a b c", tokens("a b c"), size=3, overlap=1) == ((0, 5),)
    assert windows("", (), size=3, overlap=1) == ((0, 0),)


def test_neighbouring_windows_overlap() -> None:
    text = " ".join("abcdefghij")
    (_, end), (start, _) = windows(text, tokens(text), size=6, overlap=2)
    assert end - start == 4


def test_a_window_ends_with_a_sentence_where_it_can() -> None:
    text = "a b c d e f g. h i j k l"
    assert text[slice(*windows(text, tokens(text), size=9, overlap=0)[0])].strip().endswith("g.")
