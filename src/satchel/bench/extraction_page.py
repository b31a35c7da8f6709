"""The page on extraction: written by hand, but for its figures, which stand between two comments each.

Everything between `<!-- figures: NAME -->` and `<!-- end of figures -->` is replaced by what the result files say; all
other text is kept. A page that is not there yet is begun with nothing but the figures.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from satchel.bench import claims, facts, results, tables, truth
from satchel.bench import time as times
from satchel.bench.claims_tables import claims_tables, messages_line, size_tables, speed_tables
from satchel.bench.facts_tables import facts_tables, files_line
from satchel.bench.fields import read_text
from satchel.bench.parts import part, run, shown
from satchel.bench.sources import Sources
from satchel.bench.split import Split
from satchel.bench.truth_tables import read_truth, suite_line, truth_result, truth_tables
from satchel.errors import InvalidInput

NAME = "extraction.md"
FIGURES = ("claims", "truth", "facts", "time", "speed", "sizes")
_BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)
_PLACE = "## {0}\n\n<!-- figures: {0} -->\n<!-- end of figures -->\n"


def write(folder: Path, sources: Sources) -> None:
    """Run the benchmarks of extraction that have data, write the result files, and put the figures into the page."""
    made, page = folder / "bench", folder / NAME
    text = read_text(page) if page.exists() else "\n".join(map(_PLACE.format, FIGURES))
    filled(text, dict.fromkeys(FIGURES, ()), where=str(page))  # refuses a page before minutes go into measuring
    run(made / "truth.json", sources.truth, _truth)
    run(made / "claims.json", sources.claims, lambda path: claims.measure(path, Split.SET_ASIDE)[0])
    run(made / "facts.json", sources.facts, facts.measure)
    run(made / "time.json", sources.temporal, times.measure)
    results.write_text(page, filled(text, figures(made, measured=sources), where=str(page)))


def figures(made: Path, *, measured: Sources) -> Mapping[str, Sequence[str]]:
    """Return the paragraphs of each place, made from the result files in `made`."""
    return {
        "truth": part(made / "truth.json", measured.truth, _shown_truth),
        "claims": part(made / "claims.json", measured.claims, _shown_claims),
        "facts": part(made / "facts.json", measured.facts, _shown_facts),
        "time": part(made / "time.json", measured.temporal, _shown_time),
        "speed": part(made / "claims.json", measured.claims, _shown_speed),
        "sizes": part(made / "claims.json", measured.claims, _shown_sizes),
    }


def filled(page: str, parts: Mapping[str, Sequence[str]], *, where: str) -> str:
    """Return a page with figures in their places.

    Raises:
        InvalidInput: a place is missing, is there twice, or has a name that no figures have.
    """
    places = [found[2] for found in _BLOCK.finditer(page)]
    if sorted(places) != sorted(parts):
        raise InvalidInput(
            f"{where} has figures for {', '.join(places) or 'nothing'}; it needs one place for each of "
            f"{', '.join(parts)}: <!-- figures: NAME --> and, in a line below, <!-- end of figures -->"
        )
    return _BLOCK.sub(lambda found: found[1] + "\n" + "\n\n".join(parts[found[2]]) + "\n\n" + found[3], page)


def _truth(path: Path) -> Mapping[str, object]:
    scenarios = truth.load(path)
    return truth_result(path, scenarios, truth.run(scenarios), shuffle=None)


def _shown_truth(file: Path) -> Sequence[str]:
    result = read_truth(file)
    return shown([suite_line(result), tables.provenance_line(result["provenance"])], truth_tables(result))


def _shown_claims(file: Path) -> Sequence[str]:
    result = claims.read_claims(file)
    return shown([messages_line(result), tables.provenance_line(result["provenance"])], claims_tables(result))


def _shown_facts(file: Path) -> Sequence[str]:
    result = facts.read_facts(file)
    return shown([files_line(result), tables.provenance_line(result["provenance"])], facts_tables(result))


def _shown_time(file: Path) -> Sequence[str]:
    result = times.read_time(file)
    return shown([tables.provenance_line(result["provenance"])], times.tables(result))


def _shown_speed(file: Path) -> Sequence[str]:
    result = claims.read_claims(file)
    return shown([tables.provenance_line(result["provenance"])], speed_tables(result["speed"]))


def _shown_sizes(file: Path) -> Sequence[str]:
    return shown([], size_tables(claims.read_claims(file)["sizes"]))
