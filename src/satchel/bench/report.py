"""The pages with the figures: runs every benchmark whose data are here, and writes what came out.

`python -m satchel.bench.report docs` writes `docs/bench/*.json` and, from those files alone, `docs/benchmarks.md`.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from satchel.bench import locomo, longmemeval, quality, results, speed, tables
from satchel.bench.sources import HOW, Sources, find
from satchel.bench.speed_tables import source_line, speed_tables
from satchel.bench.tables import Table, markdown
from satchel.errors import InvalidInput, SatchelError

_INTRODUCTION = """\
# Benchmarks

Made by `make bench` from the result files in [bench/](bench/); no figure on this page is typed by hand.

How to repeat it: get the data ([LoCoMo](https://github.com/snap-research/locomo),
[LongMemEval](https://github.com/xiaowu0162/LongMemEval)), then

    satchel bench locomo locomo10.json --out locomo.json
    satchel bench longmemeval longmemeval_s_cleaned.json --out longmemeval.json
    satchel bench speed --out speed.json

No language model takes part: what is measured is whether the turns that answer a question are found (`recall`: the
share of them, `any`: at least one, `all`: every one, among the first k hits) and whether their own words reach the
prompt (inside a context of n tokens, a token being four characters; "whole": not counting excerpts of long turns). A
question for which the engine sees no evidence gets an empty context, which counts as nothing found ("unsupported").
All are means over questions. NDCG is that of Järvelin and Kekäläinen (2002).

The files named *dev* hold half of each benchmark, the half that this project is tuned on. The file of LongMemEval's
evidence pools the evidence turns of its questions without the rest of the talk, so its figures cannot be compared with
published ones.
"""
_LOCOMO = "## LoCoMo"
_LONGMEMEVAL = "## LongMemEval"
_SPEED = "## Speed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and write the pages into the folder named; return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1:
        sys.stderr.write("usage: python -m satchel.bench.report FOLDER\n")
        return 2
    try:
        write(Path(given[0]), find())
    except SatchelError as error:
        sys.stderr.write(f"satchel: {error}\n")
        return 2
    return 0


def write(folder: Path, sources: Sources) -> None:
    """Run what has data, write the result files, and write the page from them."""
    made = folder / "bench"
    _measure(made / "locomo.json", sources.locomo, lambda path: quality.measure(locomo.load(path)))
    _measure(made / "longmemeval.json", sources.longmemeval, lambda path: quality.measure(longmemeval.load(path)))
    _measure(made / "speed.json", sources.locomo, lambda path: speed.measure(path, speed.FULL))
    text = page(made, measured=sources)
    try:
        (folder / "benchmarks.md").write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be written ({error.strerror}); choose another folder") from None


def page(made: Path, *, measured: Sources) -> str:
    """Return the page in Markdown, made from the result files in `made`."""
    parts = [
        _INTRODUCTION,
        _LOCOMO,
        *_part(made / "locomo.json", measured.locomo, _quality),
        _LONGMEMEVAL,
        *_part(made / "longmemeval.json", measured.longmemeval, _quality),
        _SPEED,
        *_part(made / "speed.json", measured.locomo, _speed),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _measure(file: Path, path: Path | None, measure: Callable[[Path], Mapping[str, object]]) -> None:
    if path is None:
        sys.stderr.write(f"{file.stem}: skipped, its data are not here; {HOW}\n")
    else:
        results.write(file, measure(path))


def _part(file: Path, path: Path | None, shown: Callable[[Path], Sequence[str]]) -> Sequence[str]:
    """Return a part's text; one that was not measured now is said to be so, and no older figures stand in for it."""
    return shown(file) if path is not None and file.exists() else [f"Not measured: the data were not there ({HOW})."]


def _quality(file: Path) -> Sequence[str]:
    result = results.read_quality(file)
    return _shown(
        [tables.data_line(result), tables.provenance_line(result["provenance"])], tables.quality_tables(result)
    )


def _speed(file: Path) -> Sequence[str]:
    result = speed.read_speed(file)
    return _shown([source_line(result), tables.provenance_line(result["provenance"])], speed_tables(result))


def _shown(lines: Sequence[str], found: Sequence[Table]) -> Sequence[str]:
    return [*lines, *map(markdown, found)]


if __name__ == "__main__":
    sys.exit(main())
