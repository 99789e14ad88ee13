"""The check `unused-role`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(HOUSES.replace("role board", "role council\n\nrole board"), ["council"], id="a role"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-role", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="bearers"),
        pytest.param(
            HOUSES.replace("role board", "role council\n\nrole board").replace(
                "  good ", "  sound  judgement by council\n  good "
            ),
            id="assessors",
        ),
        pytest.param(
            HOUSES.replace(
                "role board", 'parameter enough count "how many"\n  judged by council\n\nrole council\n\nrole board'
            ),
            id="of a parameter",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-role", "", text) == []
