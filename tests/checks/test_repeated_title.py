"""The check `repeated-title`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "one"\n    given approved is no\n    then 8.1 is unmet\n',
            ['"one"'],
            id="the same",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "One "\n    given approved is no\n    then 8.1 is unmet\n',
            ['"One "'],
            id="but for capitals",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("repeated-title", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "two"\n    given approved is no\n    then 8.1 is unmet\n',
            id="two",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n'
            + '\ndefine fine about organization\n  means approved\n  example "one"\n    given approved is yes\n    then fine is yes\n',
            id="in two statements",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("repeated-title", text) == []
