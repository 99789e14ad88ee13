"""The check `binding-note`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("note 8.1 aim\n  | It must be so.\n", ["note 8.1 aim"], id="must"),
        pytest.param("note 8.1 aim\n  | It can be so.\n", ["note 8.1 aim"], id="can"),
        pytest.param("note 8.1 aim\n  | It is encouraged.\n", ["note 8.1 aim"], id="encouraged"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("binding-note", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("note 8.1 aim\n  | It will be so.\n", id="will tells what is to come"),
        pytest.param("note 8.1 aim\n  | It is so.\n", id="no word of force"),
        pytest.param(norm(), id="a norm"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("binding-note", text) == []
