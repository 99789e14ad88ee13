"""The check `unused-kind`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            HOUSES.replace("entity house", "kind size\n  big, small\n\nentity house"), ["size"], id="nothing is of it"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-kind", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="a fact is"),
        pytest.param(
            HOUSES.replace(
                "entity house",
                'kind size\n  big, small\n\nparameter usual size "the usual size" is big\n\nentity house',
            ),
            id="a parameter is",
        ),
        pytest.param(
            HOUSES
            + "decision 8 side about house gives side\n  case 8.3 gives left when good\n    | A good house is on the left.\n".replace(
                "side\n", "side\n", 1
            )
            if False
            else HOUSES.replace("entity house", "kind side\n  left, right\n\nentity house")
            + "decision 8 side about house gives side\n  case 8.3 gives left when good\n    | A good house is on the left.\n",
            id="a decision is",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-kind", "", text) == []
