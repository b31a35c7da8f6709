"""Tiny made-up files in the shapes of the benchmarks of extraction."""

from pathlib import Path

from .examples import write_lines

Line = dict[str, object]


def check(attribute: str = "lives_in", **changes: object) -> Line:
    empty = {"qualifier": None, "as_of": None, "known_at": None, "forget": [], "expect": [], "reject": []}
    return {"subject": "user", "attribute": attribute} | empty | changes


def value(text: str, begins: str | None = None, ends: str | None = None) -> Line:
    return {"value": text, "from": begins, "to": ends}


def scenario(*checks: Line, name: str = "d1", tags: tuple[str, ...] = ("plain",)) -> Line:
    said = [
        ("m1", "2025-01-02T10:00:00Z", "I live in Boston."),
        ("m2", "2025-03-02T10:00:00Z", "I moved to Lisbon in March 2025."),
    ]
    messages = [{"id": one, "role": "user", "name": None, "content": words, "at": at} for one, at, words in said]
    return {"id": name, "tags": list(tags), "messages": messages, "checks": list(checks)}


def suite(folder: Path, *scenarios: Line) -> Path:
    return write_lines(folder / "suite.jsonl", list(scenarios))


def claim(value: str, attribute: str = "lives_in", **changes: object) -> Line:
    rest = {"qualifier": None, "polarity": "holds", "modality": "asserted", "stance": "stated", "time": None}
    return {"subject": "user", "attribute": attribute, "value": value} | rest | changes


def labelled(number: int, text: str, *claims: Line, **changes: object) -> Line:
    said = {"role": "user", "speaker": None, "at": "2025-03-02T10:00:00Z", "context": None}
    return {"id": f"z-{number:04}", "text": text, "claims": list(claims)} | said | changes


def labelled_folder(folder: Path) -> Path:
    """Ids 30 to 59 are set aside, the others are not."""
    folder.mkdir(exist_ok=True)
    lines = [
        labelled(1, "I live in Lisbon.", claim("Lisbon")),
        labelled(2, "What a lovely morning!"),
        labelled(3, "Is the kettle on the stove?", claim("kettle", "owns")),
        labelled(30, "I live in a SECRET place, Lisbon.", claim("Lisbon")),
        labelled(31, "The SECRET is safe?", claim("safe", "owns")),
    ]
    write_lines(folder / "z.jsonl", lines)
    return folder


def facts_folder(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    said = ["Good. What next?", "Jay: I live in Boston.", "OK noted.", "Jay: I moved to Lisbon."]
    sessions = [{"text": text, "timestamp": 1729280000.0 + 86400 * number} for number, text in enumerate(said)]
    question = {"query": "Which city does Jay live in?", "correct_answer": "Lisbon", "stale_answer": "Boston"}
    write_lines(folder / "contradiction.jsonl", [{"id": "A-0", "sessions": sessions, **question}])
    turns: list[Line] = [
        {"role": "user" if number < 4 else "assistant", "content": text, "timestamp": 1729280000.0 + 30 * number}
        for number, text in enumerate([*said, *[f"Jay asked about item {number}." for number in range(20)]])
    ]
    queries = [{"query": "Which city does Jay live in?", "lag_k": lag} for lag in (20, 10)]
    early = {"early_fact": "Jay lives_in Lisbon", "early_fact_turn": 3, "test_queries": queries}
    write_lines(folder / "coherence.jsonl", [{"id": "C-0", "turns": turns, **early}])
    text = {"id": "e1", "text": "I met Gera Vossen yesterday. I live in Lisbon."}
    write_lines(folder / "entity_extraction.jsonl", [text])
    entities = [{"name": "Gera Vossen", "type": "person"}, {"name": "Nobody Here", "type": "organization"}]
    write_lines(folder / "entity_extraction_labels.jsonl", [{"id": "e1", "entities": entities}])
    write_lines(folder / "memory_extraction.jsonl", [text])
    memories = [
        {"type": "fact", "content": "The user lives in Lisbon."},
        {"type": "opinion", "content": "Row polymorphism deserves better diagnostics."},
    ]
    write_lines(folder / "memory_extraction_labels.jsonl", [{"id": "e1", "memories": memories}])
    return folder
