"""Charts as files: what they show, where they can be written, and that labels stay what they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import sopb_rules
from sopb_rules.apps import chart_file
from sopb_rules.apps.chart import MOST, Bar, Bars, HeatMap, missing_facts, verdicts_by_norm
from sopb_rules.apps.chart_file import write_chart
from sopb_rules.apps.overview import Line, Missing
from sopb_rules.diagnostics import RulesError

NORMS = sopb_rules.load_policies().model.norms
LINES = [
    Line("organization", NORMS["8.1"], "", {"not_applicable": 0, "met": 1200, "unmet": 300, "unknown": 0}),
    Line("organization", NORMS["11.2"], "", {"not_applicable": 5, "open": 5, "used": 0, "exceeded": 0, "unknown": 10}),
    Line("organization", NORMS["3.2"], "party_organization", {"not_applicable": 0, "met": 0, "unmet": 0, "unknown": 0}),
]
CHART = verdicts_by_norm(LINES, "Verdicts & norms")
BARS = missing_facts([Missing("a", "b", "<c>", (("8.1", "", 9), ("8.2", "", 1))), Missing("a", "d", "", ())], "Missing")
EMPTY = (HeatMap("Empty", "none", ("met",), ()), Bars("Empty", "none", ()))


def test_norms_are_rows_and_verdicts_are_columns_the_gravest_first() -> None:
    assert CHART.verdicts == ("unmet", "exceeded", "unknown", "open", "used", "met", "not_applicable")
    assert [label for label, _ in CHART.rows] == ["8.1", "11.2", "3.2 party_organization"]
    by_word = [dict(zip(CHART.verdicts, numbers, strict=True)) for _, numbers in CHART.rows]
    assert by_word[0]["met"] == 1200
    assert by_word[0]["open"] is None
    assert by_word[1]["unknown"] == 10
    assert CHART.shares()[0][CHART.verdicts.index("unmet")] == 0.2
    assert set(CHART.shares()[2]) == {0}
    assert CHART.description.startswith("3 rows with 1,520 verdicts")


def test_tables_are_named_where_there_are_several() -> None:
    other = Line("organization.changes", NORMS["8.1"], "", {"met": 1})
    labels = [label for label, _ in verdicts_by_norm([*LINES, other], "").rows]
    assert labels[2:] == ["3.2 organization.party_organization", "8.1 organization.changes"]


def test_bars_are_the_largest_numbers_in_their_order() -> None:
    assert BARS.rows == (Bar("a.b", 10), Bar("a.d", 0))
    many = [Missing("a", str(index), "", (("8.1", "", index + 1),)) for index in range(MOST + 2)]
    bars = missing_facts(many, "")
    assert [row.number for row in bars.rows] == list(range(3, MOST + 3))
    assert bars.description == f"{MOST} bars, the largest of {MOST + 2}, of up to {MOST + 2}"
    assert missing_facts([], "").description == "no bars"


@pytest.mark.parametrize("suffix", [".svg", ".PNG"])
@pytest.mark.parametrize("chart", [CHART, BARS, *EMPTY])
def test_files_are_the_same_for_the_same_chart(tmp_path: Path, chart: HeatMap | Bars, suffix: str) -> None:
    files = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for file in files:
        write_chart(chart, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes().startswith(b"\x89PNG" if suffix == ".PNG" else b"<?xml")
    assert sorted(tmp_path.iterdir()) == files


def test_each_number_and_label_is_text_of_the_svg(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "chart.svg")
    texts = texts_of(tmp_path / "chart.svg")
    assert {"Verdicts & norms", "8.1", "3.2 party_organization", "1,200", "300", "does not apply", "unmet"} <= texts


def texts_of(file: Path) -> set[str]:
    return {"".join(each.itertext()).strip() for each in ET.parse(file).iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_labels_are_no_formulas_no_markup_and_of_any_script_and_length(tmp_path: Path, suffix: str) -> None:
    labels = ["a $x$ $", "<script>alert(1)</script>", "社会组织", "\x1b[31m", "long " * 60]
    file = tmp_path / f"chart{suffix}"
    write_chart(Bars("$\\bad{$", "d", tuple(Bar(label, 1, "unmet") for label in labels)), file)
    if suffix == ".svg":
        assert {"a $x$ $", "<script>alert(1)</script>", "社会组织", "<U+001B>[31m"} <= texts_of(file)


def test_a_picture_of_very_many_norms_has_fewer_dots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_file, "_HIGHEST", 300)
    write_chart(HeatMap("", "", ("met",), tuple((str(row), (1,)) for row in range(40))), tmp_path / "chart.png")
    height = int.from_bytes((tmp_path / "chart.png").read_bytes()[20:24], "big")
    assert 250 < height <= 300


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="a chart cannot be written"):
        write_chart(CHART, tmp_path / "chart.gif")
