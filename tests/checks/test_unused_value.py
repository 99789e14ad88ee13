"""The check `unused-value`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(HOUSES, ["blue"], id="a value"),
        pytest.param(
            HOUSES.replace("kind color", "ordered kind color from low to high"),
            ["blue"],
            id="of a scale that is not compared by order",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-value", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES.replace("red, blue", "red"), id="in a case"),
        pytest.param(
            HOUSES + '  example "blue"\n    given color is blue\n    then 8.2 is unknown\n', id="in an example"
        ),
        pytest.param(
            HOUSES
            + 'norm 8.3 about owner\n  | It must be so.\n  the owner must\n    number of houses is at least 1\n\n  example "blue"\n    given houses are (color is blue)\n    then 8.3 is met\n',
            id="in the list of an example",
        ),
        pytest.param(
            HOUSES.replace("kind color", "ordered kind color from low to high").replace(
                "color is red", "color is at least red"
            ),
            id="compared by order",
        ),
        pytest.param(
            HOUSES.replace("red, blue", "red").replace("entity house", "kind size\n  big, small\n\nentity house"),
            id="of an unused kind is another check",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-value", "", text) == []
