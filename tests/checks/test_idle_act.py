"""The check `idle-act`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            HOUSES.replace("when number", "when fine and number").replace(
                'good   yes/no  "good"', 'good   yes/no  "good"\n  fine   yes/no  act'
            ),
            ["fine"],
            id="only in `when`",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("idle-act", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="asked for"),
        pytest.param(
            HOUSES.replace('yes/no  "good"', 'yes/no  "good"  act').replace("        good", "        fine")
            + "define fine about house\n  means good\n",
            id="through a definition",
        ),
        pytest.param(HOUSES.replace("  good ", "  fine  yes/no  act\n  good "), id="not read at all is another check"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("idle-act", "", text) == []
