"""The pages with the figures: runs every benchmark whose data are here, and writes what came out.

`python -m satchel.bench.report docs` writes `docs/bench/*.json` and, from those files alone, `docs/benchmarks.md` and
the figures of `docs/extraction.md`. With the name of a page after the folder, only what that page needs is run.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from satchel.bench import (
    ablation,
    extraction_page,
    growth,
    locomo,
    longmemeval,
    plots,
    quality,
    results,
    scale,
    speed,
    support,
    tables,
)
from satchel.bench.growth_tables import growth_lines, growth_tables, growth_text
from satchel.bench.parts import part, run, shown
from satchel.bench.peers import comparison
from satchel.bench.peers import tables as peers_tables
from satchel.bench.scale_tables import scale_lines, scale_tables, scale_text
from satchel.bench.sources import Sources, find
from satchel.bench.speed_tables import source_line, speed_tables
from satchel.errors import SatchelError

_INTRODUCTION = """\
# Benchmarks

Made by `make bench` from the result files in [bench/](bench/); no figure on this page is typed by hand.

How to repeat it: get the data ([LoCoMo](https://github.com/snap-research/locomo),
[LongMemEval](https://github.com/xiaowu0162/LongMemEval)), then

    satchel bench locomo locomo10.json --out locomo.json
    satchel bench ablation locomo10.json --out ablation.json
    satchel bench ablation longmemeval_oracle.json --out ablation_longmemeval.json
    satchel bench support locomo10.json --out support.json
    satchel bench longmemeval longmemeval_s_cleaned.json --out longmemeval.json
    satchel bench speed --out speed.json
    satchel bench growth locomo10.json --out growth.json
    satchel bench scale locomo10.json --out scale.json

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
_ABLATION = """\
## What each signal brings

Each question ranked again without one signal. The weights were chosen on LoCoMo's conversations, leaving one out at a
time, and of equals those were taken that LongMemEval liked better; the encoder was trained on neither.
"""
_SUPPORT = """\
## Knowing when there is no evidence

LoCoMo's questions, each put to the space of its own conversation and to that of another one.
"""
_LONGMEMEVAL = "## LongMemEval"
_TOKENS = """\
## Evidence by the tokens of context

The overall rows of "Evidence inside a context of n tokens" above.
"""
_SPEED = "## Speed"
_GROWTH = "## Growth"
_NOT_GROWN = """\
No figures yet: a million messages take long, so `make bench` does not make them. `satchel bench growth --out
docs/bench/growth.json` does.
"""
_SCALE = "## Scale"
_NOT_SCALED = """\
No figures yet: a million messages take long, so `make bench` does not make them. `satchel bench scale --out
docs/bench/scale.json` does.
"""
_PEERS = """\
## Beside other memory systems

`satchel bench peers` installs them and takes long, so `make bench` does not run it: these are its last figures. Every
system was given the same turns ("speaker: words") and questions, and the vectors of the same embedding model, but for
the row "Satchel, own encoder": Satchel as it is installed. "hits" fills a context with the turns of the hits in their
order; "own context" is the one that Satchel makes, with its frame, dates, profile and facts.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and write the pages into the folder named; return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) not in (1, 2) or not {*given[1:]} <= {*_PAGES}:
        sys.stderr.write(f"usage: python -m satchel.bench.report FOLDER [{'|'.join(_PAGES)}]\n")
        return 2
    try:
        for name in given[1:] or _PAGES:
            _PAGES[name](Path(given[0]), find())
    except SatchelError as error:
        sys.stderr.write(f"satchel: {error}\n")
        return 2
    return 0


def write(folder: Path, sources: Sources) -> None:
    """Run the benchmarks of retrieval and speed that have data, write the result files, and the page from them."""
    made = folder / "bench"
    run(made / "locomo.json", sources.locomo, lambda path: quality.measure(locomo.load(path)))
    run(made / "ablation.json", sources.locomo, lambda path: ablation.measure(path, locomo.load(path)))
    run(
        made / "ablation_longmemeval.json",
        sources.longmemeval,
        lambda path: ablation.measure(path, longmemeval.load(path)),
    )
    run(made / "support.json", sources.locomo, lambda path: support.measure(path, locomo.load(path)))
    run(made / "longmemeval.json", sources.longmemeval, lambda path: quality.measure(longmemeval.load(path)))
    run(made / "speed.json", sources.locomo, lambda path: speed.measure(path, speed.FULL))
    plots.write(made, folder / "plots")
    results.write_text(folder / "benchmarks.md", page(made, measured=sources))


def page(made: Path, *, measured: Sources) -> str:
    """Return the page in Markdown, made from the result files in `made`."""
    parts = [
        _INTRODUCTION,
        _LOCOMO,
        *part(made / "locomo.json", measured.locomo, _quality),
        _ABLATION,
        *part(made / "ablation.json", measured.locomo, _ablation),
        *part(made / "ablation_longmemeval.json", measured.longmemeval, _ablation),
        _SUPPORT,
        *part(made / "support.json", measured.locomo, _support),
        _LONGMEMEVAL,
        *part(made / "longmemeval.json", measured.longmemeval, _quality),
        *(_tokens(made) if measured.locomo and measured.longmemeval else ()),
        _SPEED,
        *part(made / "speed.json", measured.locomo, _speed),
        _GROWTH,
        *(_growth(made) if (made / "growth.json").exists() else [_NOT_GROWN]),
        _SCALE,
        *(_scale(made) if (made / "scale.json").exists() else [_NOT_SCALED]),
        *(_peers(made / "peers.json") if (made / "peers.json").exists() else ()),
    ]
    return "\n\n".join(one.strip() for one in parts) + "\n"


def _quality(file: Path) -> Sequence[str]:
    result = results.read_quality(file)
    return shown(
        [tables.data_line(result), tables.provenance_line(result["provenance"])], tables.quality_tables(result)
    )


def _ablation(file: Path) -> Sequence[str]:
    result = ablation.read(file)
    return shown([result["source"], tables.provenance_line(result["provenance"])], ablation.tables(result))


def _support(file: Path) -> Sequence[str]:
    result = support.read(file)
    return shown([result["source"], tables.provenance_line(result["provenance"])], support.tables(result))


def _speed(file: Path) -> Sequence[str]:
    result = speed.read_speed(file)
    return shown([source_line(result), tables.provenance_line(result["provenance"])], speed_tables(result))


def _growth(made: Path) -> Sequence[str]:
    result = growth.read(made / "growth.json")
    drawn = [*plots.embedded(made, plots.LATENCY), *plots.embedded(made, plots.MEMORY)]
    return [growth_text(result), *drawn, *shown(growth_lines(result), growth_tables(result))]


def _scale(made: Path) -> Sequence[str]:
    result = scale.read(made / "scale.json")
    drawn = [
        one for name in (plots.SCALE_SEARCH, plots.SCALE_DISK, plots.SCALE_PACE) for one in plots.embedded(made, name)
    ]
    return [scale_text(result), *drawn, *shown(scale_lines(result), scale_tables(result))]


def _peers(file: Path) -> Sequence[str]:
    result = comparison.read(file)
    lines = [*peers_tables.lines(result), tables.provenance_line(result["provenance"])]
    return [_PEERS, *shown(lines, peers_tables.tables(result))]


def _tokens(made: Path) -> Sequence[str]:
    drawn = plots.embedded(made, plots.RECALL)
    return [_TOKENS, *drawn] if drawn else []


_PAGES: Mapping[str, Callable[[Path, Sources], None]] = {"benchmarks": write, "extraction": extraction_page.write}


if __name__ == "__main__":
    sys.exit(main())
