"""The commands of consolidation, feedback and retention."""

from .conftest import Call, read


def tell(call: Call, text: str, at: str, *rest: str) -> str:
    return read(call("add", text, "--at", at, "--json", *rest))["message_ids"][0]


def test_consolidate_prints_what_was_found_and_a_dry_run_forgets_nothing(call: Call):
    tell(call, "I love hiking.", "2025-03-03T10:00:00Z")
    tell(call, "I really like to hike.", "2025-03-05T10:00:00Z")
    tell(call, "We have stand-up every Tuesday at 9.", "2025-03-06T10:00:00Z")
    old = tell(call, "Weather: rain.", "2020-01-01T10:00:00Z", "--role", "tool")
    assert "forgotten after 30 days: role tool" in call("retain", "30", "--role", "tool").stdout
    planned = call("consolidate", "--dry-run").stdout
    assert "“hiking” 1 times, “hike” 1 times" in planned
    assert "on Tuesdays: stand-up" in planned
    assert f"message {old}" in planned
    assert len(read(call("messages", "--json"))) == 4
    assert "Receipt" in call("consolidate").stdout
    assert len(read(call("messages", "--json"))) == 3
    assert read(call("consolidate", "--json"))["receipt"] is None


def test_rules_are_shown_and_taken_back(call: Call):
    call("add", "One.")
    assert "nothing is forgotten by its age" in call("retain").stdout
    assert read(call("retain", "90", "--json"))[0]["days"] == 90
    assert "after 90 days: all messages" in call("retain").stdout
    assert read(call("retain", "--off", "--json")) == []
    assert call("retain", "90", "--off").exit_code == 2
    assert call("retain", "--role", "tool").exit_code == 2


def test_patterns_and_contradictions_are_listed(call: Call):
    tell(call, "I was born in Faro.", "2025-03-03T10:00:00Z")
    assert call("contradictions").exit_code == 1
    assert call("patterns").exit_code == 1
    tell(call, "I was born in Braga.", "2025-03-04T10:00:00Z")
    tell(call, "We have stand-up every Tuesday at 9.", "2025-03-06T10:00:00Z")
    assert "one of them is wrong" in call("contradictions").stdout
    assert read(call("contradictions", "--json"))[0]["kind"] == "never changes"
    assert "said outright 1 times" in call("patterns").stdout
    assert read(call("patterns", "--json"))[0]["dates"] == []


def test_a_summary_names_the_messages_it_is_from(call: Call):
    one = tell(call, "My sister Anna works at Shell.", "2025-03-03T10:00:00Z")
    assert f"Anna works at Shell. #{one[-8:]}" in call("summary", "Anna").stdout
    assert read(call("summary", "--week", "2025-W10", "--json"))["title"] == "2025-W10"
    assert call("summary").exit_code == 2
    assert call("summary", "--week", "2020-W10").exit_code != 0


def test_feedback_takes_the_end_of_an_id(call: Call):
    one = tell(call, "I live in Lisbon.", "2025-03-03T10:00:00Z")
    assert read(call("feedback", one[-8:], "--json")) == [one]
    fact = read(call("facts", "--json"))[0]["id"]
    assert read(call("feedback", fact[-8:], "--useless", "--json")) == [one]
