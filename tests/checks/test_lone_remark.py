"""The check `lone-remark`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told

TENSION = """
note 8.1 aim
  | One.

note 8.2 aim
  | Two.

{} both on {} "Both"
  "They touch."
  treatment
    "Both stand."
"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(TENSION.format("tension", "8.1"), ["both"], id="a tension"),
        pytest.param(TENSION.format("overlap", "8.2"), ["both"], id="an overlap"),
        pytest.param(TENSION.format("fallback", "8.1, 8.1"), ["both"], id="twice the same"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("lone-remark", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TENSION.format("tension", "8.1, 8.2"), id="two"),
        pytest.param(TENSION.format("gap", "8.1"), id="a gap"),
        pytest.param(
            norm()
            + "\nnorm 8.1/2 about organization\n  the organization must\n    known\n\n"
            + TENSION.split("\n\n")[-1].format("tension", "8.1, 8.1/2"),
            id="two norms of one sentence",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("lone-remark", text) == []
