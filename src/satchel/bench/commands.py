"""The commands of `satchel bench`: each prints tables, and writes a result file where it is told to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satchel.bench.split import Split
from satchel.errors import InvalidInput

if TYPE_CHECKING:
    from satchel.bench.dataset import Dataset
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
def ablation(path: Benchmark, *, out: Out = None) -> None:
    """Measure what each signal of ranking brings on LoCoMo or LongMemEval, by leaving it out."""
    from satchel.bench import ablation as ablations
    from satchel.bench import results, tables

    result = ablations.measure(path, _either(path))
    if out is not None:
        results.write(out, result)
    tables.show([result["source"], tables.provenance_line(result["provenance"])], ablations.tables(result))


@app.command()
def support(path: Benchmark, *, out: Out = None) -> None:
    """Measure whether it is known when there is no evidence: LoCoMo's questions, put to another's space too."""
    from satchel.bench import locomo, results, tables
    from satchel.bench import support as supports

    result = supports.measure(path, locomo.load(path))
    if out is not None:
        results.write(out, result)
    tables.show([result["source"], tables.provenance_line(result["provenance"])], supports.tables(result))


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
def truth(
    path: Annotated[Path, typer.Argument(help="The suite: JSON lines of dialogues with checks.")],
    *,
    out: Out = None,
    shuffle: Annotated[
        int | None, typer.Option("--shuffle", help="Add the messages in another order, drawn from this seed.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not list the checks that failed.")] = False,
) -> None:
    """Measure whether the facts that must follow from dialogues do follow, and show every check that failed."""
    from satchel.bench import results, tables
    from satchel.bench import truth as suite
    from satchel.bench.truth_tables import suite_line, truth_result, truth_tables

    scenarios = suite.load(path)
    result = truth_result(path, scenarios, suite.run(scenarios, shuffle=shuffle), shuffle=shuffle)
    if out is not None:
        results.write(out, result)
    if not quiet:
        typer.echo("".join(f"{one}\n\n" for one in result["failures"]), nl=False)
    tables.show([suite_line(result), tables.provenance_line(result["provenance"])], truth_tables(result))


@app.command()
def claims(
    folder: Annotated[Path, typer.Argument(help="The folder with labelled messages (*.jsonl).")],
    *,
    out: Out = None,
    split: Annotated[Split, typer.Option("--split", help="Which messages to measure.")] = Split.SET_ASIDE,
    every: Annotated[bool, typer.Option("--all", help="Measure all messages: --split all.")] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed or wrong, but for the fifth that was set aside.")
    ] = False,
) -> None:
    """Measure how many labelled claims are found, how fast, and how big it is; of the set-aside fifth totals only."""
    from satchel.bench import claims, results, tables
    from satchel.bench.claims_tables import claims_tables, messages_line, size_tables, speed_tables

    chosen = Split.ALL if every else split
    if errors and chosen is Split.SET_ASIDE:
        raise InvalidInput("nobody looks at the messages that were set aside; use --errors with --split train or --all")
    result, done = claims.measure(folder, chosen)
    if out is not None:
        results.write(out, result)
    if errors:
        typer.echo(claims.explained(done.errors))
    found = [*claims_tables(result), *speed_tables(result["speed"]), *size_tables(result["sizes"])]
    tables.show([messages_line(result), tables.provenance_line(result["provenance"])], found)


@app.command()
def facts(
    folder: Annotated[Path, typer.Argument(help="The folder with contradiction.jsonl, entity_extraction.jsonl, …")],
    *,
    out: Out = None,
) -> None:
    """Measure what is known and found after a value changed, and the names and memories found in texts."""
    from satchel.bench import facts, results, tables
    from satchel.bench.facts_tables import facts_tables, failures, files_line

    result = facts.measure(folder)
    if out is not None:
        results.write(out, result)
    typer.echo("".join(f"{one}\n" for one in failures(result)), nl=False)
    tables.show([files_line(result), tables.provenance_line(result["provenance"])], facts_tables(result))


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


@app.command()
def growth(
    path: Annotated[Path | None, typer.Argument(help="LoCoMo's file; without it the one among the data.")] = None,
    *,
    out: Out = None,
    largest: Annotated[
        int, typer.Option("--largest", help="The last size; a million takes long and several GB of disk.")
    ] = 1_000_000,
) -> None:
    """Measure how cost grows with the messages in one space: from a hundred to a million, without the tagger."""
    from satchel.bench import growth, results, sources, tables
    from satchel.bench.growth_tables import growth_lines, growth_tables, growth_text

    def keep(result: growth.Growth) -> None:
        if out is not None:
            results.write(out, result)

    result = growth.measure(path or sources.find().locomo, largest=largest, keep=keep)
    tables.show([growth_text(result), *growth_lines(result)], growth_tables(result))


@app.command()
def scale(
    path: Annotated[Path | None, typer.Argument(help="LoCoMo's file; without it the one among the data.")] = None,
    *,
    out: Out = None,
    messages: Annotated[
        int, typer.Option("--messages", help="In all spaces; a million take long and several GB of disk.")
    ] = 1_000_000,
    postgres: Annotated[
        str | None,
        typer.Option(
            "--postgres",
            help="A PostgreSQL server, where a database is made and dropped; one is started here if not given.",
        ),
    ] = None,
) -> None:
    """Measure a store of many spaces, on SQLite and on PostgreSQL: a million messages, without the tagger."""
    from satchel.bench import results, scale, scale_places, sources, tables
    from satchel.bench.scale_plan import plan_of
    from satchel.bench.scale_tables import scale_lines, scale_tables, scale_text

    def keep(result: scale.Scale) -> None:
        if out is not None:
            results.write(out, result)

    stores, lacking = scale_places.places(postgres)
    if lacking:
        typer.echo(f"SQLite alone is measured: {', '.join(lacking)} not installed, and no --postgres", err=True)
    result = scale.measure(path or sources.find().locomo, plan_of(messages), stores, keep=keep)
    tables.show([scale_text(result), *scale_lines(result)], scale_tables(result))


@app.command()
def peers(
    path: Benchmark,
    *,
    out: Out = None,
    environment: Annotated[
        Path | None,
        typer.Option(
            "--environment", help="The folder for the peers' environments; one in the user's cache if not given."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this peer, beside Satchel; can be given several times.")
    ] = None,
    conversation: Annotated[str | None, typer.Option("--conversation", help="Only the one with this id.")] = None,
) -> None:
    """Compare with other memory systems on LoCoMo, all with the same embedding model; installs them, takes long."""
    from satchel.bench import locomo, results, tables
    from satchel.bench.peers import comparison, systems
    from satchel.bench.peers import tables as shown
    from satchel.bench.peers.environment import default_directory

    def keep(result: comparison.Comparison) -> None:
        if out is not None:
            results.write(out, result)

    chosen = systems.chosen(only or ())
    dataset = locomo.load(path, conversation=conversation)
    directory = (environment or default_directory()).expanduser().absolute()
    result = comparison.measure(
        dataset, chosen, directory=directory, say=lambda line: typer.echo(line, err=True), keep=keep
    )
    tables.show([*shown.lines(result), tables.provenance_line(result["provenance"])], shown.tables(result))


def _either(path: Path) -> "Dataset":
    """Read a file of LoCoMo or of LongMemEval."""
    from satchel.bench import locomo, longmemeval

    try:
        return locomo.load(path)
    except InvalidInput as error:
        try:
            return longmemeval.load(path)
        except InvalidInput as other:
            raise InvalidInput(f"{path.name} is neither: {error}; {other}") from None


def _give(result: "Quality", out: Path | None) -> None:
    from satchel.bench import results, tables

    if out is not None:
        results.write(out, result)
    tables.show([tables.data_line(result), tables.provenance_line(result["provenance"])], tables.quality_tables(result))
