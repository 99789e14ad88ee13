"""The check `unused-parameter`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("parameter enough count is 3\n\n" + norm(), ["enough"], id="nothing is compared"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-parameter", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("parameter enough count is 3\n\n" + norm("when members is at least enough"), id="compared"),
        pytest.param(
            "parameter soon period in days is 3 days\n\n" + norm("when today is after registered_on plus soon"),
            id="as a period",
        ),
        pytest.param(
            "parameter enough count is 3\n\ndefine fine about organization\n  means members is at least enough\n",
            id="in a definition",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-parameter", text) == []
