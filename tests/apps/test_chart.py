"""Charts: the same numbers as text, in pages and as files."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sopb_rules.apps.chart import Bars, HeatMap, bars, verdicts_by_norm
from sopb_rules.apps.chart_file import write_chart
from sopb_rules.apps.html.chart import figure
from sopb_rules.apps.text.chart import print_heat_map, shade
from sopb_rules.apps.text.page import Page
from sopb_rules.diagnostics import RulesError


def counts() -> list[dict[str, object]]:
    told = [
        ("8.1", "", "not_applicable", 0), ("8.1", "", "met", 1200), ("8.1", "", "unmet", 300), ("8.1", "", "unknown", 0),
        ("8.2", "party", "not_applicable", 5), ("8.2", "party", "open", 5), ("8.2", "party", "used", 0),
        ("8.2", "party", "exceeded", 0), ("8.2", "party", "unknown", 10),
        ("leading_body", "", "county", 7), ("leading_body", "", "unknown", 3),
    ]  # fmt: skip
    return [{"statement": s, "place": p, "outcome": o, "count": c} for s, p, o, c in told]


CHART = verdicts_by_norm(counts(), "Verdicts & norms")
BARS = bars([("a < b", 3), ("c", 9), ("d", 1)], "Changes", most=2)


def test_norms_are_rows_and_verdicts_are_columns() -> None:
    assert [label for label, _ in CHART.rows] == ["8.1", "8.2 party"]
    by_word = [dict(zip(CHART.columns, numbers, strict=True)) for _, numbers in CHART.rows]
    assert by_word[0]["met"] == 1200
    assert by_word[0]["open"] is None
    assert by_word[1]["unknown"] == 10
    assert CHART.shares()[0][CHART.columns.index("unmet")] == 0.2


def test_bars_are_the_largest_numbers() -> None:
    assert BARS.rows == (("c", 9), ("a < b", 3))
    assert BARS.description == "2 bars, of 3, the largest 9"
    assert bars([], "Nothing").description == "no bars"


def test_text_is_shaded() -> None:
    stream = io.StringIO()
    print_heat_map(Page(stream, 100), CHART)
    row = next(line for line in stream.getvalue().splitlines() if line.startswith("8.1"))
    assert "1,200 ▓" in row
    assert "300 ░" in row
    assert [shade(each) for each in (0, 0.001, 0.3, 0.6, 0.95, 1)] == [" ", "░", "▒", "▓", "█", "█"]


@pytest.mark.parametrize("chart", [CHART, BARS, HeatMap("Empty", "none", ("met",), ()), Bars("Empty", "none", ())])
def test_pages_have_a_picture_with_a_name_and_a_table(chart: HeatMap | Bars) -> None:
    root = ET.fromstring(figure(chart, "chart").html)
    svg = root.find("{http://www.w3.org/2000/svg}svg")
    assert svg is not None
    assert svg.get("role") == "img"
    named = [each.get("id") for each in svg][:2]
    assert svg.get("aria-labelledby", "").split() == named
    assert len(root.findall("details/table/tbody/tr")) == len(chart.rows)


@pytest.mark.parametrize("suffix", [".svg", ".png"])
@pytest.mark.parametrize("chart", [CHART, BARS, HeatMap("Empty", "none", ("met",), ())])
def test_files_are_the_same_for_the_same_chart(tmp_path: Path, chart: HeatMap | Bars, suffix: str) -> None:
    files = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for file in files:
        write_chart(chart, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes().startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="a chart cannot be written"):
        write_chart(CHART, tmp_path / "chart.gif")
