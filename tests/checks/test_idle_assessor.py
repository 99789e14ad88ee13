"""The check `idle-assessor`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("parameter enough count is 3\n  judged by higher_level\n", ["enough"], id="a value for good"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("idle-assessor", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("parameter enough count\n  judged by higher_level\n", id="open"),
        pytest.param("parameter enough count\n  from 2026-01-01 is 3\n  judged by higher_level\n", id="from a day on"),
        pytest.param("parameter enough count is 3\n", id="nobody judges"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("idle-assessor", text) == []
