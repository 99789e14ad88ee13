"""The check `no-example`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm(), ["norm 8.1 about organization"], id="a norm"),
        pytest.param(
            "define fine about organization\n  means approved\n", ["define fine about organization"], id="a definition"
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Sentence 1.\n",
            ["decision 8 shade about organization gives color"],
            id="a decision",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("no-example", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm() + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n', id="a norm with one"
        ),
        pytest.param(
            "define fine about organization\n  means approved\n\n"
            + norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met and fine is yes\n',
            id="tried by another statement",
        ),
        pytest.param("note 8.1 background\n  | So it is.\n", id="a note"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("no-example", text) == []
