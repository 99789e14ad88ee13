"""The overview of a population as text, JSON, charts and a page: the same numbers in each, and nothing but text from files."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare
from tests.apps.parsed import Element, parsed
from tests.apps.test_chart import texts_of
from tests.apps.test_html import check, loads_nothing

SCRIPT = "</script><script>alert('x')</script>"
HOSTILE = {
    "vocabulary": sample.VOCABULARY.replace('"formal members"', '"<img src=x onerror=alert(1)> \u202e"').replace(
        '"A sample"', '"</title><script>alert(2)</script> A sample"'
    ),
    "article": sample.ARTICLE.replace("An organization should be sound.", "An <b>organization</b> should be sound."),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return sample.tables(tmp_path)


def arguments(table: Path, policies: Path) -> tuple[object, ...]:
    reports = f"organization.reports={table.parent / 'organization.reports.csv'}"
    return ("evaluate", table, "--table", reports, "--policies", policies, "--as-of", "2026-11-01")


def page_of(run: Run, table: Path, policies: Path, *options: object) -> Element:
    result = run(*arguments(table, policies), "--html", "-", *options)
    assert result.exit_code in (0, 1), result.output
    return parsed(result.stdout_bytes.decode())


def embedded(page: Element) -> Any:
    return json.loads(page.one("script", id="overview").text)


# ---- text and JSON --------------------------------------------------------------------------------------------


def test_counts_and_missing_facts_as_text(run: Run, table: Path, policies: Path) -> None:
    result = run(*arguments(table, policies), "--missing")
    assert result.exit_code == 1
    compare("evaluate_tables", result.output)


def test_missing_facts_as_json(run: Run, table: Path, policies: Path) -> None:
    told = json.loads(run(*arguments(table, policies), "--missing", "--format", "json").output)
    assert told["rows"] == {"organization": 4, "organization.reports": 3}
    assert told["left_out"] == 0
    members = [each for each in told["missing"] if each["column"] == "formal_members"]
    assert members == [
        {"table": "organization", "column": "formal_members", "statement": name, "place": "", "count": 1}
        for name in ("1.1", "1.5")
    ]
    assert "missing" not in json.loads(run(*arguments(table, policies), "--format", "json").output)


def test_many_missing_facts_are_cut_off_and_none_is_told(
    run: Run, table: Path, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopb_rules.apps.text import counts

    monkeypatch.setattr(counts, "_MOST", 3)
    told = run(*arguments(table, policies), "--missing").output
    assert told.endswith(" more facts: --format json tells all\n")
    table.write_text("id,formal_members,branch.exists\na,2,no\n")
    told = run("evaluate", table, "--policies", policies, "--only", "1.1", "--missing").output
    assert told.endswith("unknown facts on which verdicts hinge\nnone\n")


def test_the_exit_status_tells_of_breaches_and_not_of_shortfalls(run: Run, table: Path, policies: Path) -> None:
    status = {only: run(*arguments(table, policies), "--only", only).exit_code for only in ("1.1", "1.2", "1.3", "1.4")}
    assert status == {"1.1": 1, "1.2": 0, "1.3": 1, "1.4": 1}  # unmet must, unmet should, exceeded, unmet must not


# ---- charts ---------------------------------------------------------------------------------------------------


def test_charts_show_the_numbers(run: Run, table: Path, policies: Path) -> None:
    heat, missing = table.parent / "heat.svg", table.parent / "missing.svg"
    result = run(*arguments(table, policies), "--chart", heat, "--missing-chart", missing)
    assert "unknown facts" not in result.output  # which is printed for --missing only
    assert {"Verdicts by norm, as of 2026-11-01", "1.1 organization", "exceeded"} <= texts_of(heat)
    assert "leading_body" not in texts_of(heat)
    assert "organization.formal_members" in texts_of(missing)


@pytest.mark.parametrize("option", ["--chart", "--missing-chart"])
def test_a_chart_of_another_sort_is_refused_before_anything_is_read(run: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "wrong.csv").write_text("no,table\n")
    result = run("evaluate", tmp_path / "wrong.csv", option, tmp_path / "chart.pdf")
    assert result.exit_code == 2
    assert "a name that ends in .svg or .png" in result.output


def test_a_chart_of_missing_facts_alone(run: Run, table: Path, policies: Path) -> None:
    assert run(*arguments(table, policies), "--missing-chart", table.parent / "missing.png").exit_code == 1
    assert (table.parent / "missing.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("option", ["--chart", "--missing-chart"])
def test_charts_are_about_tables(run: Run, breach: Path, policies: Path, option: str) -> None:
    result = run("evaluate", breach, "--policies", policies, option, breach.parent / "chart.svg")
    assert result.exit_code == 2
    assert "are about tables" in result.output


# ---- the page -------------------------------------------------------------------------------------------------


def test_the_page_as_people_read_it(run: Run, table: Path, policies: Path) -> None:
    page = page_of(run, table, policies)
    compare("population_page", as_read(page).replace(f"{table.parent}/", ""))


def as_read(page: Element) -> str:
    """What stands on a page, a line for each heading, paragraph, item and row."""
    lines = []
    for each in (*page.one("header").all(), *page.one("main").all()):
        if each.name in ("h1", "h2", "h3", "h4", "p", "li"):
            lines.append(each.text)
        elif each.name == "tr" or (each.all("dt") and each.name == "div"):
            lines.append(" | ".join(cell.text for cell in each.children if isinstance(cell, Element)))
    return "".join(f"{' '.join(line.split())}\n" for line in lines if line.strip())


@pytest.mark.parametrize("only", [(), ("--only", "1.1"), ("--only", "leading_body"), ("--only", "1.4")])
def test_the_page_is_well_formed_and_loads_nothing(run: Run, table: Path, policies: Path, only: tuple[str]) -> None:
    page = page_of(run, table, policies, *only)
    check(page)
    loads_nothing(page)
    assert [each.attributes["type"] for each in page.all("script")] == ["application/json"]
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    if only:
        assert only[1] in page.one("header").text


def test_the_page_has_the_numbers_of_the_counts(run: Run, table: Path, policies: Path) -> None:
    page = page_of(run, table, policies)
    told = json.loads(run(*arguments(table, policies), "--missing", "--format", "json").output)
    assert embedded(page) == {key: told[key] for key in embedded(page)}
    counts = {(each["statement"], each["outcome"]): each["count"] for each in told["counts"]}
    rows = {row.one("th").text: row for row in page.one("table", class_="heat").all("tr") if row.all("a")}
    words = {"does not apply": "not_applicable"}
    for norm in ("1.1", "1.2", "1.3", "1.4", "1.5"):
        shown = {each.attributes["data-label"]: each.text for each in rows[norm].all("td", class_="n") if each.text}
        found = {words.get(word, word): int(number) for word, number in shown.items()}
        assert found == {word: count for (name, word), count in counts.items() if name == norm}
    shades = {each.text: each.attributes["class"] for each in rows["1.5"].all("td", class_="n")}
    assert shades == {"2": "n bad s5", "1": "n good s3", "0": "n zero", "": "n zero"}
    bars = page.one("section", id="missing-facts").all("rect")
    assert len(bars) == len({(each["table"], each["column"]) for each in told["missing"]})
    assert bars[0].attributes["width"] == "100.00"


def test_the_same_population_gives_the_same_page(run: Run, table: Path, policies: Path) -> None:
    pages = [run(*arguments(table, policies), "--html", "-").stdout_bytes for _ in range(2)]
    assert pages[0] == pages[1]


def test_the_page_is_written_as_a_whole_or_not_at_all(run: Run, table: Path, policies: Path) -> None:
    out = table.parent / "out"
    out.mkdir()
    result = run(*arguments(table, policies), "--html", out / "page.html")
    assert "met or" in result.output
    assert [each.name for each in out.iterdir()] == ["page.html"]
    before = (out / "page.html").read_bytes()
    assert (
        run("evaluate", table, "--policies", policies, "--only", "nothing", "--html", out / "page.html").exit_code == 2
    )
    assert (out / "page.html").read_bytes() == before
    (out / "page.html.part").mkdir()
    assert run(*arguments(table, policies), "--html", out / "page.html").exit_code == 2
    assert (out / "page.html").read_bytes() == before


def test_a_page_can_go_into_a_pipe(run: Run, table: Path, policies: Path) -> None:
    pipe = table.parent / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as other:
        read = other.submit(pipe.read_text, "utf-8")
        assert run(*arguments(table, policies), "--html", pipe).exit_code == 1
        assert read.result(60).startswith("<!DOCTYPE html>")
    assert pipe.is_fifo()


def test_rows_that_were_left_out_are_shown(run: Run, table: Path, policies: Path) -> None:
    with table.open("a") as rows:
        rows.write(f'"{SCRIPT}",,,many,,,,\nempty,,,-1,,,,\n')
    page = page_of(run, table, policies, "--bad-rows", "skip")
    section = page.one("section", id="rows-left-out")
    assert section.one("p").text.strip() == "2 rows left out for 2 mistakes:"
    assert [[each.text for each in row.children if isinstance(each, Element)][:5] for row in section.all("tr")[1:]] == [
        ["5", "organization", SCRIPT, "formal_members", "many"],
        ["6", "organization", "empty", "formal_members", "-1"],
    ]
    assert "Rows left out 2" in " ".join(page.one("dl").text.split())
    assert len(page.all("script")) == 1


def test_many_wrong_rows_are_cut_off(run: Run, table: Path, policies: Path) -> None:
    with table.open("a") as rows:
        rows.writelines(f"wrong-{number},,,many,,,,\n" for number in range(60))
    section = page_of(run, table, policies, "--bad-rows", "skip").one("section", id="rows-left-out")
    assert section.one("p").text.strip() == "60 rows left out for 60 mistakes, of which the first 50:"
    assert len(section.all("tr")) == 51


def test_what_policies_and_files_say_stays_text(run: Run, table: Path, tmp_path: Path) -> None:
    folder = sample.policies(tmp_path / "policies", HOSTILE["article"])
    (folder / "vocabulary.policy").write_text(HOSTILE["vocabulary"], encoding="utf-8")
    named = table.rename(tmp_path / "<script>alert(3)<.csv")
    page = page_of(run, named, folder)
    check(page)
    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert not [each for each in page.all("b") if each.text == "organization"]
    assert "<img src=x onerror=alert(1)> <U+202E>" in page.one("section", id="missing-facts").text
    assert "<script>alert(3)<.csv" in page.one("dl").text
    assert page.one("h1").text.strip() == "</title><script>alert(2)</script> A sample"


def test_measures_are_named(run: Run, tmp_path: Path) -> None:
    measures = Path(__file__).parents[2] / "examples" / "measures" / "riverside"
    (tmp_path / "organization.csv").write_text("id,formal_members\na,3\n")
    result = run("evaluate", tmp_path / "organization.csv", "--policies", measures, "--html", "-")
    page = parsed(result.stdout_bytes.decode())
    check(page)
    assert "Measures" in page.one("dl").text


def test_nothing_missing_and_no_norm(run: Run, tmp_path: Path, policies: Path) -> None:
    (tmp_path / "organization.csv").write_text("id,level,national_body\na,county,no\n")
    page = page_of(run, sample.tables(tmp_path), policies, "--only", "leading_body")
    assert page.one("section", id="norms").one("p").text.strip() == "No norm was evaluated."
    (tmp_path / "organization.csv").write_text("id,level,national_body\na,county,no\n")
    result = run(
        "evaluate", tmp_path / "organization.csv", "--policies", policies, "--only", "leading_body", "--html", "-"
    )
    section = parsed(result.stdout_bytes.decode()).one("section", id="missing-facts")
    assert section.one("p").text.strip() == "No verdict hinges on an unknown fact."
