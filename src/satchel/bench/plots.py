"""The plots of the pages: drawn from result files alone, the same bytes for the same figures.

Lines and letters are of middle brightness on no background, so that they can be read on light and on dark pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from satchel.bench import results
from satchel.bench.plots_lines import (
    Line,
    disk_at_scale,
    inside,
    latencies,
    memories,
    paces_at_scale,
    searches_at_scale,
)
from satchel.errors import ModelUnavailable

RECALL, LATENCY, MEMORY = "recall.svg", "latency.svg", "memory.svg"
SCALE_SEARCH, SCALE_DISK, SCALE_PACE = "scale_search.svg", "scale_disk.svg", "scale_pace.svg"
_GREY = "#7f7f7f"
_COLOURS = ("#1f83d6", "#e0701b", "#2ca25f", "#c05fb8", "#b8860b", "#d64550", "#17a2b0", "#8a7fd0")
_MARKS = "osD^vPX*"
_SETTINGS: Mapping[str, object] = {
    "svg.hashsalt": "satchel",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": _GREY,
    "axes.edgecolor": _GREY,
    "axes.labelcolor": _GREY,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "xtick.color": _GREY,
    "ytick.color": _GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": _GREY,
    "grid.alpha": 0.3,
    "grid.linewidth": 0.6,
}
_FEW = 4
"""Lines whose legend has room inside the plot."""
_NOTHING_THAT_CHANGES: Mapping[str, None] = {"Date": None, "Creator": None}


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows, with its unit; the values that it names, or None to leave them to the drawing."""

    label: str
    logarithmic: bool = False
    named: Sequence[float] | None = None
    limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over two axes."""

    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]


def plots(made: Path) -> Mapping[str, Plot]:
    """Return the plots of the result files in `made`, by file name; one without figures is left out."""
    found = {
        RECALL: _recall(inside(made)),
        LATENCY: _latency(latencies(made)),
        MEMORY: _memory(memories(made)),
        SCALE_SEARCH: _scale_search(searches_at_scale(made)),
        SCALE_DISK: _scale_disk(disk_at_scale(made)),
        SCALE_PACE: _scale_pace(paces_at_scale(made)),
    }
    return {name: plot for name, plot in found.items() if plot.lines}


def write(made: Path, folder: Path) -> None:
    """Draw the plots of the result files in `made` into a folder."""
    for name, plot in plots(made).items():
        results.write_text(folder / name, svg(plot))


def embedded(made: Path, name: str) -> Sequence[str]:
    """Return the paragraph of a page that shows a plot; none where it has no figures."""
    plot = plots(made).get(name)
    return [f"![{plot.title}](plots/{name})"] if plot else []


def svg(plot: Plot) -> str:
    """Return a plot as SVG."""
    output = BytesIO()
    draw(plot, output, form="svg")
    return output.getvalue().decode()


def draw(plot: Plot, output: BytesIO, *, form: str, background: str = "none") -> None:
    """Draw a plot in a form that Matplotlib knows, such as "svg" or "png"."""
    matplotlib = _matplotlib("matplotlib")
    with matplotlib.rc_context(_SETTINGS):
        figure = _matplotlib("matplotlib.figure").Figure(figsize=(7.2, 4.4))
        axes = figure.add_subplot()
        for place, line in enumerate(plot.lines):
            axes.plot(*zip(*line.points, strict=True), label=line.label, **_style(line, place))
        _name_axis(axes, "x", plot.x)
        _name_axis(axes, "y", plot.y)
        axes.set_title(plot.title, fontsize=12)
        if len(plot.lines) > _FEW:
            axes.legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1.02, 0.5))
        else:
            axes.legend(frameon=False, fontsize=10)
        metadata = _NOTHING_THAT_CHANGES if form == "svg" else None
        figure.savefig(output, format=form, metadata=metadata, facecolor=background, bbox_inches="tight")


def _recall(lines: Sequence[Line]) -> Plot:
    budgets = sorted({x for line in lines for x, _ in line.points})
    return Plot(
        "Evidence inside the context, by its size",
        Axis("context (tokens)", logarithmic=True, named=budgets),
        Axis("evidence inside (%)", limits=(_lowest(lines), 100)),
        lines,
    )


def _latency(lines: Sequence[Line]) -> Plot:
    x, y = Axis("messages in the space", logarithmic=True), Axis("time of a call, median (ms)", logarithmic=True)
    return Plot("Time by the size of the space", x, y, lines)


def _memory(lines: Sequence[Line]) -> Plot:
    x, y = Axis("messages in the space", logarithmic=True), Axis("size (MB)", logarithmic=True)
    return Plot("Memory and disk by the size of the space", x, y, lines)


def _scale_search(lines: Sequence[Line]) -> Plot:
    x, y = Axis("messages in the space", logarithmic=True), Axis("time of a search, median (ms)", logarithmic=True)
    return Plot("Search in a store of many spaces, by the size of the space", x, y, lines)


def _scale_disk(lines: Sequence[Line]) -> Plot:
    return Plot("Disk by the messages in all spaces", Axis("messages in the store"), Axis("data on disk (MB)"), lines)


def _scale_pace(lines: Sequence[Line]) -> Plot:
    most = max((y for line in lines for _, y in line.points), default=0.0)
    y = Axis("added per second, without the models", limits=(0, 1.1 * most))
    return Plot("Adding by the messages in all spaces", Axis("messages in the store"), y, lines)


def _lowest(lines: Sequence[Line]) -> float:
    """Return the lower end of an axis of shares: ten steps of ten, with room below the lowest point."""
    least = min((y for line in lines for _, y in line.points), default=0.0)
    return max((least - 5) // 10 * 10, 0.0)


def _style(line: Line, place: int) -> Mapping[str, object]:
    return {
        "color": _COLOURS[place % len(_COLOURS)],
        "marker": _MARKS[place % len(_MARKS)],
        "linestyle": _stroke(line),
        "linewidth": 1.8,
        "markersize": 5,
    }


def _stroke(line: Line) -> str:
    """Return how the points are joined: a single one is a mark alone."""
    if len(line.points) == 1:
        return "none"
    return "--" if line.compared else "-"


def _name_axis(axes: Any, which: str, axis: Axis) -> None:
    drawn = getattr(axes, f"{which}axis")
    getattr(axes, f"set_{which}label")(axis.label)
    if axis.logarithmic:
        getattr(axes, f"set_{which}scale")("log")
    if axis.limits:
        getattr(axes, f"set_{which}lim")(*axis.limits)
    if axis.logarithmic or axis.named:
        ticker = _matplotlib("matplotlib.ticker")
        if axis.named:
            drawn.set_major_locator(ticker.FixedLocator(axis.named))
        drawn.set_minor_locator(ticker.NullLocator())
        drawn.set_major_formatter(ticker.FuncFormatter(_named))


def _named(value: float, _place: int) -> str:
    """Return a number as an axis names it: 0.1, 10, 1,000,000."""
    return f"{value:g}" if value < 1 else f"{value:,.0f}"


def _matplotlib(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise ModelUnavailable("the plots need Matplotlib: pip install 'satchel[bench]'") from None
