"""A policy set, and a receipt of an evaluation by it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from sopb_rules import PolicySet, load_policies
from tests.apps import sample

DAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    return load_policies(sample.policies(tmp_path_factory.mktemp("policies")))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return sample.state(tmp_path, sample.BREACH + sample.COMPLIANT.partition("organization:\n")[2])


@pytest.fixture
def receipt(policies: PolicySet, state: Path) -> dict[str, Any]:
    """A report as plain data, as it is saved."""
    return policies.evaluate(policies.read_state(state), DAY).as_dict()
