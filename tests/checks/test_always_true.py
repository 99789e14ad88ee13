"""The check `always-true`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("when members is at least 0", "reported_on exists"), ["members is at least 0"], id="a count from 0"
        ),
        pytest.param(
            norm("when 0 is at most members", "reported_on exists"), ["0 is at most members"], id="the constant first"
        ),
        pytest.param(
            norm("when level is at least township", "reported_on exists"),
            ["level is at least township"],
            id="the lowest level",
        ),
        pytest.param(
            norm("when level is at most municipal", "reported_on exists"),
            ["level is at most municipal"],
            id="the highest level",
        ),
        pytest.param(
            norm("when color is one of red, blue, green", "reported_on exists"),
            ["color is one of red, blue, green"],
            id="all values of a kind",
        ),
        pytest.param(
            norm("when color is not red or color is not blue", "reported_on exists"),
            ["color is not red or color is not blue"],
            id="two of which one is always so",
        ),
        pytest.param(
            norm("when members is at least 3 or members is fewer than 3", "reported_on exists"),
            ["members is at least 3 or members is fewer than 3"],
            id="both sides of a border",
        ),
        pytest.param(
            norm("when level is township or level is above township", "reported_on exists"),
            ["level is township or level is above township"],
            id="all values by `or`",
        ),
        pytest.param(
            norm("when spending is at least spending", "reported_on exists"),
            ["spending is at least spending"],
            id="the same on both sides",
        ),
        pytest.param(
            norm(
                "when any part in parts where (part.x or number of organization.parts is at least 0)",
                "reported_on exists",
            ),
            ["number of organization.parts is at least 0"],
            id="inside a list",
        ),
        pytest.param(
            norm("when number of parts is at least 0", "reported_on exists"),
            ["number of parts is at least 0"],
            id="a number of list elements",
        ),
        pytest.param(norm("", "members is at least 0"), ["members is at least 0"], id="in a clause"),
        pytest.param(
            norm("when term is at least 0 months", "reported_on exists"), ["term is at least 0 months"], id="a period"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("always-true", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("when members is at least 1", "reported_on exists"), id="a count from 1"),
        pytest.param(norm("when level is at least county", "reported_on exists"), id="the level above"),
        pytest.param(norm("when color is one of red, blue", "reported_on exists"), id="two of three values"),
        pytest.param(norm("when income is at least 0 yuan", "reported_on exists"), id="money may be below 0"),
        pytest.param(norm("when share is at least 0%", "reported_on exists"), id="a percentage may be below 0"),
        pytest.param(
            norm("when members is at least 5 or members is fewer than 3", "reported_on exists"),
            id="a gap between the borders",
        ),
        pytest.param(
            norm("when members is at least 3 or number of parts is fewer than 3", "reported_on exists"), id="two things"
        ),
        pytest.param(norm("when members is fewer than 0", "reported_on exists"), id="never true is another check"),
        pytest.param(
            "parameter enough count\n  judged by higher_level\n\n" + norm("when enough is at least 0"),
            id="an open parameter may be judged",
        ),
        pytest.param(norm("when registered_on is on or after 2000-01-01", "reported_on exists"), id="a date"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("always-true", text) == []
