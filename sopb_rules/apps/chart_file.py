"""Charts as files: SVG and PNG, drawn by Matplotlib without any screen. The same chart gives the same file."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.apps.chart import Bars, HeatMap, told
from sopb_rules.apps.table_files import complete
from sopb_rules.apps.text.words import BAD, GOOD, OPEN, QUIET, VERDICTS
from sopb_rules.apps.visible import visible
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.extras import check_charts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".svg", ".png")
#: How many dots an inch has in a PNG, and how many dots one can have in all from top to bottom.
_DOTS, _HIGHEST = 150, 60_000
#: In inches: how high a row is, and how wide a column, the bars, and a letter of a label.
_ROW, _COLUMN, _BARS, _LETTER = 0.24, 1.05, 5.0, 0.075
#: The colours of the page, by the style of a verdict; how much of one shows is what a heat map tells.
_COLOURS = {BAD: "#c3352c", OPEN: "#dda83a", GOOD: "#4f9a68", QUIET: "#8a8880"}
_OTHER, _DARKEST = "#4c97b8", 0.75
#: For what the usual font lacks, as far as they are on the machine.
_FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei")


def check_chart(*files: Path | None) -> None:
    """Make sure, before anything is computed, that charts can be written to these files.

    Raises:
        RulesError: a suffix is neither .svg nor .png, or Matplotlib is not installed.
    """
    named = [file for file in files if file is not None]
    for file in named:
        if file.suffix.lower() not in SUFFIXES:
            message = f"a chart cannot be written to `{file}`"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, expected="a name that ends in .svg or .png")])
    if named:
        check_charts()


def write_chart(chart: HeatMap | Bars, file: Path) -> None:
    """Write a chart, as SVG or as PNG by the suffix of the file.

    Raises:
        RulesError: as for `check_chart`.
        OSError: the file cannot be written.
    """
    check_chart(file)
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    labels = [row[0] if isinstance(row, tuple) else row.label for row in chart.rows]
    body = _COLUMN * len(chart.verdicts) if isinstance(chart, HeatMap) else _BARS
    title = visible(chart.title)
    width = 0.8 + max(_LETTER * max(map(len, labels), default=0) + body, 1.2 * _LETTER * len(title))
    height = 1 + _ROW * max(1, len(chart.rows))
    suffix = file.suffix.lower()
    about: dict[str, Any] = {"Title": title, "Description": visible(chart.description)}
    if suffix == ".svg":
        about["Date"] = None
    settings: Any = {"text.parse_math": False, "svg.hashsalt": "sopb", "svg.fonttype": "none", "font.family": _fonts()}
    with complete(file) as part, matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box stands for it
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        axes.set_title(title, fontsize=11)
        axes.set_yticks(range(len(labels)), list(map(visible, labels)), fontsize=8)
        if isinstance(chart, HeatMap):
            _draw_heat_map(axes, chart)
        else:
            _draw_bars(axes, chart)
        figure.savefig(part, format=suffix[1:], dpi=min(_DOTS, int(_HIGHEST / height)), metadata=about)


def _fonts() -> list[str]:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in _FONTS if name in there]


def _colour(verdict: str) -> str:
    return _COLOURS.get(VERDICTS[verdict].style, _OTHER) if verdict in VERDICTS else _OTHER


def _draw_heat_map(axes: Axes, chart: HeatMap) -> None:
    from matplotlib.colors import to_rgba

    axes.set_xticks(range(len(chart.verdicts)), [told(verdict) for verdict in chart.verdicts], fontsize=8)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
    axes.spines[:].set_visible(False)
    if not chart.rows:
        return
    colours = [_colour(verdict) for verdict in chart.verdicts]
    shares = [_shaded(zip(colours, row, strict=True)) for row in chart.shares()]
    axes.imshow([[to_rgba(*cell) for cell in row] for row in shares], aspect="auto")
    for line, (_, numbers) in enumerate(chart.rows):
        for place, number in enumerate(numbers):
            if number is not None:
                axes.text(place, line, f"{number:,}", ha="center", va="center", fontsize=7)


def _shaded(row: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Colours with how much of each shows: black numbers are readable on the darkest."""
    return [(colour, share * _DARKEST) for colour, share in row]


def _draw_bars(axes: Axes, chart: Bars) -> None:
    numbers = [row.number for row in chart.rows]
    drawn = axes.barh(range(len(numbers)), numbers, color=[_colour(row.verdict) for row in chart.rows])
    axes.bar_label(drawn, [f"{number:,}" for number in numbers], fontsize=7, padding=3)
    axes.invert_yaxis()
    axes.margins(y=0.5 / max(1, len(numbers)))
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
