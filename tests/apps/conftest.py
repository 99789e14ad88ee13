"""Running the command inside the process, as if in a pipe 80 columns wide, and in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopb_rules.apps.cli import sopb
from tests.apps import sample

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No colour, 80 columns and a cache of its own, whatever the machine is set to."""
    for name in ("FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "SOPB_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def run() -> Run:
    """Run `sopb` with arguments."""

    def run(*arguments: object, input: str | bytes | None = None, **environment: str) -> Result:
        return CliRunner().invoke(sopb, list(map(str, arguments)), input=input, env=environment, prog_name="sopb")

    return run


@pytest.fixture
def process() -> Process:
    """Run `python -m sopb_rules` with arguments, its output into pipes."""

    def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "sopb_rules", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **environment}, check=False)

    return process


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """The folder of the sample policy set."""
    return sample.policies(tmp_path / "policies")


@pytest.fixture
def breach(tmp_path: Path) -> Path:
    """A state with breaches."""
    return sample.state(tmp_path, sample.BREACH, "breach.yaml")


@pytest.fixture
def compliant(tmp_path: Path) -> Path:
    """A state without."""
    return sample.state(tmp_path, sample.COMPLIANT, "compliant.yaml")
