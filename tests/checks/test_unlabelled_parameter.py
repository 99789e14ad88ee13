"""The check `unlabelled-parameter`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("parameter enough count is 3\n", ["enough"], id="none"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unlabelled-parameter", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('parameter enough count "how many are enough" is 3\n', id="a label"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unlabelled-parameter", text) == []
