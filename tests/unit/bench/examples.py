"""Tiny made-up files in every shape that the loaders take."""

import json
from pathlib import Path

LOCOMO_TURNS = [
    ("session_1", "Ada", "D1:1", "I adopted a grey parrot called Quill yesterday."),
    ("session_1", "Ben", "D1:2", "Wonderful! Does Quill talk already?"),
    ("session_1", "Ada", "D1:3", "Only two words, and both of them are rude."),
    ("session_1", "Ben", "D1:4", "My sister plays the cello in Vienna now."),
    ("session_1", "Ada", "D1:5", "Did she leave the orchestra in Oslo?"),
    ("session_2", "Ben", "D2:1", "She did, in March. I baked a rye loaf for her farewell."),
    ("session_2", "Ada", "D2:2", "I sprained my ankle on the ridge trail."),
    ("session_2", "Ben", "D2:3", "Ouch. Did the doctor give you crutches?"),
    ("session_2", "Ada", "D2:4", "Yes, for three weeks. Quill imitates their squeak."),
    ("session_2", "Ben", "D2:5", "Look at the harbour at dawn."),
]


def locomo_sample(**changes: object) -> dict[str, object]:
    conversation: dict[str, object] = {
        "speaker_a": "Ada",
        "speaker_b": "Ben",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_2_date_time": "12:09 am on 13 September, 2023",
        "session_3_date_time": "9:00 am on 1 October, 2023",
    }
    for session in ("session_1", "session_2"):
        conversation[session] = [
            {"speaker": speaker, "dia_id": dia_id, "text": text}
            for own, speaker, dia_id, text in LOCOMO_TURNS
            if own == session
        ]
    conversation["session_2"][-1]["blip_caption"] = "a photo of fishing boats"  # type: ignore[index]
    qa = [
        {"question": "What is the name of Ada's parrot?", "answer": "Quill", "evidence": ["D1:1"], "category": 4},
        {"question": "Where did Ben's sister play?", "evidence": ["D1:4; D2:1", "D:1:05"], "category": 1},
        {"question": "When did Ada sprain her ankle?", "answer": 2023, "evidence": ["D2:02", "D9:9"], "category": 2},
        {"question": "Would Ada like boats?", "answer": "perhaps", "evidence": ["D"], "category": 3},
        {"question": "Who stole the cello?", "adversarial_answer": "Ben", "evidence": ["D1:4"], "category": 5},
    ]
    return {"sample_id": "conv-1", "conversation": conversation, "qa": qa, "event_summary": {}} | changes


def evidence_lines() -> list[dict[str, object]]:
    def turn(content: str, role: str = "user") -> dict[str, str]:
        return {"role": role, "content": content}

    shared = {"date": "2023/04/10 (Mon) 14:47", "turns": [turn("My GPS broke."), turn("That is bad.", "assistant")]}
    return [
        {
            "question_id": "q1",
            "question_type": "multi-session",
            "abstention": False,
            "question": "What broke?",
            "answer": ["GPS"],
            "evidence_sessions": [shared, {"date": "2023/05/01 (Mon) 08:00", "turns": [turn("I bought a new one.")]}],
        },
        {
            "question_id": "q2",
            "question_type": "knowledge-update",
            "abstention": False,
            "question": "Is my GPS whole?",
            "evidence_sessions": [shared],
        },
        {
            "question_id": "q3_abs",
            "question_type": "multi-session",
            "abstention": True,
            "question": "What is my dog called?",
            "evidence_sessions": [{"date": "2023/05/01 (Mon) 08:00", "turns": [turn("I have a cat.")]}],
        },
    ]


def haystacks() -> list[dict[str, object]]:
    entry: dict[str, object] = {
        "question_id": "h1",
        "question_type": "single-session-user",
        "question": "Where do I keep the spare key?",
        "answer": "under the fern",
        "question_date": "2023/06/01 (Thu) 10:00",
        "haystack_dates": ["2023/05/20 (Sat) 02:21", "2023/05/21 (Sun) 03:00"],
        "haystack_session_ids": ["s1", "answer_1"],
        "haystack_sessions": [
            [{"role": "user", "content": "How do I prune roses?"}, {"role": "assistant", "content": " "}],
            [
                {"role": "user", "content": "The spare key is under the fern.", "has_answer": True},
                {"role": "assistant", "content": "Noted.", "has_answer": False},
            ],
        ],
        "answer_session_ids": ["answer_1"],
    }
    return [entry, entry | {"question_id": "h2_abs"}]


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value))
    return path


def write_lines(path: Path, values: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path
