"""The check `foreign-name`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(HOUSES.replace('"the board"', '"the council"'), ["board"], id="a role"),
        pytest.param(HOUSES.replace('entity room "room"', 'entity room "chamber"'), ["room"], id="an entity"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("foreign-name", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOUSES, id="all are named"),
        pytest.param(HOUSES.replace('"the board"', '"boards"'), id="in the plural"),
        pytest.param(
            HOUSES.replace('"Houses"', '"Councils"').replace('"the board"', '"the council"'),
            id="in the title of an article",
        ),
        pytest.param(
            HOUSES.replace('"the board"', '"the board of trustees"'), id="of a longer label one word is enough"
        ),
        pytest.param("vocabulary sample\n\nrole board\n", id="no sentences"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("foreign-name", "", text) == []
