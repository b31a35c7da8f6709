"""Time expressions in 300 turns of LoCoMo's development half, each read by hand: no ordinary word is a time.

The turns were drawn with a fixed seed. Of each the id is kept, with the characters of its time expressions, as
"D4:13=150-161"; nothing of what was said. A turn without characters has none: neither "may" nor "sun" nor "second".
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from satchel.bench import sources
from satchel.extract.time import expressions

CHECKED = {
    "conv-26": """
D1:2 D2:13 D3:2 D3:3 D3:5 D3:22 D4:7 D4:13=150-161 D4:15 D5:3 D6:11=226-235 D7:2 D7:7 D7:12 D7:13 D7:21 D7:23 D7:26
D7:27 D8:2=66-74 D8:13 D8:18 D8:25 D10:1 D10:2 D10:19 D11:5 D11:7=47-62 D11:8 D11:12 D11:13 D12:12 D12:13 D14:15
D14:16 D14:24 D14:34 D15:2=60-69 D15:8 D15:16 D15:19 D15:25 D15:28 D16:13 D17:4=30-39 D17:14 D17:24 D18:2 D18:3
D18:12 D18:20 D19:15
    """,
    "conv-30": """
D1:1 D1:9 D1:12=36-44 D1:28 D2:1 D3:1 D3:7 D4:5 D4:12 D5:19 D5:21 D6:7 D6:8 D6:12 D7:2 D8:1 D8:3 D9:8 D9:12 D12:4
D12:6 D12:15 D12:16 D13:9 D14:2 D15:1=78-87 D15:5=30-38 D16:5 D16:10 D16:16 D17:13 D17:15 D18:8 D19:6=76-87 D19:7
D19:11
    """,
    "conv-41": """
D1:13 D2:22 D3:6 D3:7 D3:9 D4:22 D5:4 D6:1=79-90 D7:1 D7:3 D7:7 D9:2 D9:3 D9:4=76-85 D9:12 D10:1 D10:3 D11:15 D11:20
D11:21 D12:5 D12:11 D12:12 D13:17=163-172 D13:18 D13:22=129-138 D13:24=0-9 D14:1=72-81 D14:8 D14:17 D14:18 D14:23
D15:4 D15:12 D16:1 D16:12 D17:1=176-188 D17:11 D17:15 D18:11 D18:21 D19:13 D19:17 D19:22 D20:12 D21:15 D21:27 D22:4
D22:8 D22:18 D23:4 D24:6=6-18 D24:9 D24:14 D25:8=45-55 D25:16 D25:20 D27:2 D27:8 D27:9=91-100 D27:11 D28:4
D28:8=90-99 D28:12 D28:13 D29:1=59-68 D29:2=103-115 D29:8 D29:13 D30:17 D31:10 D31:15 D32:12
    """,
    "conv-42": """
D1:2 D2:12=14-25 D2:14 D2:25 D3:21 D4:8 D4:15 D5:19 D5:21 D6:5 D6:9 D7:1=39-48 D7:4 D7:10 D7:12 D8:6 D8:8 D8:9 D8:12
D9:2 D10:8 D11:2 D11:10 D11:12 D11:18 D13:7 D13:11 D14:6 D14:18=58-73 D14:19=34-46 D14:20=64-82 D14:24 D15:5 D15:7
D16:14 D17:5 D17:6=37-51 D17:8 D17:10 D17:15 D18:7 D18:16 D19:4=127-130 D19:9=25-37 D19:19 D19:20 D21:1=46-55 D21:5
D22:2=108-117 D23:4 D23:9 D23:16 D24:5 D24:10 D25:11 D25:12 D25:14 D25:16 D25:19 D25:20 D25:21 D25:23 D25:27 D27:28
D27:30 D27:31 D28:6 D28:11 D28:14 D28:17 D28:26=66-75=141-150 D28:30 D29:8 D29:10=150-159
    """,
    "conv-43": """
D1:20 D2:14 D3:1=53-70=95-104 D3:26 D5:3 D5:16 D6:21 D7:5 D7:12 D7:13 D8:5 D8:21 D8:29=170-179 D8:31 D9:6 D9:7
D10:1=20-30 D10:14 D11:1 D11:4 D11:12 D11:30 D12:9 D12:11 D12:20 D12:21 D12:22 D12:24 D12:28 D12:29 D13:8 D14:2
D14:7 D14:22 D15:5 D15:19 D15:21 D15:27 D15:32 D15:38 D17:7 D17:8 D17:12 D18:1=90-101 D18:9 D18:12 D19:2 D19:17
D20:3 D20:10=20-37 D21:1=25-38 D21:6 D21:7 D23:4 D24:4 D24:7 D26:17 D26:35 D26:37 D27:14=72-81 D27:28 D27:34 D27:38
D28:16 D29:9
    """,
}
_SPAN = re.compile(r"=(\d+)-(\d+)")


@pytest.fixture(scope="module")
def turns() -> Mapping[tuple[str, str], tuple[str, datetime]]:
    path = sources.find().locomo
    if path is None or path.name != "locomo_dev.json":
        pytest.skip(f"LoCoMo's development half is not here; {sources.HOW}")
    return dict(_turns(path))


def _turns(path: Path) -> Iterator[tuple[tuple[str, str], tuple[str, datetime]]]:
    for sample in json.loads(path.read_text(encoding="utf-8")):
        conversation: dict[str, Any] = sample["conversation"]
        for name in filter(re.compile(r"session_\d+").fullmatch, conversation):
            said = datetime.strptime(conversation[f"{name}_date_time"], "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
            for turn in conversation[name]:
                yield (sample["sample_id"], turn["dia_id"]), (turn["text"], said)


@pytest.mark.parametrize("conversation", CHECKED)
def test_what_is_found_in_a_conversation_is_what_a_reader_finds(
    conversation: str, turns: Mapping[tuple[str, str], tuple[str, datetime]]
) -> None:
    for checked in CHECKED[conversation].split():
        turn = checked.partition("=")[0]
        text, said = turns[conversation, turn]
        spans = [(one.start, one.end) for one in expressions(text, at=said, zone=ZoneInfo("UTC"))]
        expected = [(int(start), int(end)) for start, end in _SPAN.findall(checked)]
        assert spans == expected, turn


def test_three_hundred_turns_are_checked() -> None:
    assert sum(len(ids.split()) for ids in CHECKED.values()) == 300
