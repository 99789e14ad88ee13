"""The check `never-true`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("when members is fewer than 0", "reported_on exists"),
            ["members is fewer than 0"],
            id="a count below 0",
        ),
        pytest.param(
            norm("when level is below township", "reported_on exists"),
            ["level is below township"],
            id="below the lowest level",
        ),
        pytest.param(
            norm("when level is above municipal", "reported_on exists"),
            ["level is above municipal"],
            id="above the highest level",
        ),
        pytest.param(
            norm("when color is red and color is blue", "reported_on exists"),
            ["color is red and color is blue"],
            id="two values at once",
        ),
        pytest.param(
            norm("when color is red and approved and color is blue", "reported_on exists"),
            ["color is red and approved and color is blue"],
            id="two values at once with something between",
        ),
        pytest.param(
            norm("when members is more than 3 and members is fewer than 4", "reported_on exists"),
            ["members is more than 3 and members is fewer than 4"],
            id="an empty stretch",
        ),
        pytest.param(
            norm("when registered_on is after 2026-01-01 and registered_on is before 2026-01-02", "reported_on exists"),
            ["registered_on is after 2026-01-01 and registered_on is before 2026-01-02"],
            id="an empty stretch of dates",
        ),
        pytest.param(
            norm("when spending is not spending", "reported_on exists"), ["spending is not spending"], id="not itself"
        ),
        pytest.param(
            norm("when color is not red and color is not blue and color is not green", "reported_on exists"),
            ["color is not red and color is not blue and color is not green"],
            id="none of all values",
        ),
        pytest.param(
            norm("when members is 3 and members is 4", "reported_on exists"),
            ["members is 3 and members is 4"],
            id="a count that is below 0",
        ),
        pytest.param(
            norm("when members is at least 3\n  unless members is at least 2"),
            ["members is at least 3 unless members is at least 2"],
            id="when and unless",
        ),
        pytest.param(
            "define odd about organization\n  means level is above municipal\n",
            ["level is above municipal"],
            id="in a definition",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("never-true", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm("when members is more than 3 and members is fewer than 5", "reported_on exists"),
            id="between two borders",
        ),
        pytest.param(
            norm("when income is more than 3 yuan and income is less than 4 yuan", "reported_on exists"),
            id="an amount between",
        ),
        pytest.param(norm("when color is red or color is blue", "reported_on exists"), id="either value"),
        pytest.param(norm("when color is red and level is county", "reported_on exists"), id="two things"),
        pytest.param(norm("when level is at most township", "reported_on exists"), id="the lowest level"),
        pytest.param(
            norm(
                "when any part in parts where (part.x) and any part in parts where (not part.x)", "reported_on exists"
            ),
            id="elements of a list may differ",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("never-true", text) == []
