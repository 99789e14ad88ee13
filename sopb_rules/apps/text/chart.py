"""A heat map on a page of text: the numbers, each with a sign as dark as its share of the row."""

from __future__ import annotations

from sopb_rules.apps.chart import HeatMap
from sopb_rules.apps.text.page import Column, Page

#: From none to all.
_SHADES, _PLAIN = " ░▒▓█", " .:+#"


def print_heat_map(page: Page, chart: HeatMap) -> None:
    """Print a heat map as a table."""
    page.rule(chart.title)
    columns = [Column("norm"), *(Column(word.replace("_", "\n"), right=True) for word in chart.columns)]
    shades = "".join(page.sign(sign, plain) for sign, plain in zip(_SHADES, _PLAIN, strict=True))
    rows = [
        (
            label,
            *(
                "" if number is None else f"{number:,} {shade(share, shades)}"
                for number, share in zip(numbers, shares, strict=True)
            ),
        )
        for (label, numbers), shares in zip(chart.rows, chart.shares(), strict=True)
    ]
    page.table(columns, rows, flexible=0, gap=2)


def shade(share: float, shades: str = _SHADES) -> str:
    """The sign for a share: the lightest for none alone, the darkest from nine tenths on."""
    if share <= 0:
        return shades[0]
    return shades[min(len(shades) - 1, 1 + int(share / 0.3))]
