"""The check `unused-entity`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            HOUSES.replace("entity owner", 'entity dog "dog"\n  barks  yes/no\n\nentity owner'), ["dog"], id="an entity"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-entity", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="all"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-entity", "", text) == []
