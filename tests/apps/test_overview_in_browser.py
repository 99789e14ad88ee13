"""The pages of populations and of impacts in a real Chromium: on every screen, on paper, without a script or a network."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sopb_rules.apps.cli import sopb
from tests.apps import sample
from tests.apps.browser import axe, chromium, requested
from tests.apps.test_html_in_browser import background, find, resize, visible
from tests.apps.test_impact_page import NEW

DAY = ("--as-of", "2026-11-01")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of a population with a row that is wrong, and that of an impact on it."""
    folder = tmp_path_factory.mktemp("pages")
    old, new = sample.policies(folder / "old"), sample.policies(folder / "new", NEW)
    table = sample.tables(folder)
    with table.open("a") as rows:
        rows.write('"</script><img src=x onerror=alert(1)>",,,many,,,,\n')
    reports = f"organization.reports={folder / 'organization.reports.csv'}"
    common = [str(table), "--table", reports, "--bad-rows", "skip", *DAY]
    for name, arguments in (
        ("overview", ["evaluate", "--policies", str(old)]),
        ("impact", ["impact", str(old), str(new), "--by", "level"]),
    ):
        result = CliRunner().invoke(sopb, [*arguments, *common, "--html", str(folder / f"{name}.html")])
        assert result.exit_code == 1, result.output
    return {name: folder / f"{name}.html" for name in ("overview", "impact")}


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=["overview", "impact"])
def browser(started: Any, pages: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Any]:
    """The browser with a page; no test may leave an error in its console, or ask for anything else."""
    started.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    started.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    resize(started, 1280, 900)
    started.get("about:blank")
    requested(started)
    started.get_log("browser")
    started.get(pages[request.param].as_uri())
    yield started
    assert [url for url in requested(started) if not url.startswith(("file:", "data:", "about:"))] == []
    assert started.get_log("browser") == []


def opened(browser: Any) -> None:
    browser.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")


@pytest.mark.parametrize("width", [320, 480, 768, 1280])
def test_no_width_needs_scrolling_sideways(browser: Any, width: int) -> None:
    resize(browser, width, 800)
    opened(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_links_lead_to_what_is_there(browser: Any) -> None:
    for each in browser.find_elements("css selector", "nav a, .standing a"):
        target = find(browser, f"[id='{each.get_attribute('href').rpartition('#')[2]}']")
        assert target.is_displayed()


def test_a_larger_share_has_a_stronger_colour_and_bars_are_drawn(browser: Any) -> None:
    cells = browser.find_elements("css selector", ".heat td.bad")
    colours = {each.text: each.value_of_css_property("background-color") for each in cells}
    if cells:  # the impact has bars alone
        assert len(set(colours.values())) == len(colours) > 1
    bars = browser.find_elements("css selector", "td.bars")
    assert bars
    for each in bars:
        assert (find(each, "rect").rect["width"] > 0) == (each.text != "0")


def test_the_page_is_dark_where_the_reader_likes_it(browser: Any) -> None:
    light = background(browser)
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    assert background(browser) != light == "rgb(255, 255, 255)"


def test_on_paper_there_are_all_numbers_and_no_controls(browser: Any, tmp_path: Path) -> None:
    numbers = [each.text for each in browser.find_elements("css selector", "td.n") if each.text]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert visible(browser, "nav, .skip, footer") == []
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    file = tmp_path / "page.pdf"
    file.write_bytes(base64.b64decode(printed["data"]))
    assert file.read_bytes().startswith(b"%PDF")
    pdftotext = shutil.which("pdftotext")
    if pdftotext is not None:
        told = subprocess.run([pdftotext, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        assert all(told.split().count(number) >= numbers.count(number) for number in numbers)


def test_what_files_say_does_nothing(browser: Any) -> None:
    assert browser.execute_script("return [document.scripts.length, document.images.length]") == [1, 0]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_axe_finds_nothing(browser: Any, scheme: str, width: int) -> None:
    resize(browser, width, 800)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    opened(browser)
    browser.execute_script(axe())
    found = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
    )
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert found["passes"]
