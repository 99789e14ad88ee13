"""The check `listed-values`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("when level is county or level is municipal", "reported_on exists"),
            ["level is county or level is municipal"],
            id="two values",
        ),
        pytest.param(
            norm("when color is red or known or color is blue", "reported_on exists"),
            ["color is red or known or color is blue"],
            id="among others",
        ),
        pytest.param(
            norm("when color is one of red", "reported_on exists"), ["color is one of red"], id="one value alone"
        ),
        pytest.param(
            norm("when color is one of red, blue, red", "reported_on exists"),
            ["color is one of red, blue, red"],
            id="a value twice",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("listed-values", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("when color is one of red, blue", "reported_on exists"), id="one of"),
        pytest.param(norm("when color is red or level is county", "reported_on exists"), id="two things"),
        pytest.param(norm("when members is 3 or members is 5", "reported_on exists"), id="numbers"),
        pytest.param(norm("when color is not red or color is not blue", "reported_on exists"), id="is not"),
        pytest.param(norm("when color is red or known", "reported_on exists"), id="one value"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("listed-values", text) == []
