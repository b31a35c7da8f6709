"""Worker processes that start together and each print one JSON line at their end."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_WORKER = Path(__file__).with_name("process_worker.py")


def run_workers(
    location: str | Path, workers: Mapping[str, str], seconds: float, *, environment: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Start workers (name → role), let them go at once, and return what each printed."""
    processes = {
        name: subprocess.Popen(
            [sys.executable, "-W", "error", str(_WORKER), role, str(location), name, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        for name, role in workers.items()
    }
    for process in processes.values():
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes.values():
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it has failed already; its errors are shown below
            process.stdin.write("go\n")
            process.stdin.flush()
    results: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, process in processes.items():
        out, err = process.communicate(timeout=seconds + 120)
        if process.returncode or err:
            errors[name] = err
        else:
            results[name] = json.loads(out.splitlines()[-1])
    assert not errors, "\n".join(errors.values())
    return results
