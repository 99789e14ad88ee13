"""The check `unused-definition`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("define fine about organization\n  means approved\n\n" + norm(), ["fine"], id="nobody asks"),
        pytest.param(
            "define fine about organization\n  means approved\n\ndefine great about organization\n  means fine\n",
            ["great"],
            id="of two",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-definition", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("define fine about organization\n  means approved\n\n" + norm("when fine"), id="a norm asks"),
        pytest.param(
            "define 8.2 fine about organization\n  | Fine are the approved.\n  means approved\n\n" + norm(),
            id="it quotes a sentence",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-definition", text) == []
