"""The check `shadowed-case`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved and known\n    | Sentence 1.\n  case 8.2 gives blue when known, overriding 8.1\n    | Sentence 2.\n",
            ["case 8.1 gives red when approved and known"],
            id="a wider one",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is at least 50\n    | Sentence 1.\n  case 8.2 gives blue when members is at least 3, overriding 8.1\n    | Sentence 2.\n",
            ["case 8.1 gives red when members is at least 50"],
            id="a wider stretch",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when level is municipal\n    | Sentence 1.\n  case 8.2 gives blue when level is at least county, overriding 8.1\n    | Sentence 2.\n",
            ["case 8.1 gives red when level is municipal"],
            id="a value within",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("shadowed-case", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is at least 3\n    | Sentence 1.\n  case 8.2 gives blue when members is at least 50, overriding 8.1\n    | Sentence 2.\n",
            id="a narrower one",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when approved\n    | Sentence 2.\n",
            id="not overridden",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when known, overriding 8.1\n    | Sentence 2.\n",
            id="another condition",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when approved and known, overriding 8.1\n    | Sentence 2.\n",
            id="either of two",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("shadowed-case", text) == []
