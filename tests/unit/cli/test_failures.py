"""Errors are one line on stderr, with the exit code that the help lists."""

import subprocess
import sys
from pathlib import Path

import pytest

from satchel import errors
from satchel.cli.failures import exit_code
from satchel.errors import SatchelError

from .conftest import Call, invoke


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("messages",), 3),
        (("search",), 2),
        (("nonsense",), 2),
        (("add", "x", "--role", "robot"), 2),
        (("add", "x", "--at", "yesterday"), 2),
        (("add", " "), 2),
        (("forget",), 2),
        (("import", "/nowhere/at/all.jsonl"), 2),
        (("--key-file", "k", "--no-encrypt", "add", "x"), 2),
        (("search", "x", "--space", "me"), 2),
    ],
)
def test_an_error_is_one_line_and_its_code(call: Call, args: tuple[str, ...], code: int):
    result = call(*args)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_forgetting_an_unknown_id_is_not_found(seeded: Path):
    assert invoke(seeded, "forget", "no-such-id").exit_code == 3


def test_a_store_with_the_other_encryption_setting_is_5(seeded: Path):
    assert invoke(seeded, "--no-encrypt", "messages").exit_code == 5


def test_a_mistyped_store_is_not_made(call: Call, tmp_path: Path):
    assert call("search", "anything").exit_code == 3
    assert not (tmp_path / "store").exists()


def test_an_interruption_is_130(call: Call, monkeypatch: pytest.MonkeyPatch):
    from satchel import Space

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Space, "add", interrupt)
    assert call("add", "x").exit_code == 130


def test_every_error_class_has_a_code():
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, SatchelError)]
    assert {kind.__name__: exit_code(kind("x")) for kind in kinds} == {
        "SatchelError": 5,
        "InvalidInput": 2,
        "NotFound": 3,
        "WrongKey": 4,
        "StoreUnavailable": 5,
        "StoreMismatch": 5,
        "StoreDamaged": 5,
        "ModelUnavailable": 5,
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [("messages",), ("context", "Lisbon"), ("messages", "--json")])
def test_output_that_cannot_be_written_is_one_line_and_5(seeded: Path, args: tuple[str, ...]):
    command = [sys.executable, "-m", "satchel.cli.main", "--store", str(seeded), *args]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 5
    assert result.stderr.count("\n") == 1


def test_an_engine_message_names_the_options_of_the_command_line(seeded: Path):
    stderr = invoke(seeded, "--no-encrypt", "messages").stderr
    assert "--no-encrypt" in stderr
    assert "encrypt=False" not in stderr


def test_the_help_lists_the_exit_codes(call: Call):
    assert "130 interrupted" in " ".join(call("--help").stdout.split())


def test_an_option_in_the_wrong_place_is_explained(call: Call):
    assert "goes before the command" in call("search", "x", "--space", "me").stderr


def test_missing_benchmarks_are_explained(call: Call, monkeypatch: pytest.MonkeyPatch):
    import sys

    monkeypatch.setitem(sys.modules, "satchel.bench.commands", None)
    result = call("bench", "speed")
    assert result.exit_code == 5
    assert "benchmarks are not installed" in result.stderr
