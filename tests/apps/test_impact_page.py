"""The impact of another version as a chart and as a page: by norm and by fact, with nothing but text from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sopb_rules.apps.chart import told
from sopb_rules.apps.html import tables
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare
from tests.apps.parsed import Element, parsed
from tests.apps.test_chart import texts_of
from tests.apps.test_html import check, loads_nothing
from tests.apps.test_overview import HOSTILE, as_read

#: Norm 1.1 reaches fewer, norm 1.5 asks for less, norm 1.2 is gone, and norm 1.9 is new.
NEW = (
    sample.ARTICLE.replace("formal_members is at least 3", "formal_members is at least 10")
    .replace("        formal_members is at least 10\n\ndecision", "        formal_members is at least 2\n\ndecision")
    .replace("norm 1.2", "norm 1.9")
    .replace("An organization should be sound.", "Each branch should have many members in it.")
    .replace('"be sound"\n        sound', '"have many members in it"\n        branch.share is at least 30%')
    .replace("the organization should", "when branch exists\n  the organization should")
)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return sample.policies(tmp_path / "new", NEW)


def impact(run: Run, old: Path, new: Path, *options: object) -> str:
    table = sample.tables(old.parent)
    reports = f"organization.reports={table.parent / 'organization.reports.csv'}"
    result = run("impact", old, new, table, "--table", reports, "--as-of", "2026-11-01", *options)
    assert result.exit_code in (0, 1), result.output
    return result.stdout_bytes.decode()


def page_of(run: Run, old: Path, new: Path, *options: object) -> Element:
    return parsed(impact(run, old, new, "--html", "-", *options))


def test_the_page_as_people_read_it(run: Run, policies: Path, new: Path) -> None:
    page = page_of(run, policies, new, "--by", "level", "--by", "national_body")
    compare("impact_page", as_read(page).replace(f"{new.parent}/", ""))


@pytest.mark.parametrize("by", [(), ("--by", "level", "--by", "national_body")])
def test_the_page_is_well_formed_and_loads_nothing(run: Run, policies: Path, new: Path, by: tuple[str, ...]) -> None:
    page = page_of(run, policies, new, *by)
    check(page)
    loads_nothing(page)
    assert [each.attributes["type"] for each in page.all("script")] == ["application/json"]


def test_where_nothing_changes_the_page_says_so(run: Run, policies: Path) -> None:
    page = page_of(run, policies, policies, "--by", "level")
    check(page)
    assert page.one("section", id="changes").one("p").text.strip() == "No verdict changes."
    assert page.all("section", id="by-level") == page.all("section", id="sentences") == []


def test_the_page_has_the_numbers_of_the_json(run: Run, policies: Path, new: Path) -> None:
    page = page_of(run, policies, new, "--by", "level")
    told = json.loads(impact(run, policies, new, "--by", "level", "--format", "json"))
    assert json.loads(page.one("script", id="impact").text) == told
    rows = [row for row in page.one("section", id="changes").all("tr") if row.all("td")]
    assert [int(row.one("td", class_="n").text) for row in rows] == [each["count"] for each in told["changes"]]
    by = [row for row in page.one("section", id="by-level").all("tr") if row.all("td")]
    assert sum(int(row.one("td", class_="n").text) for row in by) == sum(each["count"] for each in told["changes"])


def test_the_page_goes_beside_what_is_printed(run: Run, policies: Path, new: Path) -> None:
    file = new.parent / "impact.html"
    assert "By norm" in impact(run, policies, new, "--html", file)
    assert file.read_text("utf-8") == impact(run, policies, new, "--html", "-")


def test_a_chart_has_a_bar_for_each_change(run: Run, policies: Path, new: Path) -> None:
    file = new.parent / "impact.svg"
    told = json.loads(impact(run, policies, new, "--chart", file, "--format", "json"))
    texts = texts_of(file)
    assert "Verdicts that change, as of 2026-11-01" in texts
    assert {"1.1: unmet → does not apply"} <= texts
    assert len({text for text in texts if "→" in text}) == len(told["changes"])


def test_a_chart_of_another_sort_is_refused(run: Run, policies: Path, new: Path) -> None:
    result = run("impact", policies, new, "none.csv", "--chart", "chart.gif")
    assert result.exit_code == 2
    assert "a name that ends in .svg or .png" in result.output


def test_what_policies_and_files_say_stays_text(run: Run, policies: Path, tmp_path: Path) -> None:
    article = HOSTILE["article"].replace("formal_members is at least 3", "formal_members is at least 10")
    new = sample.policies(
        tmp_path / "<b>new<", article.replace("An organization with three", "An <i>organization</i> with three")
    )
    (new / "vocabulary.policy").write_text(HOSTILE["vocabulary"], encoding="utf-8")
    page = page_of(run, policies, new)
    check(page)
    assert len(page.all("script")) == 1
    assert page.all("i") == page.all("img") == []
    assert "<b>new<" in page.one("dl").text
    assert "An <i>organization</i> with three" in page.one("section", id="sentences").text


def test_where_there_is_no_subject_stands_a_dash_and_values_of_decisions_stay_words() -> None:
    assert [told(each) for each in (None, "met", "not_applicable", "local_body")] == [
        "–",
        "met",
        "does not apply",
        "local body",
    ]
    assert tables.verdict(None).html == '<span class="quiet">–</span>'
    assert tables.verdict("local_body").html == "local body"
    assert tables.style(None) == tables.style("local_body") == "option"
