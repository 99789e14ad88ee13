"""The page of a report in a real Chromium: what a reader can do with it, also without a mouse, a network or a script."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sopb_rules
from tests.apps.browser import axe, chromium, requested
from tests.apps.test_html import HOSTILE

DATA = Path(__file__).parent / "data"


def write(folder: Path, name: str, *states: object) -> Path:
    from sopb_rules.apps.html.page import html_page
    from sopb_rules.apps.shown import Shown

    policies = sopb_rules.load_policies()
    state = policies.state(*states) if isinstance(states[0], dict) else policies.read_state(*map(str, states))
    file = folder / name
    report = policies.evaluate(state)
    file.write_text(html_page(Shown(policies, report, "as the state says", ("data",))), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("page"), "report.html", DATA)


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(started: Any, page: Path) -> Iterator[Any]:
    """The browser with the page; no test may leave an error in its console, or ask for anything else."""
    started.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    started.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    resize(started, 1280, 900)
    started.get("about:blank")
    requested(started)
    started.get_log("browser")
    started.get(page.as_uri())
    yield started
    assert [url for url in requested(started) if not url.startswith(("file:", "data:", "about:"))] == []
    assert started.get_log("browser") == []


def resize(browser: Any, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def visible(browser: Any, selector: str) -> list[Any]:
    return [each for each in browser.find_elements("css selector", selector) if each.is_displayed()]


def wait(browser: Any, condition: str, *arguments: Any) -> Any:
    """Wait until an expression of JavaScript is true."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 10, 0.05).until(lambda b: b.execute_script(f"return {condition}", *arguments))


def fragment(browser: Any) -> str:
    found: str = browser.execute_script("return location.hash")
    return found


