"""The check `repeated-example`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes, known is no\n    then 8.1 is met\n\n  example "two"\n    given approved is yes, known is no\n    then 8.1 is met\n',
            ['"two"'],
            id="the same",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes, known is no\n    then 8.1 is met\n\n  example "two"\n    given known is no, approved is yes\n    then 8.1 is met\n',
            ['"two"'],
            id="in another order",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given parts are (x is yes, done is no), today is 2026-01-01\n    then 8.1 is unknown\n\n  example "two"\n    given today is 2026-01-01, parts are (done is no, x is yes)\n    then 8.1 is unknown\n',
            ['"two"'],
            id="with lists and judgements",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "two"\n    given approved is yes\n    then 8.1 is met\n\n  example "three"\n    given approved is yes\n    then 8.1 is met\n',
            ['"two"', '"three"'],
            id="three",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "one"\n    given approved is yes\n    then 8.1 is met\n',
            ['"one"'],
            id="with one title",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("repeated-example", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "two"\n    given approved is no\n    then 8.1 is unmet\n',
            id="another value",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n\n  example "two"\n    given approved is yes\n    then 8.1 is unmet\n',
            id="another outcome",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given parts are (x is yes) and (x is no)\n    then 8.1 is unknown\n\n  example "two"\n    given parts are (x is no) and (x is yes)\n    then 8.1 is unknown\n',
            id="elements in another order are another list",
        ),
        pytest.param(
            norm()
            + '\n  example "one"\n    given today is 2026-01-01, approved is yes\n    then 8.1 is met\n\n  example "two"\n    given today is 2026-01-02, approved is yes\n    then 8.1 is met\n',
            id="another date",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("repeated-example", text) == []
