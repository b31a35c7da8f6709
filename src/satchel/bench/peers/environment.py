"""The environments that peers are installed in: made once, and again when their requirements change.

Each peer has its own, since what is installed beside a system changes what it does (Mem0 looks for spaCy), and since
only those that are asked for are installed then. The files with the pinned requirements are in `requirements/`; each
`.txt` is made from the `.in` beside it with
`uv pip compile --universal --python-version 3.11 --no-header --no-annotate NAME.in -o NAME.txt`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from satchel.bench.peers.systems import System
from satchel.errors import StoreUnavailable

Say = Callable[[str], None]

REQUIREMENTS = Path(__file__).parent / "requirements"
_STAMP = "satchel-requirements.sha256"
_MINUTES = 30
_TAIL = 800
_PROBE = """
import sqlite3, sys
assert sys.version_info >= (3, 11)
sqlite3.connect(":memory:").enable_load_extension(True)
"""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment for one file of requirements."""

    directory: Path
    requirements: Path
    base: Path
    """The interpreter that it is made from."""

    @property
    def python(self) -> Path:
        """Its interpreter."""
        windows = os.name == "nt"
        return self.directory / ("Scripts" if windows else "bin") / ("python.exe" if windows else "python")

    @property
    def digest(self) -> str:
        """What an environment that fits says in its stamp: the requirements' digest, with the interpreter's."""
        return hashlib.sha256(self.requirements.read_bytes() + str(self.base).encode()).hexdigest()

    @property
    def ready(self) -> bool:
        """Whether it was made to its end, from these requirements."""
        stamp = self.directory / _STAMP
        return self.python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == self.digest

    def stamp(self) -> None:
        """Say that it is complete."""
        (self.directory / _STAMP).write_text(self.digest, encoding="utf-8")


def default_directory() -> Path:
    """Return the folder for the environments in the user's cache."""
    given = os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "satchel" / "peers"


def environment(system: System, directory: Path) -> Environment:
    """Return the environment of a peer, which may have to be made yet."""
    base = _with_extensions() if system.extensions else Path(sys.executable)
    return Environment(directory / system.name, REQUIREMENTS / f"{system.name}.txt", base)


def prepare(system: System, directory: Path, say: Say) -> Path:
    """Return a system's interpreter; install what it needs where that is not done yet, and say so.

    Raises:
        StoreUnavailable: the environment cannot be made.
    """
    if system.installed:
        return Path(sys.executable)
    wanted = environment(system, directory)
    if not wanted.ready:
        count = len(requirements(wanted.requirements))
        say(f"{system.title}: installing {count} packages from {wanted.requirements.name} into {wanted.directory}")
        for command in commands(wanted, uv=_uv()):
            _run(command)
        wanted.stamp()
    return wanted.python


def requirements(path: Path) -> Sequence[str]:
    """Return the pinned packages of a file."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def commands(wanted: Environment, *, uv: Path | None) -> Sequence[Sequence[str]]:
    """Return the commands that make an environment: with uv where it is there, else with what Python brings."""
    python, listed = str(wanted.python), ("-r", str(wanted.requirements))
    if uv is not None:
        return [
            [str(uv), "venv", "--quiet", "--clear", "--python", str(wanted.base), str(wanted.directory)],
            [str(uv), "pip", "install", "--quiet", "--python", python, *listed],
        ]
    return [
        [str(wanted.base), "-m", "venv", "--clear", str(wanted.directory)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *listed],
    ]


def _uv() -> Path | None:
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    return beside if beside.exists() else None


def _with_extensions() -> Path:
    """Return the first interpreter whose SQLite takes extensions; this one where there is none."""
    return next(filter(_takes_extensions, _interpreters()), Path(sys.executable))


def _interpreters() -> Iterator[Path]:
    yield Path(sys.executable)
    folders = [*os.environ.get("PATH", os.defpath).split(os.pathsep), "/usr/local/bin", "/usr/bin"]
    yield from (Path(found) for folder in folders if (found := shutil.which("python3", path=folder)))


def _takes_extensions(python: Path) -> bool:
    try:
        done = subprocess.run([python, "-c", _PROBE], capture_output=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, timeout=60 * _MINUTES, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise StoreUnavailable(f"{' '.join(command)} failed: {str(error.stderr).strip()[-_TAIL:]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreUnavailable(f"{' '.join(command)} failed: {error}") from None
