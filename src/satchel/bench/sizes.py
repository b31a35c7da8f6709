"""How much room an installation takes: the package, each package that it needs at run time, and the model weights.

Sizes are sums over the files that each distribution lists (`importlib.metadata`), in bytes, without compiled Python
files. Extras and what other platforms need are left out: what is not installed counts for nothing.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TypedDict

from satchel.bench.results import sha256

_PACKAGE = Path(__file__).parents[1]
_WEIGHTS = _PACKAGE / "models" / "data"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


class WeightFile(TypedDict):
    """A file of a model that is in the package."""

    bytes: int
    sha256: str


class Sizes(TypedDict):
    """Bytes."""

    package: int
    """The package itself, with its weights."""
    dependencies: Mapping[str, int]
    """Package with version → bytes; all that is needed at run time, directly or not, the largest first."""
    weights: Mapping[str, WeightFile]


def measure() -> Sizes:
    """Return the sizes of this installation."""
    found = {one.name.lower(): one for one in needed("satchel")}
    each = {f"{name} {one.version}": _installed(one) for name, one in found.items()}
    return Sizes(
        package=sum(_bytes(path) for path in _PACKAGE.rglob("*")),
        dependencies=dict(sorted(each.items(), key=lambda one: (-one[1], one[0]))),
        weights={
            path.name: WeightFile(bytes=path.stat().st_size, sha256=sha256(path))
            for path in sorted(_WEIGHTS.iterdir())
            if path.suffix in (".onnx", ".json")
        },
    )


def needed(name: str) -> Iterator[Distribution]:
    """Yield the installed distributions that one needs at run time, each once, without itself."""
    seen, waiting = {_key(name)}, list(requirements(_distribution(name)))
    while waiting:
        one = waiting.pop()
        if _key(one) in seen:
            continue
        seen.add(_key(one))
        found = _distribution(one)
        if found is not None:
            yield found
            waiting += requirements(found)


def requirements(given: Distribution | None) -> list[str]:
    """Return the names that a distribution requires, but for those of its extras."""
    lines = [] if given is None else given.requires or []
    names = (_NAME.match(line) for line in lines if not re.search(r"\bextra\s*==", line))
    return [name[0] for name in names if name is not None]


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _installed(one: Distribution) -> int:
    return sum(_bytes(Path(str(one.locate_file(file)))) for file in one.files or ())


def _bytes(path: Path) -> int:
    return path.stat().st_size if path.suffix != ".pyc" and path.is_file() else 0


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
