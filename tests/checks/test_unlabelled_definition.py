"""The check `unlabelled-definition`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("define fine about organization\n  means approved\n", ["fine"], id="none"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unlabelled-definition", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('define fine "fine" about organization\n  means approved\n', id="a label"),
        pytest.param(
            'define fine\n    "fine" about organization\n  means approved\n', id="a label on a line of its own"
        ),
        pytest.param(
            "define 8.1 fine about organization\n  | Fine are the approved.\n  means approved\n", id="a sentence"
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unlabelled-definition", text) == []