def choose(browser: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(find(browser, f"select[name={name}]")).select_by_value(value)
    wait(browser, "new URLSearchParams(location.hash.slice(1)).get(arguments[0]) === arguments[1]", name, value)


def attributes(browser: Any, name: str) -> set[str]:
    return {each.get_attribute(name) for each in visible(browser, ".finding")}


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


# ---- findings -------------------------------------------------------------------------------------------------


def test_a_finding_opens_and_quotes_its_sentence(browser: Any) -> None:
    finding = find(browser, ".group .finding")
    assert finding.get_attribute("open") is None
    finding.find_element("css selector", "summary").click()
    wait(browser, "arguments[0].querySelector('blockquote') !== null", finding)
    norm = finding.get_attribute("data-norm")
    quoted = find(browser, f"[id='n-{norm}'] blockquote")
    assert finding.find_element("css selector", "blockquote").text == quoted.text != ""
    finding.find_element("css selector", "summary").click()
    finding.find_element("css selector", "summary").click()
    assert len(finding.find_elements("css selector", "blockquote")) == 1


def test_all_are_opened_and_closed(browser: Any) -> None:
    total = len(browser.find_elements("css selector", ".finding"))
    find(browser, "#open-all").click()
    assert len(browser.find_elements("css selector", ".finding[open]")) == total
    find(browser, "#close-all").click()
    assert browser.find_elements("css selector", ".finding[open]") == []


def test_a_link_to_a_finding_opens_it_and_what_it_is_folded_in(browser: Any, page: Path) -> None:
    key = find(browser, "details.group .finding").get_attribute("id")
    browser.get("about:blank")
    browser.get(f"{page.as_uri()}#{key}")
    assert find(browser, f"[id='{key}']").is_displayed()
    assert wait(browser, "document.activeElement.parentElement.id === arguments[0]", key)


# ---- filters --------------------------------------------------------------------------------------------------


def test_filters_show_what_fits_and_tell_how_many(browser: Any) -> None:
    assert find(browser, "#shown").text.endswith("on 3 listed")
    choose(browser, "verdict", "unknown")
    assert attributes(browser, "data-verdict") == {"unknown"}
    choose(browser, "article", "8")
    assert {norm.split(".")[0] for norm in attributes(browser, "data-norm")} == {"8"}
    choose(browser, "entity", "organization[hillside]")
    assert [each.get_attribute("data-entity") for each in visible(browser, ".entity")] == ["organization[hillside]"]
    shown = len(visible(browser, ".finding"))
    assert shown
    assert find(browser, "#shown").text.startswith(f"{shown} of ")
    assert fragment(browser) == "#entity=organization%5Bhillside%5D&article=8&verdict=unknown"
    find(browser, "button[type=reset]").click()
    wait(browser, "location.hash === '#'|| location.hash === ''")
    assert len(visible(browser, ".entity")) == 3
    assert visible(browser, "details.group[open]") == []


def test_filters_by_force_and_bearer(browser: Any) -> None:
    choose(browser, "force", "may")
    choose(browser, "bearer", "organization")
    norms = attributes(browser, "data-norm")
    assert norms
    for norm in norms:
        sentence = find(browser, f"[id='n-{norm.replace('/', '_')}']")
        assert sentence.get_attribute("data-force") == "may"
        assert "organization" in sentence.get_attribute("data-bearer").split()


def test_a_search_finds_words_of_findings_and_of_sentences(browser: Any) -> None:
    find(browser, "input[name=text]").send_keys("Leadership  TRANSITIONS regular")
    wait(browser, "location.hash.includes('text=')")
    assert "8.1" in attributes(browser, "data-norm")
    for each in visible(browser, ".finding"):
        sentence = find(browser, f"[id='n-{each.get_attribute('data-norm').replace('/', '_')}']")
        told = f"{each.get_attribute('textContent')} {sentence.text}".lower()
        assert all(word in told for word in ("leadership", "transitions", "regular"))
    find(browser, "input[name=text]").send_keys(" nothing-says-this")
    wait(browser, "document.getElementById('shown').textContent.startsWith('0 of ')")
    assert visible(browser, ".entity") == []


def test_the_fragment_brings_a_filter_back(browser: Any, page: Path) -> None:
    browser.get("about:blank")
    browser.get(f"{page.as_uri()}#article=8&verdict=unmet&nonsense=1")
    assert attributes(browser, "data-verdict") == {"unmet"}
    assert find(browser, "select[name=article]").get_attribute("value") == "8"
    browser.get(f"{page.as_uri()}#article=99")  # of another report: as if it were not said
    wait(browser, "document.getElementById('shown').textContent.endsWith('on 3 listed')")


def test_the_pictures_lead_to_their_findings(browser: Any) -> None:
    link = find(browser, ".articles a[data-query='article=8&verdict=unmet']")
    number = int(link.text.split()[1])
    link.click()
    wait(browser, "document.activeElement.id === 'findings-heading'")
    assert len(visible(browser, ".finding")) == number
    browser.back()
    wait(browser, "document.getElementById('shown').textContent.endsWith('on 3 listed')")
    find(browser, ".tiles a[data-query='article=8']").click()
    wait(browser, "location.hash.startsWith('#entity=')")
    assert len(visible(browser, ".entity")) == 1
    assert {norm.split(".")[0] for norm in attributes(browser, "data-norm")} == {"8"}


def test_a_link_to_what_is_filtered_out_shows_it(browser: Any) -> None:
    choose(browser, "entity", "organization[hillside]")
    other = next(
        each for each in browser.find_elements("css selector", ".standing th a") if "Hillside" not in each.text
    )
    other.click()
    wait(browser, "document.getElementById('shown').textContent.endsWith('on 3 listed')")


# ---- the keyboard ---------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_everything(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    press(browser, Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "Skip to the report"
    assert skip.rect["x"] >= 0
    press(browser, Keys.ENTER)
    wait(browser, "document.activeElement.id === 'main'")
    find(browser, ".finding summary").send_keys(Keys.ENTER)
    wait(browser, "document.querySelector('.finding').open")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.text.startswith("Sentence ")
    outline = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    press(browser, Keys.ENTER)
    wait(browser, "document.activeElement.matches('.norm h4')")


# ---- screens and paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 480, 768, 1280])
def test_no_width_needs_scrolling_sideways(browser: Any, width: int) -> None:
    resize(browser, width, 800)
    browser.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def background(browser: Any) -> str:
    found: str = browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
    return found


def test_the_page_is_dark_where_the_reader_likes_it(browser: Any) -> None:
    light = background(browser)
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    assert background(browser) != light == "rgb(255, 255, 255)"


def test_on_paper_everything_is_open_and_no_control_is_left(browser: Any, tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert visible(browser, "#filters, nav, .skip, #open-all") == []
    assert not find(browser, ".finding").get_attribute("open")
    closed = browser.find_element("css selector", ".group:not(details) .finding:not([open]) .cite")
    assert closed.rect["height"] > 0
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    file = tmp_path / "report.pdf"
    file.write_bytes(base64.b64decode(printed["data"]))
    assert file.read_bytes().startswith(b"%PDF")
    if pdftotext is not None:
        told = subprocess.run([pdftotext, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        words = " ".join(told.split())
        assert (
            "formal_members is 5, needed at least 3 formal Party members" in words
        )  # inside a finding that was never opened
        assert "Clear filters" not in words
        assert words.count("Could still change it") == len(
            [
                each
                for each in browser.find_elements("css selector", ".part")
                if "change" in each.get_attribute("textContent")
            ]
        )


# ---- without a script, and with a hostile state ---------------------------------------------------------------


def test_without_a_script_all_can_be_read(browser: Any, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get("about:blank")
    browser.get(page.as_uri())
    assert not find(browser, "#filters").is_displayed()
    assert not find(browser, "#open-all").is_displayed()
    assert len(visible(browser, ".entity")) == 3
    finding = find(browser, ".finding")
    finding.find_element("css selector", "summary").click()
    assert finding.find_element("css selector", ".cite a").is_displayed()
    href = find(browser, ".articles a").get_attribute("href")
    assert find(browser, f"[id='{href.rpartition('#')[2]}']").is_displayed()


def test_what_a_state_says_does_nothing(browser: Any, tmp_path: Path) -> None:
    import json

    state = json.loads(HOSTILE)
    for each in state["organization"]:
        for name in ("branch", "sound"):
            each.pop(name, None)
    file = write(tmp_path, "hostile.html", state)
    browser.get(file.as_uri())
    assert browser.execute_script("return [document.scripts.length, document.images.length]") == [2, 0]
    choose(browser, "entity", 'organization[" onmouseover="alert(2)]')
    assert len(visible(browser, ".entity")) == 1


# ---- accessibility --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_axe_finds_nothing(browser: Any, scheme: str, width: int) -> None:
    resize(browser, width, 800)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.execute_script("""for (const group of document.querySelectorAll(".group")) {
        group.open = true;
        group.querySelector(".finding").open = true;
    }""")
    browser.execute_script(axe())
    found = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
    )
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert found["passes"]
