"""The check `unused-fact`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(HOUSES.replace("  clean ", '  high   yes/no  "high"\n  clean '), ["high"], id="a fact"),
        pytest.param(
            HOUSES.replace("  good ", "  color2  color\n  good "), ["color2"], id="a fact called like its type"
        ),
        pytest.param(
            HOUSES.replace("  good ", "  seller  reference to owner\n  good "),
            ["seller"],
            id="a reference that nothing goes through",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-fact", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="all are read"),
        pytest.param(
            HOUSES.replace("entity owner", "entity dog\n  barks  yes/no\n\nentity owner"),
            id="of an entity that nobody speaks of",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-fact", "", text) == []
