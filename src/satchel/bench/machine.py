"""Where figures were made: the machine, the versions and the commit, without which a time means nothing."""

import os
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypedDict

from satchel.errors import ModelUnavailable

ROOT = Path(__file__).parents[3]
"""The project's root, where the package is used from its source tree."""

_PACKAGES = ("satchel", "numpy", "onnxruntime", "tokenizers", "cryptography", "msgpack")
_GIT_SECONDS = 10


class Machine(TypedDict):
    """The computer and its Python."""

    cpu: str
    cores: int
    logical_cores: int
    memory_bytes: int
    platform: str
    python: str
    sqlite: str
    load: float
    """Processes that wanted to run, on average over the minute before the result was written."""


class Provenance(TypedDict):
    """What a result file says about where it comes from."""

    date: str
    machine: Machine
    versions: Mapping[str, str]
    commit: str | None
    """The commit of the source tree, with "+" when files of the package differ from it; None where there is none."""


def provenance() -> Provenance:
    """Return where this run happens, and when."""
    return Provenance(
        date=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        machine=machine(),
        versions={package: found for package in _PACKAGES if (found := _version(package)) is not None},
        commit=commit(),
    )


def machine() -> Machine:
    """Return what this computer is."""
    psutil = _psutil()
    return Machine(
        cpu=_cpu(),
        cores=psutil.cpu_count(logical=False) or os.cpu_count() or 1,
        logical_cores=psutil.cpu_count() or 1,
        memory_bytes=psutil.virtual_memory().total,
        platform=platform.platform(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        sqlite=sqlite3.sqlite_version,
        load=round(psutil.getloadavg()[0], 2),
    )


def commit() -> str | None:
    """Return the commit that the package's source tree is at."""
    if not (ROOT / ".git").exists():
        return None
    head = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--", "src/satchel")
    return f"{head}+" if head and changed else head


def _git(*arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "-C", str(ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def _psutil() -> Any:
    try:
        return import_module("psutil")
    except ImportError:
        raise ModelUnavailable("the benchmarks need psutil: pip install 'satchel[bench]'") from None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
