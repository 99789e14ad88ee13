"""The check `colliding-cases`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when approved\n    | Sentence 2.\n",
            ["case 8.2 gives blue when approved"],
            id="equal conditions",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is at least 3\n    | Sentence 1.\n  case 8.2 gives blue when members is at least 50\n    | Sentence 2.\n",
            ["case 8.2 gives blue when members is at least 50"],
            id="a narrower one",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved and known\n    | Sentence 1.\n  case 8.2 gives blue when known\n    | Sentence 2.\n",
            ["case 8.1 gives red when approved and known"],
            id="the narrower one first",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("colliding-cases", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is at least 3\n    | Sentence 1.\n  case 8.2 gives blue when members is at least 50, overriding 8.1\n    | Sentence 2.\n",
            id="overridden",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is at least 3\n    | Sentence 1.\n  case 8.2 gives red when members is at least 50\n    | Sentence 2.\n",
            id="one value",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when members is fewer than 3\n    | Sentence 1.\n  case 8.2 gives blue when members is at least 50\n    | Sentence 2.\n",
            id="apart",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when known\n    | Sentence 2.\n",
            id="now and then",
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n  case 8.2 gives blue when approved\n    | Sentence 2.\n  case 8.3 gives green when known, overriding 8.1\n    | Sentence 3.\n",
            id="a third one outranks one of them",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("colliding-cases", text) == []
