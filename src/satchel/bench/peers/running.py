"""Running one system: a process with its own packages, a home of its own, and telemetry off."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import satchel
from satchel.bench.peers.exchange import Request, Response, read_response, write
from satchel.bench.peers.systems import System
from satchel.errors import StoreUnavailable

WORKER = "satchel.bench.peers.worker"
_HOURS = 4
_TAIL = 1500
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT", "TEMP", "TMP")
_QUIET = {
    "MEM0_TELEMETRY": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "LANGSMITH_TRACING": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def run(system: System, python: Path, request: Request) -> Response:
    """Have a system do what a request says.

    Raises:
        StoreUnavailable: its process failed.
        InvalidInput: what it wrote is no response.
    """
    with TemporaryDirectory(prefix="satchel-peers-") as directory:
        work = Path(directory)
        asked, answered = work / "request.json", work / "response.json"
        write(asked, request)
        command = [str(python), "-m", WORKER, str(asked), str(answered)]
        _run(system, command, variables(work, source=None if system.installed else _source(work)))
        return read_response(answered)


def variables(work: Path, *, source: Path | None) -> dict[str, str]:
    """Return a process's environment variables: few of the user's, and no folder of the user's."""
    home = work / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    given = {} if source is None else {"PYTHONPATH": str(source)}
    return {**kept, **_QUIET, **given, "HOME": str(home), "USERPROFILE": str(home)}


def _source(work: Path) -> Path:
    """Return a folder with nothing in it but Satchel's: where it is installed there may be other packages."""
    source = work / "source"
    source.mkdir()
    (source / "satchel").symlink_to(Path(satchel.__path__[0]), target_is_directory=True)
    return source


def _run(system: System, command: list[str], environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, text=True, timeout=3600 * _HOURS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreUnavailable(f"{system.title} failed: {error}") from None
    if done.returncode != 0:
        raise StoreUnavailable(f"{system.title} failed: {done.stderr.strip()[-_TAIL:]}")
