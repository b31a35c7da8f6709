"""The commands of `satchel bench`: each prints tables, and writes a result file where it is told to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from satchel.bench.results import Quality

app = typer.Typer(
    help="Measure quality and speed, from files, without a language model.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Benchmark = Annotated[Path, typer.Argument(help="The benchmark's file.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the result to this JSON file.")]


@app.command()
def locomo(
    path: Benchmark,
    *,
    out: Out = None,
    all_categories: Annotated[
        bool, typer.Option("--all-categories", help="Take the adversarial questions too, which have no answer.")
    ] = False,
    conversation: Annotated[str | None, typer.Option("--conversation", help="Only the one with this id.")] = None,
) -> None:
    """Measure how much evidence is found in LoCoMo's conversations (locomo10.json or of that structure)."""
    from satchel.bench import locomo
    from satchel.bench.quality import measure

    _give(measure(locomo.load(path, all_categories=all_categories, conversation=conversation)), out)


@app.command()
def longmemeval(
    path: Benchmark,
    *,
    out: Out = None,
    question: Annotated[str | None, typer.Option("--question", help="Only the haystack of this question.")] = None,
) -> None:
    """Measure how much evidence is found in LongMemEval (an official file, or one of evidence turns alone)."""
    from satchel.bench import longmemeval
    from satchel.bench.quality import measure

    _give(measure(longmemeval.load(path, question=question)), out)


@app.command()
def time(
    path: Annotated[Path, typer.Argument(help="The folder with Recognizers-Text's cases (DateParser.json, …).")],
    *,
    out: Out = None,
) -> None:
    """Measure how time expressions are read, beside dateparser and parsedatetime where they are installed."""
    from satchel.bench import results, tables
    from satchel.bench import time as times

    result = times.measure(path)
    if out is not None:
        results.write(out, result)
    tables.show([tables.provenance_line(result["provenance"])], times.tables(result))


@app.command()
def speed(
    *,
    out: Out = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder with the benchmarks' data.", envvar="SATCHEL_BENCH_DATA")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the messages: a trial, no figures.")] = False,
) -> None:
    """Measure speed and size; takes about three minutes. Without LoCoMo's file, with the demo's conversation."""
    from satchel.bench import results, sources, tables
    from satchel.bench.speed import FULL, QUICK, measure
    from satchel.bench.speed_tables import source_line, speed_tables

    path = sources.find(data).locomo
    if path is None:
        typer.echo(f"no LoCoMo file: measuring with the demo's conversation ({sources.HOW})", err=True)
    result = measure(path, QUICK if quick else FULL)
    if out is not None:
        results.write(out, result)
    tables.show([source_line(result), tables.provenance_line(result["provenance"])], speed_tables(result))


def _give(result: "Quality", out: Path | None) -> None:
    from satchel.bench import results, tables

    if out is not None:
        results.write(out, result)
    tables.show([tables.data_line(result), tables.provenance_line(result["provenance"])], tables.quality_tables(result))
