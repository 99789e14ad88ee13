"""Charts inside pages: SVG with a title and a description, and beside it a table of the same numbers."""

from __future__ import annotations

from sopb_rules.apps.chart import Bars, HeatMap
from sopb_rules.apps.html.markup import Content, Markup, element

_ROW, _CELL, _LABEL, _HEAD = 20, 84, 230, 24
_BAR = 420
#: The colour of all that is shaded; how much of it shows is what the chart tells.
_FILL = "#14477e"


def figure(chart: HeatMap | Bars, id: str) -> Markup:
    """A chart and the table of its numbers.

    Args:
        id: how the page calls it, which nothing else on it is called.
    """
    drawn, columns = (_heat_map(chart), chart.columns) if isinstance(chart, HeatMap) else (_bars(chart), ("number",))
    rows = [(label, numbers if isinstance(numbers, tuple) else (numbers,)) for label, numbers in chart.rows]
    names = element("title", chart.title, id=f"{id}-title"), element("desc", chart.description, id=f"{id}-desc")
    width, height, shapes = drawn
    svg = element(
        "svg", *names, *shapes, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img",
        aria_labelledby=f"{id}-title {id}-desc", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip
    head = element("tr", element("th", "", scope="col"), [element("th", column, scope="col") for column in columns])
    body = [
        element("tr", element("th", label, scope="row"), [element("td", _shown(number)) for number in numbers])
        for label, numbers in rows
    ]
    table = element("table", element("thead", head), element("tbody", body))
    details = element("details", element("summary", "The numbers as a table"), table)
    return element("figure", svg, element("figcaption", chart.title), details, id=id)


def _heat_map(chart: HeatMap) -> tuple[int, int, list[Markup]]:
    shapes = [
        _text(column, _LABEL + _CELL * place + _CELL // 2, 16, "middle") for place, column in enumerate(chart.columns)
    ]
    for line, ((label, numbers), shares) in enumerate(zip(chart.rows, chart.shares(), strict=True)):
        top = _HEAD + _ROW * line
        shapes.append(_text(label, _LABEL - 8, top + 14, "end"))
        for place, (number, share) in enumerate(zip(numbers, shares, strict=True)):
            if number is not None:
                shapes.append(_cell(_LABEL + _CELL * place, top, number, share))
    return _LABEL + _CELL * len(chart.columns), _HEAD + _ROW * len(chart.rows), shapes


def _cell(left: int, top: int, number: int, share: float) -> Markup:
    shade = f"{share:.3f}"
    box = element("rect", x=left + 1, y=top + 1, width=_CELL - 2, height=_ROW - 2, fill=_FILL, fill_opacity=shade)
    ink = "#fff" if share > 0.5 else "currentColor"  # readable on what is behind it
    return element("g", box, _text(f"{number:,}", left + _CELL // 2, top + 14, "middle", ink))


def _bars(chart: Bars) -> tuple[int, int, list[Markup]]:
    most = max((number for _, number in chart.rows), default=1)
    shapes: list[Markup] = []
    for line, (label, number) in enumerate(chart.rows):
        top, width = _ROW * line, round(_BAR * number / max(1, most))
        shapes.append(_text(label, _LABEL - 8, top + 14, "end"))
        shapes.append(element("rect", x=_LABEL, y=top + 2, width=width, height=_ROW - 4, fill=_FILL))
        shapes.append(_text(f"{number:,}", _LABEL + width + 6, top + 14, "start"))
    return _LABEL + _BAR + 90, max(_ROW, _ROW * len(chart.rows)), shapes


def _text(text: Content, x: int, y: int, anchor: str, fill: str = "currentColor") -> Markup:
    return element("text", text, x=x, y=y, text_anchor=anchor, fill=fill, font_size=12)


def _shown(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
