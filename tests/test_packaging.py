"""What pyproject.toml lists by hand agrees with the folders."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

from sopb_rules.version import VERSION

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_folder_of_the_package_is_listed() -> None:
    folders = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in ROOT.glob("sopb_rules/**/__init__.py")}
    listed = PYPROJECT["tool"]["setuptools"]["packages"]
    assert set(listed) == folders | {"sopb_rules.grammar", "sopb_rules.policies"}
    assert listed == sorted(listed)


def test_the_lowest_versions_are_the_bounds() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    named = [
        bound
        for name in ("testing", "analysis", "population", "sql", "spark", "chart", "test")
        for bound in extras[name]
    ]
    bounds = [*PYPROJECT["project"]["dependencies"], *named]
    lines = (ROOT / ".ci" / "lowest.txt").read_text("utf-8").splitlines()
    lowest = {line for line in lines if line and not line.startswith("#")}
    assert lowest == {bound.replace(">=", "==") for bound in bounds if not bound.startswith("sopb-rules")}


def test_what_is_installed_says_the_version_that_reports_say() -> None:
    assert version("sopb-rules") == VERSION
