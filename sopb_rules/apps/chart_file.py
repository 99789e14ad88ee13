"""Charts as files: SVG and PNG, drawn by Matplotlib without any screen. The same chart gives the same file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.apps.chart import Bars, HeatMap
from sopb_rules.apps.table_files import complete
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.extras import check_charts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".svg", ".png")
#: How many dots an inch has in a PNG, and how high a row is in inches.
_DOTS, _ROW = 150, 0.24


def write_chart(chart: HeatMap | Bars, file: Path) -> None:
    """Write a chart, as SVG or as PNG by the suffix of the file.

    Raises:
        RulesError: the suffix is another, or Matplotlib is not installed.
        OSError: the file cannot be written.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"a chart cannot be written to `{file}`"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, expected="a name that ends in .svg or .png")])
    check_charts()
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width = 3 + 1.1 * len(chart.columns) if isinstance(chart, HeatMap) else 9
    figure = Figure(figsize=(width, 1 + _ROW * max(1, len(chart.rows))), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(chart.title, fontsize=11)
    if isinstance(chart, HeatMap):
        _draw_heat_map(axes, chart)
    else:
        _draw_bars(axes, chart)
    about = {"Title": chart.title, "Description": chart.description}
    dateless: dict[str, Any] = {**about, "Date": None} if suffix == ".svg" else about
    with complete(file) as part, matplotlib.rc_context({"svg.hashsalt": "sopb", "svg.fonttype": "none"}):
        figure.savefig(part, format=suffix[1:], dpi=_DOTS, metadata=dateless)


def _draw_heat_map(axes: Axes, chart: HeatMap) -> None:
    shares = chart.shares()
    axes.set_xticks(range(len(chart.columns)), chart.columns, fontsize=8)
    axes.set_yticks(range(len(chart.rows)), [label for label, _ in chart.rows], fontsize=8)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
    if not chart.rows:
        return
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for line, (_, numbers) in enumerate(chart.rows):
        for place, number in enumerate(numbers):
            if number is not None:
                ink = "white" if shares[line][place] > 0.6 else "black"
                axes.text(place, line, f"{number:,}", ha="center", va="center", fontsize=7, color=ink)


def _draw_bars(axes: Axes, chart: Bars) -> None:
    labels, numbers = [label for label, _ in chart.rows], [number for _, number in chart.rows]
    drawn = axes.barh(range(len(numbers)), numbers, color="#14477e")
    axes.bar_label(drawn, [f"{number:,}" for number in numbers], fontsize=7, padding=3)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
