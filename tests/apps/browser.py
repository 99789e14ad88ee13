"""A real Chromium for the tests of pages: without a network, and with a record of what it asked for.

Where there is no Chromium, the tests are skipped; with `SOPB_BROWSER_TESTS=1`, as .ci/run sets it, they fail instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: The checker of accessibility, and where its files are kept.
AXE = "axe-core@4.11.1"
CACHE = Path(__file__).parents[2] / ".cache"
DEMANDED = os.environ.get("SOPB_BROWSER_TESTS") == "1"


def lacking(what: str) -> None:
    """Skip the test, or let it fail where it is demanded."""
    (pytest.fail if DEMANDED else pytest.skip)(what)


def binary(*names: str) -> str:
    """The first of these programs that is on the machine."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        lacking(f"no {names[0]} on this machine: apt-get install chromium chromium-driver")
    assert found is not None
    return found


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser whose every request to a network fails."""
    chrome, driver = binary("chromium", "chromium-browser", "google-chrome"), binary("chromedriver")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chrome
    for each in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9",
    ):  # fmt: skip
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    # The driver is spoken to on this machine, whatever proxy the machine is set to.
    proxies = {name: os.environ.pop(name) for name in list(os.environ) if name.lower().endswith("_proxy")}
    try:
        browser = webdriver.Chrome(options=options, service=service)
        try:
            browser.set_script_timeout(120)
            yield browser
        finally:
            browser.quit()
    finally:
        os.environ.update(proxies)


def requested(browser: Any) -> list[str]:
    """The addresses that the browser asked for since it was asked last."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]


def axe() -> str:
    """The script of axe-core, fetched with npm once."""
    file = CACHE / AXE.replace("@", "-") / "axe.min.js"
    if not file.exists():
        npm = shutil.which("npm")
        if npm is None:
            lacking("no npm on this machine, to fetch axe-core")
        CACHE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            command = [str(npm), "pack", "--silent", AXE]
            packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
            if packed.returncode:
                lacking(f"npm could not fetch {AXE}: {packed.stderr[-500:]}")
            shutil.unpack_archive(Path(folder) / packed.stdout.split()[-1], folder, filter="data")
            file.parent.mkdir(exist_ok=True)
            (Path(folder) / "package" / "axe.min.js").replace(file)
    return file.read_text("utf-8")
