"""What goes into a system's process comes out as it went in, and what is no response is refused."""

from pathlib import Path

import pytest

from satchel.bench.peers import exchange
from satchel.bench.peers.exchange import Answer
from satchel.errors import InvalidInput

from .made import request, response, talk


def test_a_request_is_read_as_it_was_written(tmp_path: Path) -> None:
    given = request(talk("conv-1"), talk("conv-2", "What?", "Where?"))
    exchange.write(tmp_path / "request.json", given)
    read = exchange.read_request(tmp_path / "request.json")
    assert read.talks[1].questions == ["What?", "Where?"]
    assert list(read.talks[0].turns) == list(given.talks[0].turns)
    assert (read.adapter, read.limit, read.deep, read.budget) == ("satchel", 2, 3, 2000)


def test_a_response_is_read_as_it_was_written(tmp_path: Path) -> None:
    given = response([Answer(["D1:1"], ["D1:1", "D1:2"], None), Answer([], [], ["D1:3"])])
    exchange.write(tmp_path / "response.json", given)
    assert exchange.read_response(tmp_path / "response.json") == given


@pytest.mark.parametrize(
    "text", ["", "[]", '{"answers": {}, "times": {"add": ["x"]}, "versions": {}}', '{"answers": 1}']
)
def test_what_is_no_response_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "response.json").write_text(text)
    with pytest.raises(InvalidInput, match=r"response\.json"):
        exchange.read_response(tmp_path / "response.json")


def test_a_line_says_who_spoke() -> None:
    assert talk().turns[1].line == "Ben: I sprained my ankle."
